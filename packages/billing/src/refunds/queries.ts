import type { Tx } from "../context";
import type { Refund } from "../db/generated/client";
import { minorUnits } from "../money";
import type { Operation } from "../operations/kinds";
import { undecidedStates } from "../operations/rules";
import type { RefundablePayment } from "./rules";
import type { RefundView } from "./schemas";

interface PaymentRow {
  id: string;
  currency: string;
  received: bigint;
  held: bigint;
  disputed: boolean;
  createdAt: Date;
}

/** The payments of an invoice with what is still on them, locked in one order until the transaction ends. */
export async function lockRefundablePayments(
  tx: Tx,
  invoice: { customerId: string; id: string },
): Promise<RefundablePayment[]> {
  await tx.$queryRaw`
    SELECT p.id FROM payment p
    JOIN invoice_payment ip ON ip.customer_id = p.customer_id AND ip.payment_id = p.id
    WHERE ip.customer_id = ${invoice.customerId} AND ip.invoice_id = ${invoice.id} AND ip.status = 'paid'
    ORDER BY p.id FOR NO KEY UPDATE OF p`;
  return refundablePayments(tx, invoice);
}

/** One statement, so that an operation is counted either as itself or as the refund it became, never neither. */
export async function refundablePayments(
  tx: Tx,
  { customerId, id }: { customerId: string; id: string },
): Promise<RefundablePayment[]> {
  const rows = await tx.$queryRaw<PaymentRow[]>`
    SELECT p.id, p.currency, p.received_amount AS "received", p.disputed, p.created_at AS "createdAt",
      (refunds.held + operations.held)::bigint AS "held"
    FROM payment p
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(r.amount), 0) AS held FROM refund r
      WHERE r.customer_id = p.customer_id AND r.payment_id = p.id
        AND r.status IN ('pending', 'requires_action', 'succeeded')
    ) AS refunds
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(o.amount), 0) AS held FROM money_operation o
      WHERE o.customer_id = p.customer_id AND o.target_id = p.id AND o.kind = 'refund.create' AND o.state <> 'failed'
        AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.customer_id = o.customer_id
          AND (r.operation_id = o.id OR r.id = o.stripe_object_id))
    ) AS operations
    WHERE p.customer_id = ${customerId} AND p.id IN (
      SELECT payment_id FROM invoice_payment
      WHERE customer_id = ${customerId} AND invoice_id = ${id} AND status = 'paid')`;
  return rows.map(({ received, held, ...row }) => ({
    ...row,
    received: minorUnits(received),
    held: minorUnits(held),
  }));
}

/** The refund an operation has become, or the operation itself while it is undecided. */
export async function refundOfOperation(db: Tx, operation: Operation): Promise<RefundView | null> {
  const { customerId, id } = operation;
  const refund = await db.refund.findFirst({ where: { customerId, operationId: id } });
  if (refund) return refundView(refund);
  const current = await db.moneyOperation.findUnique({ where: { customerId_id: { customerId, id } } });
  return current && undecidedRefundView(current);
}

export const refundView = (refund: Refund): RefundView => ({
  id: refund.id,
  operationId: refund.operationId,
  status: refund.status,
  amount: minorUnits(refund.amount),
  currency: refund.currency,
  reason: refund.reason,
  failureReason: refund.failureReason,
  createdAt: refund.createdAt.toISOString(),
});

export function undecidedRefundView(operation: Operation): RefundView {
  const params = operation.params as { reason?: string };
  return {
    id: operation.id,
    operationId: operation.id,
    status: operation.state,
    amount: minorUnits(operation.amount ?? 0n),
    currency: operation.currency ?? "",
    reason: params.reason ?? null,
    failureReason: null,
    createdAt: operation.submittedAt.toISOString(),
  };
}

/** Refunds of the invoice's payments, and those Stripe has not answered yet, newest first. */
export async function refundsOfInvoice(
  db: Tx,
  { customerId, id: invoiceId }: { customerId: string; id: string },
): Promise<RefundView[]> {
  const links = await db.invoicePayment.findMany({
    where: { customerId, invoiceId },
    select: { paymentId: true },
  });
  const paymentIds = links.map(({ paymentId }) => paymentId);
  const operations = await db.moneyOperation.findMany({
    where: {
      customerId,
      kind: "refund_create",
      state: { in: [...undecidedStates] },
      targetId: { in: paymentIds },
    },
  });
  const refunds = await db.refund.findMany({ where: { customerId, paymentId: { in: paymentIds } } });
  const known = new Set(refunds.map(({ operationId }) => operationId));
  const undecided = operations.filter(({ id }) => !known.has(id)).map(undecidedRefundView);
  return [...undecided, ...refunds.map(refundView)].sort((a, b) =>
    a.createdAt === b.createdAt ? (a.id < b.id ? 1 : -1) : a.createdAt < b.createdAt ? 1 : -1,
  );
}
