import type pg from "pg";
import { statement } from "../statement";
import { markAgain, type ObjectKey } from "./dirty-objects";

export interface ReceivedEvent {
  accountId: string;
  id: string;
  endpointId: string;
  type: string;
  apiVersion: string | null;
  livemode: boolean;
  status: "received" | "ignored" | "quarantined";
  reason: string | null;
  raw: Uint8Array;
  rawSha256: Uint8Array;
  createdAt: Date;
  /** What to read again; null for events that change nothing we keep. */
  object: ObjectKey | null;
}

// The event and the mark of its object stand or fall together; a repeated delivery marks again, which heals.
const store = statement<{ isNew: boolean }>(
  "inbox-store",
  `WITH stored AS (
    INSERT INTO webhook_event (account_id, id, endpoint_id, type, api_version, livemode, status, reason, raw, raw_sha256,
      created_at, object_type, object_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $13, $14)
    ON CONFLICT (account_id, id) DO NOTHING RETURNING 1
  ), marked AS (
    INSERT INTO dirty_object (account_id, object_type, object_id)
    SELECT $12::text, $13::text, $14::text WHERE $7 = 'received'
    ${markAgain}
    RETURNING 1
  )
  SELECT EXISTS (SELECT 1 FROM stored) AS "isNew"`,
);

export async function storeEvent(pool: pg.Pool, event: ReceivedEvent): Promise<{ isNew: boolean }> {
  const { object } = event;
  const [row] = await store(pool, [
    event.accountId,
    event.id,
    event.endpointId,
    event.type,
    event.apiVersion,
    event.livemode,
    event.status,
    event.reason,
    event.raw,
    event.rawSha256,
    event.createdAt,
    object?.accountId ?? null,
    object?.objectType ?? null,
    object?.objectId ?? null,
  ]);
  return { isNew: row?.isNew ?? false };
}

export const dirtyChannel = "farebox_dirty";

export const notifyDirty = (pool: pg.Pool) => pool.query(`NOTIFY ${dirtyChannel}`);
