import type pg from "pg";
import { statement } from "../statement";
import { markAgain, type ObjectKey, priorities } from "./dirty-objects";

type Sql = pg.Pool | pg.PoolClient;

// What is being applied is still due: `due_at` moves only when it is finished or given back.
const busy = statement<{ busy: boolean }>(
  "dirty-busy",
  `SELECT EXISTS (SELECT 1 FROM dirty_object WHERE due_at <= now()) AS busy`,
);

export interface QueueDepth {
  due: number;
  dead: number;
  /** Tried without success and not given up. */
  failing: number;
  oldestSeconds: number;
  quarantined: number;
}

// A look at each partial index: there is a row for every object there ever was.
const depth = statement<QueueDepth>(
  "dirty-depth",
  `SELECT waiting.due, waiting.oldest AS "oldestSeconds",
    (SELECT count(*)::int FROM dirty_object WHERE dead_at IS NOT NULL) AS dead,
    (SELECT count(*)::int FROM dirty_object WHERE last_failed_at IS NOT NULL AND dead_at IS NULL) AS failing,
    (SELECT count(*)::int FROM webhook_event WHERE status = 'quarantined') AS quarantined
  FROM (
    SELECT count(*) FILTER (WHERE due_at <= now())::int AS due,
      coalesce(extract(epoch FROM now() - min(dirty_since) FILTER (WHERE done_seq < dirty_seq)), 0)::float8 AS oldest
    FROM dirty_object WHERE due_at IS NOT NULL
  ) AS waiting`,
);

export interface StuckRow extends ObjectKey {
  attempts: number;
  dirtySince: Date;
  dueAt: Date | null;
  deadAt: Date | null;
  deadReason: string | null;
  firstError: string | null;
  firstFailedAt: Date | null;
  lastError: string | null;
  lastFailedAt: Date;
  /** The newest event about it. */
  lastEventId: string | null;
}

const stuckColumns = `account_id AS "accountId", object_type AS "objectType", object_id AS "objectId", attempts,
  dirty_since AS "dirtySince", due_at AS "dueAt", dead_at AS "deadAt", dead_reason AS "deadReason",
  first_error AS "firstError", first_failed_at AS "firstFailedAt", last_error AS "lastError", last_failed_at AS "lastFailedAt",
  (SELECT event.id FROM webhook_event event
    WHERE event.object_type = dirty_object.object_type AND event.object_id = dirty_object.object_id
      AND event.account_id = dirty_object.account_id
    ORDER BY event.received_at DESC LIMIT 1) AS "lastEventId"`;

const matching = `($1::text IS NULL OR object_type = $1) AND ($2::text IS NULL OR dead_reason = $2)`;

const deadOnes = statement<StuckRow>(
  "dirty-dead",
  `SELECT ${stuckColumns} FROM dirty_object WHERE dead_at IS NOT NULL AND ${matching}
  ORDER BY dead_at DESC, object_type, object_id LIMIT $3`,
);

const failingOnes = statement<StuckRow>(
  "dirty-failing",
  `SELECT ${stuckColumns} FROM dirty_object
  WHERE last_failed_at IS NOT NULL AND dead_at IS NULL AND ($1::text IS NULL OR object_type = $1)
  ORDER BY last_failed_at DESC, object_type, object_id LIMIT $2`,
);

// Locked in the order of the key, as whoever marks several objects does.
const revive = statement<ObjectKey>(
  "dirty-revive",
  `INSERT INTO dirty_object (account_id, object_type, object_id, priority)
  SELECT account_id, object_type, object_id, ${priorities.event} FROM (
    SELECT account_id, object_type, object_id FROM dirty_object WHERE dead_at IS NOT NULL AND ${matching}
    ORDER BY dead_at LIMIT $3
  ) AS dead ORDER BY account_id, object_type, object_id
  ${markAgain}
  RETURNING account_id AS "accountId", object_type AS "objectType", object_id AS "objectId"`,
);

const reviveOne = statement<ObjectKey>(
  "dirty-revive-one",
  `INSERT INTO dirty_object (account_id, object_type, object_id, priority)
  SELECT account_id, object_type, object_id, ${priorities.user} FROM dirty_object
  WHERE account_id = $1 AND object_type = $2 AND object_id = $3 AND last_failed_at IS NOT NULL
  ${markAgain}
  RETURNING account_id AS "accountId", object_type AS "objectType", object_id AS "objectId"`,
);

export interface DeadFilter {
  objectType?: string;
  deadReason?: string;
  limit: number;
}

const filterOf = ({ objectType, deadReason, limit }: DeadFilter) => [
  objectType ?? null,
  deadReason ?? null,
  limit,
];

export async function anythingDue(sql: Sql): Promise<boolean> {
  const [row] = await busy(sql, []);
  return row?.busy ?? false;
}

export async function queueDepth(sql: Sql): Promise<QueueDepth> {
  const [row] = await depth(sql, []);
  if (!row) throw new Error("the queue gave no numbers");
  return row;
}

/** Given up, the newest first. */
export const deadObjects = (sql: Sql, filter: DeadFilter) => deadOnes(sql, filterOf(filter));

/** Failing for now, the newest failure first: what holds up nobody but itself. */
export const failingObjects = (sql: Sql, filter: Omit<DeadFilter, "deadReason">) =>
  failingOnes(sql, [filter.objectType ?? null, filter.limit]);

/** The oldest dead ones, as if there were news of each. Returns what it revived. */
export const reviveDead = (sql: Sql, filter: DeadFilter) => revive(sql, filterOf(filter));

/** One that is dead or failing; empty when it is neither. */
export const reviveKey = (sql: Sql, { accountId, objectType, objectId }: ObjectKey) =>
  reviveOne(sql, [accountId, objectType, objectId]);
