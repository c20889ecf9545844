import type pg from "pg";
import { statement } from "../statement";
import type { Claim, ObjectKey } from "./dirty-objects";

const know = statement<Record<string, never>>(
  "reconcile-know",
  `INSERT INTO dirty_object (account_id, object_type, object_id, dirty_seq, done_seq, due_at, priority)
  VALUES ($1, $2, $3, 1, 1, NULL, 2) ON CONFLICT (account_id, object_type, object_id) DO NOTHING`,
);

/** So that it can be leased, without anybody thinking that there is something to do. */
export const knowObject = async (sql: pg.Pool, key: ObjectKey): Promise<void> => {
  await know(sql, [key.accountId, key.objectType, key.objectId]);
};

const given = statement<{ dead: boolean }>(
  "reconcile-given-up",
  `SELECT dead_at IS NOT NULL AS dead FROM dirty_object
  WHERE account_id = $1 AND object_type = $2 AND object_id = $3`,
);

export const isGivenUp = async (sql: pg.Pool, key: ObjectKey): Promise<boolean> =>
  (await given(sql, [key.accountId, key.objectType, key.objectId]))[0]?.dead ?? false;

const eventAbout = statement<{ id: string }>(
  "reconcile-event",
  "SELECT id FROM webhook_event WHERE object_type = $1 AND object_id = $2 AND account_id = $3 LIMIT 1",
);

/** Whether we were ever sent an event about an object. */
export const knowsEventOf = async (sql: pg.Pool, key: ObjectKey): Promise<boolean> =>
  (await eventAbout(sql, [key.objectType, key.objectId, key.accountId])).length > 0;

const applied = statement<{ appliedAt: Date | null }>(
  "reconcile-applied",
  `SELECT applied_at AS "appliedAt" FROM dirty_object
  WHERE account_id = $1 AND object_type = $2 AND object_id = $3`,
);

export const lastApplied = async (sql: pg.Pool, key: ObjectKey): Promise<Date | null> =>
  (await applied(sql, [key.accountId, key.objectType, key.objectId]))[0]?.appliedAt ?? null;

const settle = statement<Record<string, never>>(
  "reconcile-settle",
  `UPDATE dirty_object SET
    done_seq = $5::bigint, applied_at = now(), attempts = 0, lease_token = NULL, lease_until = NULL,
    dead_at = NULL, dead_reason = NULL, first_error = NULL, first_failed_at = NULL, last_error = NULL,
    last_failed_at = NULL, due_at = CASE WHEN dirty_seq > $5::bigint THEN now() ELSE NULL END
  WHERE account_id = $1 AND object_type = $2 AND object_id = $3 AND lease_token = $4`,
);

/** The mirror is what Stripe has: also of an object that had been given up. */
export const settleClaim = async (client: pg.PoolClient, claim: Claim): Promise<void> => {
  const { accountId, objectType, objectId, token, dirtySeq } = claim;
  await settle(client, [accountId, objectType, objectId, token, dirtySeq]);
};

const insertDrift = statement<Record<string, never>>(
  "drift-insert",
  `INSERT INTO drift (run_id, object_type, object_id, customer_id, kind, cause, fields, repaired_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, CASE WHEN $8::boolean THEN now() END)`,
);

export interface DriftRow {
  runId: string;
  objectType: string;
  objectId: string;
  customerId: string | null;
  kind: string;
  cause: string;
  fields: unknown;
  repaired: boolean;
}

export const recordDrift = async (sql: pg.Pool | pg.PoolClient, row: DriftRow): Promise<void> => {
  const { runId, objectType, objectId, customerId, kind, cause, fields, repaired } = row;
  await insertDrift(sql, [
    runId,
    objectType,
    objectId,
    customerId,
    kind,
    cause,
    JSON.stringify(fields),
    repaired,
  ]);
};

const markSeen = statement<Record<string, never>>(
  "reconcile-seen",
  `INSERT INTO reconcile_seen (run_id, object_type, object_id) SELECT $1, $2, unnest($3::text[])
  ON CONFLICT DO NOTHING`,
);

export const rememberSeen = async (
  sql: pg.PoolClient,
  runId: string,
  objectType: string,
  ids: string[],
): Promise<void> => {
  if (ids.length > 0) await markSeen(sql, [runId, objectType, ids]);
};

const forget = statement<Record<string, never>>(
  "reconcile-forget-seen",
  "DELETE FROM reconcile_seen WHERE run_id = $1 AND object_type = $2",
);

export const forgetSeen = async (sql: pg.Pool, runId: string, objectType: string): Promise<void> => {
  await forget(sql, [runId, objectType]);
};

/** Mirrored before the run began and not met at Stripe: at most `limit`, in the order of their ids, after `after`. */
export async function notSeen(
  sql: pg.Pool,
  at: { table: string; column: string },
  options: { runId: string; objectType: string; after: string; limit: number },
): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>({
    name: `reconcile-not-seen-${at.table}`,
    text: `SELECT t.${at.column} AS id FROM "${at.table}" t
      WHERE t.${at.column} > $3 AND t.synced_at < (SELECT started_at FROM reconcile_run WHERE id = $1)
        AND NOT EXISTS (SELECT 1 FROM reconcile_seen s
          WHERE s.run_id = $1 AND s.object_type = $2 AND s.object_id = t.${at.column})
      ORDER BY t.${at.column} LIMIT $4`,
    values: [options.runId, options.objectType, options.after, options.limit],
  });
  return rows.map(({ id }) => id);
}
