import type Stripe from "stripe";
import type { Tx } from "../context";
import { conflict, notAllowed, notFound } from "../errors";
import type { Operation } from "../operations/kinds";
import { intentHash, operationMetadata, reserve } from "../operations/reserve";
import { lockWaits } from "../operations/with-customer-locked";
import type { StaffCtx } from "../trpc/procedures";
import { lockRefundablePayments } from "./queries";
import { decideRefund } from "./rules";
import type { CreateRefundInput } from "./schemas";

export interface ReservedRefund {
  next: "submit" | "follow";
  operation: Operation;
}

/** With the invoice's payments locked: of two refunds at once the later counts the earlier. */
export const reserveRefund = (ctx: StaffCtx, input: CreateRefundInput): Promise<ReservedRefund> =>
  ctx.db.$transaction((tx) => reserveLocked(tx, ctx, input), lockWaits);

async function reserveLocked(tx: Tx, ctx: StaffCtx, input: CreateRefundInput): Promise<ReservedRefund> {
  const { invoiceId, amount, reason, note } = input;
  const invoice = await tx.invoice.findFirst({
    where: { id: invoiceId },
    select: { id: true, customerId: true, status: true, currency: true },
  });
  if (!invoice) throw notFound("invoice");
  const { customerId, currency } = invoice;
  const payments = await lockRefundablePayments(tx, invoice);
  const request = { invoiceId, amount, reason, note };
  const hash = intentHash({ kind: "refund_create", customerId, request });
  const earlier = await earlierOperation(tx, input.operationId, hash);
  if (earlier) return { next: "follow", operation: earlier };
  const decision = decideRefund(invoice, payments, amount);
  if (!decision.may) {
    throw notAllowed(decision.reason, decision.message, { left: decision.left, currency });
  }
  const params: Stripe.RefundCreateParams = {
    payment_intent: decision.payment.id,
    amount,
    reason,
    metadata: operationMetadata(input.operationId, customerId),
  };
  const operation = await reserve(tx, ctx, {
    id: input.operationId,
    kind: "refund_create",
    customerId,
    request,
    params,
    targetId: decision.payment.id,
    amount: BigInt(amount),
    currency,
    reason: note || reason,
  });
  return { next: "submit", operation };
}

/** An id names one intent: not even one of another customer may be used again. */
async function earlierOperation(tx: Tx, id: string, hash: string): Promise<Operation | null> {
  const earlier = await tx.moneyOperation.findFirst({ where: { id } });
  if (!earlier || earlier.requestHash === hash) return earlier;
  throw conflict("operation_reused", "This dialog was used for another refund. Please open it again.");
}
