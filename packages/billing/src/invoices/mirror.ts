import type Stripe from "stripe";
import { mirrorList } from "../db/sql/mirror-list";
import { mirrorTable } from "../db/sql/mirror-table";
import { idOf, instant } from "../stripe/fields";
import { discountPart, taxPart } from "./parts";

interface InvoiceRow {
  customerId: string;
  id: string;
  number: string | null;
  status: string;
  billingReason: string | null;
  subscriptionId: string | null;
  currency: string;
  subtotalAmount: number;
  discountAmount: number;
  taxAmount: number;
  totalAmount: number;
  dueAmount: number;
  paidAmount: number;
  remainingAmount: number;
  attemptCount: number;
  nextPaymentAttempt: Date | null;
  periodStart: Date;
  periodEnd: Date;
  dueAt: Date | null;
  finalizedAt: Date | null;
  paidAt: Date | null;
  voidedAt: Date | null;
  hostedInvoiceUrl: string | null;
  invoicePdf: string | null;
  collectionMethod: string;
  startingBalanceAmount: number;
  prePaymentCreditAmount: number;
  postPaymentCreditAmount: number;
  receiptNumber: string | null;
  /** As JSON: a driver would take an array for one of PostgreSQL's own. */
  discounts: string;
  taxes: string;
  createdAt: Date;
}

interface InvoicePaymentRow {
  id: string;
  paymentId: string;
  status: string;
  paidAmount: number;
  createdAt: Date;
}

export const writeInvoice = mirrorTable<InvoiceRow>("invoice", [
  "number",
  "status",
  "billingReason",
  "subscriptionId",
  "currency",
  "subtotalAmount",
  "discountAmount",
  "taxAmount",
  "totalAmount",
  "dueAmount",
  "paidAmount",
  "remainingAmount",
  "attemptCount",
  "nextPaymentAttempt",
  "periodStart",
  "periodEnd",
  "dueAt",
  "finalizedAt",
  "paidAt",
  "voidedAt",
  "hostedInvoiceUrl",
  "invoicePdf",
  "collectionMethod",
  "startingBalanceAmount",
  "prePaymentCreditAmount",
  "postPaymentCreditAmount",
  "receiptNumber",
  "discounts",
  "taxes",
  "createdAt",
]);

export const writeInvoicePayments = mirrorList<InvoicePaymentRow>(
  "invoice_payment",
  "invoice_id",
  { id: "text", paymentId: "text", status: "text", paidAmount: "bigint", createdAt: "timestamptz" },
  { syncedAt: true },
);

const sum = (parts: readonly { amount: number }[] | null) =>
  (parts ?? []).reduce((total, { amount }) => total + amount, 0);

export function invoiceRow(customerId: string, invoice: Stripe.Invoice): InvoiceRow {
  const { status_transitions: at } = invoice;
  return {
    customerId,
    id: invoice.id,
    number: invoice.number,
    status: invoice.status ?? "draft",
    billingReason: invoice.billing_reason,
    subscriptionId: idOf(invoice.parent?.subscription_details?.subscription),
    currency: invoice.currency,
    subtotalAmount: invoice.subtotal,
    discountAmount: sum(invoice.total_discount_amounts),
    taxAmount: sum(invoice.total_taxes),
    totalAmount: invoice.total,
    dueAmount: invoice.amount_due,
    paidAmount: invoice.amount_paid,
    remainingAmount: invoice.amount_remaining,
    attemptCount: invoice.attempt_count,
    nextPaymentAttempt: instant(invoice.next_payment_attempt),
    periodStart: instant(invoice.period_start),
    periodEnd: instant(invoice.period_end),
    dueAt: instant(invoice.due_date),
    finalizedAt: instant(at.finalized_at),
    paidAt: instant(at.paid_at),
    voidedAt: instant(at.voided_at),
    hostedInvoiceUrl: invoice.hosted_invoice_url ?? null,
    invoicePdf: invoice.invoice_pdf ?? null,
    collectionMethod: invoice.collection_method,
    startingBalanceAmount: invoice.starting_balance,
    prePaymentCreditAmount: invoice.pre_payment_credit_notes_amount,
    postPaymentCreditAmount: invoice.post_payment_credit_notes_amount,
    receiptNumber: invoice.receipt_number,
    discounts: JSON.stringify((invoice.total_discount_amounts ?? []).map(discountPart)),
    taxes: JSON.stringify((invoice.total_taxes ?? []).map(taxPart)),
    createdAt: instant(invoice.created),
  };
}

/** Payments recorded outside Stripe have no payment intent and no charge: there is nothing to refund there. */
export const invoicePaymentRows = (payments: readonly Stripe.InvoicePayment[]): InvoicePaymentRow[] =>
  payments.flatMap((payment) => {
    const paymentId = idOf(payment.payment.payment_intent) ?? idOf(payment.payment.charge);
    if (!paymentId) return [];
    const { id, status, amount_paid: paid, created } = payment;
    return [{ id, paymentId, status, paidAmount: paid ?? 0, createdAt: instant(created) }];
  });
