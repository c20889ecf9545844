import type pg from "pg";
import { statement } from "../statement";

/** Which object of which Stripe account may differ from its mirror. */
export interface ObjectKey {
  accountId: string;
  objectType: string;
  objectId: string;
}

/** Who waits for an object: somebody in front of a screen, nobody in particular, or a sweep that has all night. */
export const priorities = { user: 0, event: 1, sweep: 2 } as const;

export type Priority = keyof typeof priorities;

/** A claimed object: the token proves the claim, `dirtySeq` is what this run will have dealt with. */
export interface Claim extends ObjectKey {
  token: string;
  dirtySeq: string;
  attempts: number;
  priority: number;
  /** Nothing is known to have changed: this is the second look after a while. */
  verifying: boolean;
  /** How long it had been out of date when it was claimed. */
  ageSeconds: number;
}

/** The `ON CONFLICT` of a new mark: news makes an object due at once, also one that was given up. */
export const markAgain = `
  ON CONFLICT (account_id, object_type, object_id) DO UPDATE SET
    dirty_seq = dirty_object.dirty_seq + 1,
    dirty_since = CASE WHEN dirty_object.done_seq = dirty_object.dirty_seq THEN now() ELSE dirty_object.dirty_since END,
    priority = CASE WHEN dirty_object.done_seq = dirty_object.dirty_seq THEN excluded.priority
      ELSE least(dirty_object.priority, excluded.priority) END,
    due_at = now(),
    attempts = CASE WHEN dirty_object.dead_at IS NULL THEN dirty_object.attempts ELSE 0 END,
    dead_at = NULL, dead_reason = NULL`;

const mark = statement<Record<string, never>>(
  "dirty-mark",
  `INSERT INTO dirty_object (account_id, object_type, object_id, priority) VALUES ($1, $2, $3, $4) ${markAgain}`,
);

const claimed = `mine.account_id AS "accountId", mine.object_type AS "objectType", mine.object_id AS "objectId",
  mine.dirty_seq AS "dirtySeq", mine.attempts AS "attempts", mine.priority AS "priority",
  mine.dirty_seq = mine.done_seq AS "verifying", extract(epoch FROM now() - mine.dirty_since)::float8 AS "ageSeconds"`;

// One look per priority, in that order, so that each is a short walk along its index.
const claim = statement<Omit<Claim, "token">>(
  "dirty-claim",
  `WITH due AS MATERIALIZED (
    SELECT head.account_id, head.object_type, head.object_id
    FROM generate_series(0, 2) AS level (priority)
    CROSS JOIN LATERAL (
      SELECT account_id, object_type, object_id FROM dirty_object
      WHERE priority = level.priority AND due_at <= now() AND (lease_until IS NULL OR lease_until < now())
      ORDER BY due_at LIMIT $3
      FOR UPDATE SKIP LOCKED
    ) AS head
    LIMIT $3
  )
  UPDATE dirty_object AS mine
  SET lease_token = $1, lease_until = now() + $2 * interval '1 millisecond', attempts = mine.attempts + 1
  FROM due
  WHERE mine.account_id = due.account_id AND mine.object_type = due.object_type AND mine.object_id = due.object_id
  RETURNING ${claimed}`,
);

const claimKey = statement<Omit<Claim, "token">>(
  "dirty-claim-one",
  `UPDATE dirty_object AS mine
  SET lease_token = $4, lease_until = now() + $5 * interval '1 millisecond', attempts = mine.attempts + 1
  WHERE account_id = $1 AND object_type = $2 AND object_id = $3 AND (lease_until IS NULL OR lease_until < now())
  RETURNING ${claimed}`,
);

const heartbeat = statement<Record<string, never>>(
  "dirty-heartbeat",
  `UPDATE dirty_object AS mine SET lease_until = now() + $5 * interval '1 millisecond'
  FROM unnest($1::text[], $2::text[], $3::text[]) AS held (account_id, object_type, object_id)
  WHERE mine.account_id = held.account_id AND mine.object_type = held.object_type AND mine.object_id = held.object_id
    AND mine.lease_token = $4`,
);

const hold = statement<{ held: number }>(
  "dirty-hold",
  `SELECT 1 AS held FROM dirty_object
  WHERE account_id = $1 AND object_type = $2 AND object_id = $3 AND lease_token = $4 AND lease_until > now()
  FOR UPDATE`,
);

