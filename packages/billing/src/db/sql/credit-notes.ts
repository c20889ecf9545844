import type pg from "pg";
import { statement } from "../statement";

const statusOf = statement<{ status: string }>(
  "credit-note-status",
  "SELECT status FROM credit_note WHERE customer_id = $1 AND id = $2 FOR UPDATE",
);

export const creditNoteStatus = async (client: pg.PoolClient, customerId: string, id: string) =>
  (await statusOf(client, [customerId, id]))[0]?.status;
