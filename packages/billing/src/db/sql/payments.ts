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
