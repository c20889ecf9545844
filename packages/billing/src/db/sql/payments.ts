import type pg from "pg";
import { statement } from "../statement";

const owner = statement<{ customerId: string }>(
  "payment-owner",
  `SELECT customer_id AS "customerId" FROM payment WHERE id = $1`,
);

export const ownerOfPayment = async (
  sql: pg.Pool | pg.PoolClient,
  paymentId: string,
): Promise<string | undefined> => (await owner(sql, [paymentId]))[0]?.customerId;

const knownCharge = statement<{ known: boolean }>(
  "charge-known",
  "SELECT EXISTS (SELECT 1 FROM charge WHERE id = $1) AS known",
);

export const knowsCharge = async (sql: pg.Pool | pg.PoolClient, chargeId: string): Promise<boolean> =>
  (await knownCharge(sql, [chargeId]))[0]?.known ?? false;

const otherAmount = statement<{ id: string }>(
  "payment-of-other-amount",
  "SELECT id FROM payment WHERE customer_id = $1 AND id = ANY ($2) AND amount <> $3",
);

/** Those of these payments that are mirrored with another amount. */
export const paymentsOfOtherAmount = async (
  sql: pg.Pool | pg.PoolClient,
  customerId: string,
  { ids, amount }: { ids: string[]; amount: number },
): Promise<string[]> => (await otherAmount(sql, [customerId, ids, amount])).map(({ id }) => id);
