import type pg from "pg";
import { statement } from "../statement";

const statusOf = statement<{ status: string }>(
  "refund-status",
  "SELECT status FROM refund WHERE customer_id = $1 AND id = $2 FOR UPDATE",
);

export const refundStatus = async (client: pg.PoolClient, customerId: string, id: string) =>
  (await statusOf(client, [customerId, id]))[0]?.status;

const madeBy = statement<{ id: string }>(
  "refund-made-by",
  `SELECT o.id FROM money_operation o
  WHERE o.customer_id = $1 AND o.id = $2 AND o.kind = 'refund.create' AND o.target_id = $3 AND o.amount = $4::bigint
    AND coalesce(o.stripe_object_id, $5) = $5
    AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.customer_id = $1 AND r.operation_id = $2 AND r.id <> $5)`,
);

/** The operation that a refund names, if it asked for just this refund: anybody can copy metadata at Stripe. */
export const operationOfRefund = async (
  client: pg.PoolClient,
  refund: { customerId: string; id: string; paymentId: string; amount: number; claimed: string | undefined },
): Promise<string | null> => {
  const { customerId, id, paymentId, amount, claimed } = refund;
  if (!claimed) return null;
  return (await madeBy(client, [customerId, claimed, paymentId, amount, id]))[0]?.id ?? null;
};
