import { randomUUID } from "node:crypto";
import type { Tx } from "../context";
import { BillingError } from "../errors";
import { carryOut, decided } from "../operations/carry-out";
import type { Operation } from "../operations/kinds";
import { reserve } from "../operations/reserve";
import { withCustomerLocked } from "../operations/with-customer-locked";
import type { CustomerCtx } from "../trpc/procedures";
import { refreshNow } from "../webhooks/refresh-now";

/**
 * Ends the customer's unpaid subscription to make room for another choice. One that was paid in this moment is
 * kept and read again, so that the caller sees it as live.
 */
export async function cancelIncomplete(ctx: CustomerCtx, subscriptionId: string): Promise<void> {
  const { operation, isNew } = await withCustomerLocked(ctx, ctx.actor.customerId, (tx) =>
    reserveCancel(tx, ctx, subscriptionId),
  );
  if (!isNew) {
    await decided(ctx, operation);
    return;
  }
  try {
    await carryOut(ctx, operation);
  } catch (error) {
    if (!(error instanceof BillingError) || error.reason === "outcome_unknown") throw error;
    await refreshNow(ctx, "subscription", subscriptionId);
    if (error.reason !== "subscription_was_paid") throw error;
  }
}

async function reserveCancel(
  tx: Tx,
  ctx: CustomerCtx,
  subscriptionId: string,
): Promise<{ operation: Operation; isNew: boolean }> {
  const { customerId } = ctx.actor;
  const openSlot = `cancel:${subscriptionId}`;
  const open = await tx.moneyOperation.findFirst({ where: { customerId, openSlot } });
  if (open) return { operation: open, isNew: false };
  const operation = await reserve(tx, ctx, {
    id: randomUUID(),
    kind: "subscription_cancel",
    customerId,
    request: { subscriptionId },
    params: {},
    openSlot,
    targetId: subscriptionId,
    reason: "another choice was made before the first payment",
  });
  return { operation, isNew: true };
}
