import type { Tx } from "../context";
import type { Charge, Payment } from "../db/generated/client";
import type { AttemptView, PaymentView } from "../invoices/schemas";
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

/** Each time a card was asked, oldest first. */
export async function attemptsOfInvoice(
  db: Tx,
  customerId: string,
  invoiceId: string,
): Promise<AttemptView[]> {
  const links = await db.invoicePayment.findMany({
    where: { customerId, invoiceId },
    select: { paymentId: true },
  });
  const charges = await db.charge.findMany({
    where: { customerId, paymentId: { in: links.map(({ paymentId }) => paymentId) } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return charges.map(attemptView);
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
  receiptUrl: payment.receiptUrl,
  createdAt: payment.createdAt.toISOString(),
});

const attemptView = (charge: Charge): AttemptView => ({
  id: charge.id,
  status: charge.status,
  amount: minorUnits(charge.amount),
  currency: charge.currency,
  card: charge.cardLast4 ? { brand: charge.cardBrand ?? "card", last4: charge.cardLast4 } : null,
  failureCode: charge.declineCode ?? charge.failureCode,
  createdAt: charge.createdAt.toISOString(),
});
