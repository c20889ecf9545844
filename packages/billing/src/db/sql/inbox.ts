import type pg from "pg";
import { statement } from "../statement";
import { markAgain, type ObjectKey } from "./dirty-objects";

export interface ReceivedEvent {
  /** `own`, or the connected account it happened in. */
  accountId: string;
  id: string;
  endpointId: string;
  type: string;
  apiVersion: string | null;
  livemode: boolean;
  status: "received" | "ignored" | "quarantined";
  reason: string | null;
  form: "snapshot" | "thin";
  source: "webhook" | "poll";
  raw: Uint8Array;
  rawSha256: Uint8Array;
  createdAt: Date;
  /** What to read again; null for events that change nothing we keep. */
  object: ObjectKey | null;
}

const columns = `account_id, id, endpoint_id, type, api_version, livemode, status, reason, created_at, form, source,
  object_type, object_id, raw, raw_sha256`;

// The event and the mark of its object stand or fall together; a repeated delivery marks again, which heals.
const store = statement<{ isNew: boolean }>(
  "inbox-store",
  `WITH stored AS (
    INSERT INTO webhook_event (${columns})
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    ON CONFLICT (account_id, id) DO NOTHING RETURNING 1
  ), marked AS (
    INSERT INTO dirty_object (account_id, object_type, object_id)
    SELECT $1::text, $12::text, $13::text WHERE $7 = 'received'
    ${markAgain}
    RETURNING 1
  )
  SELECT EXISTS (SELECT 1 FROM stored) AS "isNew"`,
);

// The bodies come as one piece, because an array of them would be sent as text, twice as long. Rows and marks go in
// the order of their keys, so that two batches never wait for each other; an object is marked once in each.
const storeBatch = statement<{ accountId: string; id: string }>(
  "inbox-store-batch",
  `WITH given AS MATERIALIZED (
    SELECT * FROM json_to_recordset($1::json) AS event (account_id text, id text, endpoint_id text, type text,
      api_version text, livemode boolean, status text, reason text, created_at timestamptz, form text, source text,
      object_type text, object_id text, at int, size int, position int)
  ), stored AS (
    INSERT INTO webhook_event (${columns})
    SELECT account_id, id, endpoint_id, type, api_version, livemode, status, reason, created_at, form, source,
      object_type, object_id, substring($2::bytea FROM at + 1 FOR size), substring($3::bytea FROM position * 32 + 1 FOR 32)
    FROM given ORDER BY account_id, id
    ON CONFLICT (account_id, id) DO NOTHING RETURNING account_id, id
  ), marked AS (
    INSERT INTO dirty_object (account_id, object_type, object_id)
    SELECT DISTINCT account_id, object_type, object_id FROM given WHERE status = 'received'
    ORDER BY account_id, object_type, object_id
    ${markAgain}
    RETURNING 1
  )
  SELECT account_id AS "accountId", id FROM stored`,
);

export async function storeEvent(pool: pg.Pool, event: ReceivedEvent): Promise<{ isNew: boolean }> {
  const [row] = await store(pool, [
    event.accountId,
    event.id,
    event.endpointId,
    event.type,
    event.apiVersion,
    event.livemode,
    event.status,
    event.reason,
    event.createdAt,
    event.form,
    event.source,
    event.object?.objectType ?? null,
    event.object?.objectId ?? null,
    event.raw,
    event.rawSha256,
  ]);
  return { isNew: row?.isNew ?? false };
}

/** All of them or none. Tells which were new, in the order given; of two that are the same, the first. */
export async function storeEvents(
  pool: pg.Pool,
  events: readonly ReceivedEvent[],
): Promise<{ isNew: boolean }[]> {
  let at = 0;
  const rows = events.map((event, position) => {
    const row = { ...batchRow(event), at, position };
    at += event.raw.byteLength;
    return row;
  });
  const stored = await storeBatch(pool, [
    JSON.stringify(rows),
    Buffer.concat(events.map(({ raw }) => raw)),
    Buffer.concat(events.map(({ rawSha256 }) => rawSha256)),
  ]);
  const fresh = new Set(stored.map(nameOf));
  return events.map((event) => ({ isNew: fresh.delete(nameOf(event)) }));
}

const batchRow = (event: ReceivedEvent) => ({
  account_id: event.accountId,
  id: event.id,
  endpoint_id: event.endpointId,
  type: event.type,
  api_version: event.apiVersion,
  livemode: event.livemode,
  status: event.status,
  reason: event.reason,
  created_at: event.createdAt,
  form: event.form,
  source: event.source,
  object_type: event.object?.objectType ?? null,
  object_id: event.object?.objectId ?? null,
  size: event.raw.byteLength,
});

const nameOf = ({ accountId, id }: { accountId: string; id: string }) => `${accountId} ${id}`;

export const dirtyChannel = "farebox_dirty";

export const notifyDirty = (pool: pg.Pool) => pool.query(`NOTIFY ${dirtyChannel}`);
