import { invalid } from "./errors";
import type { Raw } from "./form";
import { type Infer, int, type Parser, text } from "./params";

const usualSize = 20;

const limit: Parser<number> = (raw: Raw, path: string) => {
  const value = int(raw, path);
  if (value >= 1 && value <= 100) return value;
  throw invalid("This value must be between 1 and 100 (inclusive).", "invalid_fields", path);
};

export const v2PageParams = { limit, page: text };

/** Pages of the v2 API are addresses: they carry the filters and say where to go on. */
export function v2Page<T extends { id: string }>(
  url: string,
  params: Infer<typeof v2PageParams>,
  filters: Record<string, string | undefined>,
  rows: T[],
  view: (row: T) => object,
) {
  const { limit: size = usualSize, page: token } = params;
  const from = token ? place(rows, token) : 0;
  const address = (at: number, row: T | undefined) => {
    const query = new URLSearchParams({ limit: String(size) });
    for (const [name, value] of Object.entries(filters)) if (value !== undefined) query.set(name, value);
    if (at > 0) query.set("page", Buffer.from(`from:${row?.id}`).toString("base64url"));
    return `${url}?${query}`;
  };
  const next = from + size;
  const previous = Math.max(0, from - size);
  return {
    data: rows.slice(from, next).map(view),
    next_page_url: next < rows.length ? address(next, rows[next]) : null,
    previous_page_url: from > 0 ? address(previous, rows[previous]) : null,
  };
}

function place(rows: { id: string }[], token: string): number {
  const [, id] = /^from:(.+)$/.exec(Buffer.from(token, "base64url").toString("utf8")) ?? [];
  const at = rows.findIndex((row) => row.id === id);
  if (at >= 0) return at;
  throw invalid("The page token is invalid or has expired.", "invalid_fields", "page");
}
