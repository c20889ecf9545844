import { z } from "zod";
import type { RefundView } from "../refunds/schemas";

export const ListInvoicesInput = z.object({
  cursor: z.string().max(200).nullish(),
  limit: z.number().int().min(1).max(100).default(20),
});
export type ListInvoicesInput = z.infer<typeof ListInvoicesInput>;

export const GetInvoiceInput = z.object({ invoiceId: z.string().min(1).max(100) });
export type GetInvoiceInput = z.infer<typeof GetInvoiceInput>;

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
  lines: InvoiceLineView[];
  payments: PaymentView[];
  refunds: RefundView[];
  /** How much of the paid amount may still be returned, undecided refunds held back. */
  refundable: number;
}

export interface InvoicePage {
  invoices: InvoiceSummary[];
  nextCursor: string | null;
}
