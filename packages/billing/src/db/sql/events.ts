import type pg from "pg";
import { statement } from "../statement";
import type { ObjectKey } from "./dirty-objects";
import { cursorTime, type PageEnd } from "./page-cursor";

export interface EventFilter {
  id?: string;
  type?: string;
  status?: string;
  objectId?: string;
  from?: string;
  to?: string;
}

export interface EventRow {
  accountId: string;
  id: string;
  type: string;
  status: string;
  reason: string | null;
  form: string;
  source: string;
  objectType: string | null;
  objectId: string | null;
  createdAt: Date;
  receivedAt: Date;
  cursorAt: string;
}

const columns = `account_id AS "accountId", id, type, status, reason, form, source, object_type AS "objectType",
  object_id AS "objectId", created_at AS "createdAt", received_at AS "receivedAt", ${cursorTime("received_at")} AS "cursorAt"`;

const matching = `($1::text IS NULL OR id = $1) AND ($2::text IS NULL OR type = $2)
  AND ($3::text IS NULL OR status = $3) AND ($4::text IS NULL OR object_id = $4)
  AND ($5::timestamptz IS NULL OR received_at >= $5) AND ($6::timestamptz IS NULL OR received_at < $6)`;

const filterOf = ({ id, type, status, objectId, from, to }: EventFilter) =>
  [id, type, status, objectId, from, to].map((value) => value ?? null);

const list = statement<EventRow>(
  "events-list",
  `SELECT ${columns} FROM webhook_event
  WHERE ${matching} AND ($7::timestamptz IS NULL OR (received_at, id) < ($7, $8))
  ORDER BY received_at DESC, id DESC LIMIT $9`,
);

/** The newest first, from where a page ended. */
export const listEvents = (sql: pg.Pool, filter: EventFilter, page: { end: PageEnd | null; limit: number }) =>
  list(sql, [...filterOf(filter), page.end?.at ?? null, page.end?.id ?? null, page.limit]);

const one = statement<EventRow & { raw: Buffer | null }>(
  "events-one",
  `SELECT ${columns}, raw FROM webhook_event WHERE account_id = $1 AND id = $2`,
);

export const oneEvent = async (sql: pg.Pool, accountId: string, id: string) =>
  (await one(sql, [accountId, id]))[0];

const objects = statement<ObjectKey & { events: number }>(
  "events-objects",
  `SELECT account_id AS "accountId", object_type AS "objectType", object_id AS "objectId", count(*)::int AS events
  FROM webhook_event WHERE ${matching} AND object_id IS NOT NULL
  GROUP BY 1, 2, 3 ORDER BY max(received_at), 1, 2, 3 LIMIT $7`,
);

/** What the matching events are about, the one with the oldest news first. */
export const objectsOfEvents = (sql: pg.Pool | pg.PoolClient, filter: EventFilter, limit: number) =>
  objects(sql, [...filterOf(filter), limit]);
