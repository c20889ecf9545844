import type pg from "pg";
import { statement } from "../statement";

/** Which object of which Stripe account may differ from its mirror. */
export interface ObjectKey {
  accountId: string;
  objectType: string;
  objectId: string;
}

/** A claimed object: the token proves the claim, `dirtySeq` is what this run will have dealt with. */
export interface Claim extends ObjectKey {
  token: string;
  dirtySeq: string;
  attempts: number;
  /** Nothing is known to have changed: this is the second look after a while. */
  verifying: boolean;
}

/** The `ON CONFLICT` of a new mark: news makes an object due at once, also one that was given up. */
export const markAgain = `
  ON CONFLICT (account_id, object_type, object_id) DO UPDATE SET
    dirty_seq = dirty_object.dirty_seq + 1,
    dirty_since = CASE WHEN dirty_object.done_seq = dirty_object.dirty_seq THEN now() ELSE dirty_object.dirty_since END,
    due_at = now(),
    attempts = CASE WHEN dirty_object.dead_at IS NULL THEN dirty_object.attempts ELSE 0 END,
    dead_at = NULL`;

const mark = statement<Record<string, never>>(
  "dirty-mark",
  `INSERT INTO dirty_object (account_id, object_type, object_id) VALUES ($1, $2, $3) ${markAgain}`,
);

const claimed = `mine.account_id AS "accountId", mine.object_type AS "objectType", mine.object_id AS "objectId",
  mine.dirty_seq AS "dirtySeq", mine.attempts AS "attempts", mine.dirty_seq = mine.done_seq AS "verifying"`;

const claim = statement<Omit<Claim, "token">>(
  "dirty-claim",
  `UPDATE dirty_object AS mine
  SET lease_token = $1, lease_until = now() + $2 * interval '1 millisecond', attempts = mine.attempts + 1
  FROM (
    SELECT account_id, object_type, object_id FROM dirty_object
    WHERE due_at <= now() AND (lease_until IS NULL OR lease_until < now())
    ORDER BY due_at LIMIT $3
    FOR UPDATE SKIP LOCKED
  ) AS due
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
    done_seq = $5::bigint, applied_at = now(), attempts = 0, last_error = NULL, lease_token = NULL, lease_until = NULL,
    due_at = CASE WHEN dirty_seq > $5::bigint THEN now() ELSE now() + $6 * interval '1 millisecond' END
  WHERE account_id = $1 AND object_type = $2 AND object_id = $3 AND lease_token = $4`,
);

const giveBack = statement<Record<string, never>>(
  "dirty-give-back",
  `UPDATE dirty_object SET
    lease_token = NULL, lease_until = NULL, last_error = $6,
    attempts = CASE WHEN $8::boolean AND dirty_seq > $9::bigint THEN 0 ELSE $5 END,
    due_at = CASE WHEN dirty_seq > $9::bigint THEN now()
      WHEN $8::boolean THEN NULL ELSE now() + $7 * interval '1 millisecond' END,
    dead_at = CASE WHEN $8::boolean AND dirty_seq = $9::bigint THEN now() ELSE NULL END
  WHERE account_id = $1 AND object_type = $2 AND object_id = $3 AND lease_token = $4`,
);

// What is being applied is still due: `due_at` moves only when it is finished or given back.
const busy = statement<{ busy: boolean }>(
  "dirty-busy",
  `SELECT EXISTS (SELECT 1 FROM dirty_object WHERE due_at <= now()) AS busy`,
);

// Two looks at two indexes: there is a row for every object there ever was.
const depth = statement<{ due: number; dead: number; oldestSeconds: number }>(
  "dirty-depth",
  `SELECT waiting.due, waiting.oldest AS "oldestSeconds",
    (SELECT count(*)::int FROM dirty_object WHERE dead_at IS NOT NULL) AS dead
  FROM (
    SELECT count(*) FILTER (WHERE due_at <= now())::int AS due,
      coalesce(extract(epoch FROM now() - min(dirty_since) FILTER (WHERE done_seq < dirty_seq)), 0)::float8 AS oldest
    FROM dirty_object WHERE due_at IS NOT NULL
  ) AS waiting`,
);

type Sql = pg.Pool | pg.PoolClient;

const keyOf = ({ accountId, objectType, objectId }: ObjectKey) => [accountId, objectType, objectId];

export const markDirty = (sql: Sql, key: ObjectKey) => mark(sql, keyOf(key));

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

/** After a failure: due again after `delayMs`, or given up unless there was news meanwhile. */
export const returnClaim = (
  sql: Sql,
  work: Claim,
  failure: { attempts: number; error: string; delayMs: number; dead: boolean },
) =>
  giveBack(sql, [
    ...keyOf(work),
    work.token,
    failure.attempts,
    failure.error,
    failure.delayMs,
    failure.dead,
    work.dirtySeq,
  ]);

export async function anythingDue(sql: Sql): Promise<boolean> {
  const [row] = await busy(sql, []);
  return row?.busy ?? false;
}

export async function queueDepth(sql: Sql): Promise<{ due: number; dead: number; oldestSeconds: number }> {
  const [row] = await depth(sql, []);
  return row ?? { due: 0, dead: 0, oldestSeconds: 0 };
}