const finish = statement<Record<string, never>>(
  "dirty-finish",
  `UPDATE dirty_object SET
    done_seq = $5::bigint, applied_at = now(), attempts = 0, lease_token = NULL, lease_until = NULL,
    first_error = NULL, first_failed_at = NULL, last_error = NULL, last_failed_at = NULL,
    priority = CASE WHEN dirty_seq > $5::bigint THEN priority ELSE greatest(priority, 1) END,
    due_at = CASE WHEN dirty_seq > $5::bigint THEN now() ELSE now() + $6 * interval '1 millisecond' END
  WHERE account_id = $1 AND object_type = $2 AND object_id = $3 AND lease_token = $4`,
);

const giveBack = statement<Record<string, never>>(
  "dirty-give-back",
  `UPDATE dirty_object SET
    lease_token = NULL, lease_until = NULL,
    first_error = coalesce(first_error, $6), first_failed_at = coalesce(first_failed_at, now()),
    last_error = $6, last_failed_at = now(),
    attempts = CASE WHEN $8::text IS NOT NULL AND dirty_seq > $9::bigint THEN 0 ELSE $5 END,
    due_at = CASE WHEN $8::text IS NULL THEN now() + $7 * interval '1 millisecond'
      WHEN dirty_seq > $9::bigint THEN now() END,
    dead_at = CASE WHEN $8::text IS NOT NULL AND dirty_seq = $9::bigint THEN now() END,
    dead_reason = CASE WHEN dirty_seq = $9::bigint THEN $8::text END
  WHERE account_id = $1 AND object_type = $2 AND object_id = $3 AND lease_token = $4`,
);

const release = statement<Record<string, never>>(
  "dirty-release",
  `UPDATE dirty_object SET lease_token = NULL, lease_until = NULL, attempts = greatest(attempts - 1, 0)
  WHERE account_id = $1 AND object_type = $2 AND object_id = $3 AND lease_token = $4`,
);

type Sql = pg.Pool | pg.PoolClient;

const keyOf = ({ accountId, objectType, objectId }: ObjectKey) => [accountId, objectType, objectId];

export const markDirty = (sql: Sql, key: ObjectKey, priority: Priority = "event") =>
  mark(sql, [...keyOf(key), priorities[priority]]);

/** Takes up to `limit` due objects. The same token may cover several objects; each has one holder at most. */
export async function claimDue(
  sql: Sql,
  lease: { token: string; leaseMs: number; limit: number },
): Promise<Claim[]> {
  const rows = await claim(sql, [lease.token, lease.leaseMs, lease.limit]);
  return rows.map((row) => ({ ...row, token: lease.token }));
}

/** Takes one object whether or not it is due; undefined while somebody else has it. */
export async function claimOne(
  sql: Sql,
  key: ObjectKey,
  lease: { token: string; leaseMs: number },
): Promise<Claim | undefined> {
  const [row] = await claimKey(sql, [...keyOf(key), lease.token, lease.leaseMs]);
  return row && { ...row, token: lease.token };
}

/** For what has been claimed together; objects that are done meanwhile have lost the token and stay untouched. */
export const extendLease = (sql: Sql, claims: readonly Claim[], token: string, leaseMs: number) =>
  heartbeat(sql, [
    claims.map(({ accountId }) => accountId),
    claims.map(({ objectType }) => objectType),
    claims.map(({ objectId }) => objectId),
    token,
    leaseMs,
  ]);

/** Locks the object for this transaction; false when the lease has passed to somebody else. */
export async function holdsLease(client: pg.PoolClient, work: Claim): Promise<boolean> {
  return (await hold(client, [...keyOf(work), work.token])).length > 0;
}

/** `verifyAfterMs` null: nothing more to do until the next mark. */
export const finishClaim = (client: pg.PoolClient, work: Claim, verifyAfterMs: number | null) =>
  finish(client, [...keyOf(work), work.token, work.dirtySeq, verifyAfterMs]);

/** After a failure: due again after `delayMs`, or given up for `deadReason` unless there was news meanwhile. */
export const returnClaim = (
  sql: Sql,
  work: Claim,
  failure: { attempts: number; error: string; delayMs: number; deadReason: string | null },
) =>
  giveBack(sql, [
    ...keyOf(work),
    work.token,
    failure.attempts,
    failure.error,
    failure.delayMs,
    failure.deadReason,
    work.dirtySeq,
  ]);

/** Untried: the next worker may have it at once. */
export const releaseClaim = (sql: Sql, work: Claim) => release(sql, [...keyOf(work), work.token]);
