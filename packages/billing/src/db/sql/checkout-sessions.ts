import type pg from "pg";
import { statement } from "../statement";

const known = statement<{ known: boolean }>(
  "checkout-session-known",
  "SELECT EXISTS (SELECT 1 FROM checkout_session WHERE customer_id = $1 AND id = $2) AS known",
);

export const knowsCheckoutSession = async (
  client: pg.PoolClient,
  customerId: string,
  id: string,
): Promise<boolean> => (await known(client, [customerId, id]))[0]?.known ?? false;
