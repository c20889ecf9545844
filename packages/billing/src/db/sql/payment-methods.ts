import type pg from "pg";
import { statement } from "../statement";

const detach = statement<{ customerId: string }>(
  "payment-method-detach",
  `UPDATE payment_method SET detached_at = now(), synced_at = now() WHERE id = $1 AND detached_at IS NULL
  RETURNING customer_id AS "customerId"`,
);

export const detachPaymentMethod = async (client: pg.PoolClient, id: string): Promise<string | undefined> =>
  (await detach(client, [id]))[0]?.customerId;
