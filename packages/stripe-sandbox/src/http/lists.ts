import type { TableName, Tables } from "../tables";
import type { Tx } from "../transaction";
import { wireList } from "../wire";
import { invalid } from "./errors";
import { either, hash, type Infer, int, type Parser, text } from "./params";

export const limit: Parser<number> = (raw, path) => {
  const value = int(raw, path);
  if (value >= 1 && value <= 100) return value;
  throw invalid(`This value must be between 1 and 100 (inclusive).`, "parameter_invalid_integer", path);
};

export const pageParams = { limit, starting_after: text, ending_before: text };
export const created = either(int, hash({ gt: int, gte: int, lt: int, lte: int }));
type Range = number | { gt?: number; gte?: number; lt?: number; lte?: number };

export function inRange(value: number, range: Range | undefined): boolean {
  if (range === undefined) return true;
  if (typeof range === "number") return value === range;
  const { gt = -1, gte = 0, lt = Number.POSITIVE_INFINITY, lte = Number.POSITIVE_INFINITY } = range;
  return value > gt && value >= gte && value < lt && value <= lte;
}

/** Newest first. `rows` narrows the search when an index can. */
export function page<Name extends TableName>(
  tx: Tx,
  table: Name,
  url: string,
  params: Infer<typeof pageParams>,
  matches: (row: Tables[Name]) => boolean,
  rows: Iterable<Tables[Name]> = tx.newestFirst(table),
) {
  return cut(
    url,
    params,
    [...filtered(rows, matches)],
    (row) => tx.view(table, row.id),
    (id, param) => {
      tx.need(table, id, param);
    },
  );
}

function* filtered<T>(rows: Iterable<T>, matches: (row: T) => boolean): Generator<T> {
  for (const row of rows) if (matches(row)) yield row;
}

export function cut<T extends { id: string }>(
  url: string,
  params: Infer<typeof pageParams>,
  rows: T[],
  view: (row: T) => object,
  check: (id: string, param: string) => void,
) {
  const { limit: size = 10, starting_after: after, ending_before: before } = params;
  if (after && before) {
    throw invalid(
      "You cannot use both starting_after and ending_before.",
      "parameters_exclusive",
      "ending_before",
    );
  }
  if (after) check(after, "starting_after");
  if (before) check(before, "ending_before");
  if (before) {
    const newer = rows.slice(
      0,
      Math.max(
        0,
        rows.findIndex((row) => row.id === before),
      ),
    );
    return wireList(url, newer.slice(-size).map(view), newer.length > size);
  }
  const from = after ? rows.findIndex((row) => row.id === after) + 1 : 0;
  const rest = after && from === 0 ? [] : rows.slice(from);
  return wireList(url, rest.slice(0, size).map(view), rest.length > size);
}
