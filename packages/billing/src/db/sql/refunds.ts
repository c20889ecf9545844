import type pg from "pg";
import { statement } from "../statement";

const statusOf = statement<{ status: string }>(
  "refund-status",
  "SELECT status FROM refund WHERE customer_id = $1 AND id = $2 FOR UPDATE",
);

export const refundStatus = async (client: pg.PoolClient, customerId: string, id: string) =>
  (await statusOf(client, [customerId, id]))[0]?.status;
