import { z } from "zod";
import type { AuditEntryView } from "../audit/schemas";
import type { InvoiceSummary, PaymentView } from "../invoices/schemas";
import type { SubscriptionView } from "../subscriptions/schemas";

export const ListCustomersInput = z.object({
  /** Name, email, a Stripe id, an invoice number or the last four digits of a card. */
  search: z.string().trim().max(200).default(""),
  /** A subscription status, or "none" for customers without a subscription. */
  status: z.string().max(40).nullish(),
  cursor: z.string().max(200).nullish(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type ListCustomersInput = z.infer<typeof ListCustomersInput>;

export const GetCustomerInput = z.object({ customerId: z.string().min(1).max(100) });
export type GetCustomerInput = z.infer<typeof GetCustomerInput>;

export interface CustomerRow {
  id: string;
  name: string;
  email: string;
  stripeCustomerId: string | null;
  createdAt: string;
  currency: string | null;
  /** The live subscription, else the newest. */
  subscription: { status: string; planName: string; interval: string | null } | null;
  /** Of the live subscription, per month, in its currency; null without one, in a trial and while paused. */
  mrr: { amount: number; currency: string } | null;
}

export interface CustomerPage {
  customers: CustomerRow[];
  nextCursor: string | null;
}

export interface CustomerDetail extends CustomerRow {
  members: { name: string; email: string; role: string }[];
  balance: number;
  paymentMethods: {
    id: string;
    brand: string;
    last4: string;
    expMonth: number;
    expYear: number;
    isDefault: boolean;
  }[];
  subscriptions: SubscriptionView[];
  invoices: InvoiceSummary[];
  payments: PaymentView[];
  timeline: AuditEntryView[];
}
