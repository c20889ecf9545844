import { BillingError, notFound } from "../errors";
import { carryOut, decided, refuseAgain } from "../operations/carry-out";
import type { Operation } from "../operations/kinds";
import { isUndecided } from "../operations/rules";
import type { StaffCtx } from "../trpc/procedures";
import { markForRefresh } from "../webhooks/objects";
import { refundOfOperation } from "./queries";
import { reserveRefund } from "./reserve-refund";
import type { CreateRefundInput, RefundView } from "./schemas";

/**
 * Returns part of a paid invoice, once per operation id. Without Stripe's answer the refund is shown as
 * unknown and holds its amount until the worker knows.
 */
export async function refundInvoice(ctx: StaffCtx, input: CreateRefundInput): Promise<RefundView> {
  const step = await reserveRefund(ctx, input);
  if (step.next === "submit") {
    await carryOutKeepingDoubt(ctx, step.operation);
  } else {
    const operation = await decidedKeepingDoubt(ctx, step.operation);
    if (operation?.state === "failed") refuseAgain(operation);
  }
  const view = await refundOfOperation(ctx.db, step.operation);
  if (!view) throw notFound("refund");
  return view;
}

async function carryOutKeepingDoubt(ctx: StaffCtx, operation: Operation): Promise<void> {
  try {
    await carryOut(ctx, operation);
  } catch (error) {
    if (isDoubt(error)) return;
    if (operation.targetId) await markForRefresh(ctx.pool, "payment_intent", operation.targetId);
    throw error;
  }
}

async function decidedKeepingDoubt(ctx: StaffCtx, operation: Operation): Promise<Operation | null> {
  if (!isUndecided(operation)) return operation;
  try {
    return await decided(ctx, operation);
  } catch (error) {
    if (isDoubt(error)) return null;
    throw error;
  }
}

const isDoubt = (error: unknown) => error instanceof BillingError && error.reason === "outcome_unknown";
