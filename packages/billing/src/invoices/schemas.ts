import { z } from "zod";
import type { RefundView } from "../refunds/schemas";
import type { LineExplanation, Settlement } from "./explanation";
import { invoiceStatuses } from "./statuses";

const Instant = z.iso
  .datetime({ offset: true })
  .refine((at) => !Number.isNaN(Date.parse(at)), "no such time");

/** Which of a customer's invoices are meant. */
const filters = {
  status: z.enum(invoiceStatuses).nullish(),
  /** Issued at this time or later. */
  from: Instant.nullish(),
  /** Issued before this time. */
  to: Instant.nullish(),
  /** A part of the number, or a whole amount such as 49.50. */
  search: z.string().trim().max(50).nullish(),
};

export const InvoiceFilters = z.object(filters);
export type InvoiceFilters = z.infer<typeof InvoiceFilters>;

export const ListInvoicesInput = z.object({
  ...filters,
  cursor: z.string().max(200).nullish(),
  limit: z.number().int().min(1).max(100).default(20),
});
export type ListInvoicesInput = z.infer<typeof ListInvoicesInput>;

const InvoiceId = z.string().min(1).max(100);

export const GetInvoiceInput = z.object({ invoiceId: InvoiceId });
export type GetInvoiceInput = z.infer<typeof GetInvoiceInput>;

export const PayInvoiceInput = z.object({
  /** Made when the dialog opens, and anew after a refusal: a double click is one payment. */
  operationId: z.uuid(),
  invoiceId: InvoiceId,
  /** A saved card. */
  paymentMethodId: z.string().min(1).max(100),
  /** What the page said is still to pay, in minor units. */
  amount: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
});
export type PayInvoiceInput = z.infer<typeof PayInvoiceInput>;

export const OpenPaymentInput = z.object({ invoiceId: InvoiceId });
export type OpenPaymentInput = z.infer<typeof OpenPaymentInput>;

/** What became of a payment with a saved card. */
export interface PaidInvoice {
  outcome: "paid" | "declined" | "needs_confirmation" | "unknown";
  /** For people, when it was not paid. */
  message: string | null;
  /** Of what the bank wants to have confirmed. */
  clientSecret: string | null;
}

/** What a card that is typed in would pay; null when nothing is left to pay. */
export interface OpenPayment {
  clientSecret: string | null;
  amount: number;
  currency: string;
}

/** draft, open, paid, void, uncollectible; any other word of Stripe's is shown as it is. */
export interface InvoiceSummary {
  id: string;
  number: string | null;
  status: string;
  currency: string;
  total: number;
  amountPaid: number;
  amountRemaining: number;
  /** Refunds that succeeded or are on their way. */
  amountRefunded: number;
  createdAt: string;
  paidAt: string | null;
  periodStart: string;
  periodEnd: string;
  hostedInvoiceUrl: string | null;
  invoicePdf: string | null;
}

export interface InvoiceLineView {
  id: string;
  description: string;
  amount: number;
  quantity: number | null;
  proration: boolean;
  periodStart: string;
  periodEnd: string;
  explanation: LineExplanation;
}

/** One try to get the money of a payment. */
export interface AttemptView {
  id: string;
  /** succeeded, pending, failed */
  status: string;
  amount: number;
  currency: string;
  card: { brand: string; last4: string } | null;
  failureCode: string | null;
  createdAt: string;
}

export interface DiscountView {
  name: string | null;
  code: string | null;
  percentOff: string | null;
  amountOff: number | null;
  amount: number;
}

export interface TaxView {
  name: string | null;
  percentage: string | null;
  /** The prices contain it. */
  included: boolean;
  amount: number;
  taxable: number | null;
  reason: string;
}

export interface CreditNoteView {
  id: string;
  number: string;
  /** issued, void */
  status: string;
  reason: string | null;
  memo: string | null;
  amount: number;
  currency: string;
  /** Taken off what was still to pay. */
  offDue: number;
  /** Given back of what was paid. */
  givenBack: number;
  hasPdf: boolean;
  createdAt: string;
}

export interface PaymentView {
  id: string;
  status: string;
  amount: number;
  currency: string;
  amountRefunded: number;
  card: { brand: string; last4: string } | null;
  failureCode: string | null;
  failureMessage: string | null;
  receiptUrl: string | null;
  createdAt: string;
}

export interface InvoiceDetail extends InvoiceSummary {
  customer: { id: string; name: string; email: string };
  subscriptionId: string | null;
  billingReason: string | null;
  subtotal: number;
  discount: number;
  tax: number;
  amountDue: number;
  dueAt: string | null;
  nextAttemptAt: string | null;
  /** Of an open invoice: whether it is charged by itself, or waits to be paid. */
  chargedAutomatically: boolean;
  lines: InvoiceLineView[];
  discounts: DiscountView[];
  taxes: TaxView[];
  settlement: Settlement;
  creditNotes: CreditNoteView[];
  /** Oldest first. */
  attempts: AttemptView[];
  payments: PaymentView[];
  refunds: RefundView[];
  /** How much of the paid amount may still be returned, undecided refunds held back. */
  refundable: number;
}

export interface InvoicePage {
  invoices: InvoiceSummary[];
  nextCursor: string | null;
}
