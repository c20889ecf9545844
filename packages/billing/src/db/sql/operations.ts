import type pg from "pg";
import { statement } from "../statement";

export interface DecidedOperation {
  id: string;
  kind: string;
  targetId: string | null;
}

/** The kinds that make an object at Stripe, as the database writes them. */
export type MakingKind = "customer.create" | "subscription.create" | "refund.create";

const kindWord = `translate(kind::text, '.', '_') AS "kind"`;

const succeed = statement<DecidedOperation>(
  "operation-succeed",
  `UPDATE money_operation SET state = 'succeeded', open_slot = NULL, stripe_object_id = $3, settled_at = now(),
    failure_reason = NULL, failure_message = NULL
  WHERE customer_id = $1 AND id = $2 AND state <> 'succeeded' AND kind = $4::operation_kind
  RETURNING id, ${kindWord}, target_id AS "targetId"`,
);

const succeedCancellation = statement<DecidedOperation>(
  "operation-succeed-cancellation",
  `UPDATE money_operation SET state = 'succeeded', open_slot = NULL, stripe_object_id = $2, settled_at = now(),
    failure_reason = NULL, failure_message = NULL
  WHERE customer_id = $1 AND target_id = $2 AND kind = 'subscription.cancel' AND state IN ('submitted', 'unknown')
  RETURNING id, ${kindWord}, target_id AS "targetId"`,
);

const fail = statement<DecidedOperation>(
  "operation-fail",
  `UPDATE money_operation SET state = 'failed', open_slot = NULL, settled_at = now(), failure_reason = $3, failure_message = $4
  WHERE customer_id = $1 AND id = $2 AND state IN ('submitted', 'unknown')
  RETURNING id, ${kindWord}, target_id AS "targetId"`,
);

const doubt = statement<Record<string, never>>(
  "operation-doubt",
  `UPDATE money_operation SET state = 'unknown' WHERE customer_id = $1 AND id = $2 AND state = 'submitted'`,
);

/** Tries at 1, 4, 9 ... times the first delay after it was submitted, so that no old one is in the way of a new. */
const takeUndecided = statement<{ customerId: string; id: string }>(
  "operation-take-undecided",
  `UPDATE money_operation AS mine SET attempts = mine.attempts + 1
  FROM (
    SELECT customer_id, id FROM money_operation
    WHERE state IN ('submitted', 'unknown')
      AND submitted_at < now() - $1::float8 * attempts * attempts * interval '1 millisecond'
    ORDER BY submitted_at LIMIT $2
    FOR UPDATE SKIP LOCKED
  ) AS late
  WHERE mine.customer_id = late.customer_id AND mine.id = late.id
  RETURNING mine.customer_id AS "customerId", mine.id`,
);

export const succeedOperation = async (
  client: pg.PoolClient,
  operation: { customerId: string; id: string; stripeObjectId: string; kind: MakingKind },
): Promise<DecidedOperation | undefined> =>
  (await succeed(client, [operation.customerId, operation.id, operation.stripeObjectId, operation.kind]))[0];

export const succeedCancellationOf = (client: pg.PoolClient, customerId: string, subscriptionId: string) =>
  succeedCancellation(client, [customerId, subscriptionId]);

const succeedAnswered = statement<DecidedOperation>(
  "operation-succeed-answered",
  `UPDATE money_operation SET state = 'succeeded', open_slot = NULL, stripe_object_id = $3, settled_at = now(),
    failure_reason = NULL, failure_message = NULL
  WHERE customer_id = $1 AND id = $2 AND state IN ('submitted', 'unknown')
  RETURNING id, ${kindWord}, target_id AS "targetId"`,
);

export const succeedAnsweredOperation = async (
  client: pg.PoolClient,
  operation: { customerId: string; id: string },
  stripeObjectId: string,
): Promise<DecidedOperation | undefined> =>
  (await succeedAnswered(client, [operation.customerId, operation.id, stripeObjectId]))[0];

export const failOperation = async (
  client: pg.PoolClient,
  operation: { customerId: string; id: string; reason: string; message: string },
): Promise<DecidedOperation | undefined> =>
  (await fail(client, [operation.customerId, operation.id, operation.reason, operation.message]))[0];

export const doubtOperation = (sql: pg.Pool, operation: { customerId: string; id: string }) =>
  doubt(sql, [operation.customerId, operation.id]);

export const takeLateOperations = (sql: pg.Pool, late: { afterMs: number; limit: number }) =>
  takeUndecided(sql, [late.afterMs, late.limit]);

const age = statement<{ ageMs: number }>(
  "operation-age",
  `SELECT extract(epoch FROM now() - submitted_at)::float8 * 1000 AS "ageMs" FROM money_operation
  WHERE customer_id = $1 AND id = $2`,
);

/** How long ago it was submitted, by the clock of the database. */
export const operationAgeMs = async (
  sql: pg.Pool,
  operation: { customerId: string; id: string },
): Promise<number> => (await age(sql, [operation.customerId, operation.id]))[0]?.ageMs ?? 0;
