import { BillingError } from "../../errors";

/** Where a page ended: rows are ordered by time and id, newest first. */
export interface PageEnd {
  /** As PostgreSQL prints it: a JavaScript date would lose the microseconds. */
  at: string;
  id: string;
}

export const encodeCursor = ({ at, id }: PageEnd): string =>
  Buffer.from(JSON.stringify([at, id])).toString("base64url");

export function decodeCursor(cursor: string | null | undefined): PageEnd | null {
  if (!cursor) return null;
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown[];
    if (typeof at === "string" && typeof id === "string" && isTime(at) && isId(id)) return { at, id };
  } catch {
    // Told below: a cursor that cannot be read is a cursor that was not ours.
  }
  throw new BillingError(
    "INVALID",
    "bad_cursor",
    "This page link is not valid. Please start from the first page.",
  );
}

/** As `cursorTime` prints it, and a day there is: PostgreSQL knows fewer spellings than JavaScript. */
const isTime = (at: string) =>
  /^[12]\d{3}(-\d\d){2}T\d\d(:\d\d){2}\.\d{6}Z$/.test(at) &&
  !Number.isNaN(Date.parse(at)) &&
  new Date(at).toISOString().startsWith(at.slice(0, 19));

const isId = (id: string) => /^[\w-]{1,100}$/.test(id);

/** The SQL of a row's time as a cursor carries it. */
export const cursorTime = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
