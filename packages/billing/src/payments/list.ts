import type { Tx } from "../context";
import type { Payment } from "../db/generated/client";
import type { PaymentView } from "../invoices/schemas";
import { minorUnits } from "../money";

const newestFirst = [{ createdAt: "desc" }, { id: "desc" }] as const;

/** Tries that came to nothing too: they tell why an invoice is still open. */
export async function paymentsOfInvoice(
  db: Tx,
  customerId: string,
  invoiceId: string,
): Promise<PaymentView[]> {
  const links = await db.invoicePayment.findMany({
    where: { customerId, invoiceId },
    select: { paymentId: true },
  });
  const payments = await db.payment.findMany({
    where: { customerId, id: { in: links.map(({ paymentId }) => paymentId) } },
    orderBy: [...newestFirst],
  });
  return payments.map(paymentView);
}

export async function newestPayments(db: Tx, customerId: string, limit: number): Promise<PaymentView[]> {
  const payments = await db.payment.findMany({
    where: { customerId },
    orderBy: [...newestFirst],
    take: limit,
  });
  return payments.map(paymentView);
}

const paymentView = (payment: Payment): PaymentView => ({
  id: payment.id,
  status: payment.status,
  amount: minorUnits(payment.amount),
  currency: payment.currency,
  amountRefunded: minorUnits(payment.refundedAmount),
  card: payment.cardLast4 ? { brand: payment.cardBrand ?? "card", last4: payment.cardLast4 } : null,
  failureCode: payment.declineCode ?? payment.failureCode,
  failureMessage: payment.failureMessage,
  createdAt: payment.createdAt.toISOString(),
});
