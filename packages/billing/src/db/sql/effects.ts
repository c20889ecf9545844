import type pg from "pg";
import { statement } from "../statement";

const insert = statement<{ kind: string }>(
  "effect-claim",
  `INSERT INTO effect (business_key, customer_id, kind) VALUES ($1, $2, $3)
  ON CONFLICT (business_key) DO NOTHING RETURNING kind`,
);

/** True for the one transaction that may let this consequence happen. */
export const claimEffect = async (
  client: pg.PoolClient,
  effect: { key: string; customerId: string; kind: string },
): Promise<boolean> => (await insert(client, [effect.key, effect.customerId, effect.kind])).length > 0;
