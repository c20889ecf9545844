import type pg from "pg";
import { liveStatuses } from "../../subscriptions/rules";
import { statement } from "../statement";

const live = `status IN (${liveStatuses.map((status) => `'${status}'`).join(", ")}) AND ended_at IS NULL`;

const statusOf = statement<{ status: string }>(
  "subscription-status",
  "SELECT status FROM subscription WHERE customer_id = $1 AND id = $2",
);

const rightful = `(SELECT id FROM subscription WHERE customer_id = $1 AND ${live}
  ORDER BY operation_id IS NULL, created_at, id LIMIT 1)`;

const freeSlot = statement<{ id: string }>(
  "subscription-free-slot",
  `UPDATE subscription SET live_slot = NULL
  WHERE customer_id = $1 AND live_slot IS NOT NULL AND id IS DISTINCT FROM ${rightful} RETURNING id`,
);

const takeSlot = statement<{ id: string }>(
  "subscription-take-slot",
  `UPDATE subscription SET live_slot = 'plan'
  WHERE customer_id = $1 AND live_slot IS NULL AND id = ${rightful} RETURNING id`,
);

const surplus = statement<{ id: string }>(
  "subscription-surplus",
  `SELECT id FROM subscription WHERE customer_id = $1 AND ${live} AND live_slot IS NULL ORDER BY created_at, id`,
);

const bySetupIntent = statement<{ id: string }>(
  "subscription-by-setup-intent",
  "SELECT id FROM subscription WHERE pending_setup_intent_id = $1",
);

export const subscriptionStatus = async (client: pg.PoolClient, customerId: string, id: string) =>
  (await statusOf(client, [customerId, id]))[0]?.status;

/**
 * One bought here holds the slot before one made by hand, the older before the newer, in whatever order they
 * are seen. Returns the live ones without it.
 */
export async function assignLiveSlot(client: pg.PoolClient, customerId: string): Promise<string[]> {
  await freeSlot(client, [customerId]);
  await takeSlot(client, [customerId]);
  return (await surplus(client, [customerId])).map(({ id }) => id);
}

export const subscriptionsOfSetupIntent = async (sql: pg.Pool, setupIntentId: string): Promise<string[]> =>
  (await bySetupIntent(sql, [setupIntentId])).map(({ id }) => id);
