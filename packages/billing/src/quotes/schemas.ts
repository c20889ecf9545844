import { z } from "zod";
import { CreateSubscriptionInput } from "../subscriptions/schemas";

/** Seats and add-ons that are not named stay as they are, as far as the plan has them. */
export const QuoteChangeInput = CreateSubscriptionInput.pick({
  planId: true,
  interval: true,
  seats: true,
  addOns: true,
});
export type QuoteChangeInput = z.infer<typeof QuoteChangeInput>;

/** The quote as it was given: what is in it is charged, once, or nothing. */
export const ChangePlanInput = z.object({ quote: z.string().min(1).max(8_000) });
export type ChangePlanInput = z.infer<typeof ChangePlanInput>;

/** Now, with the rest of the period charged; or when the period that is paid for is over. */
export type ChangeTiming = "now" | "period_end";

export interface QuoteLine {
  kind: "unused" | "remaining" | "period";
  description: string;
  /** Before the discount and tax below; prorated lines are net of discounts already. */
  amount: number;
}

export interface ChangeQuote {
  /** Send it back to accept. */
  quote: string;
  expiresAt: string;
  timing: ChangeTiming;
  effectiveAt: string | null;
  from: { planName: string; interval: string | null };
  to: { planId: string; planName: string; interval: string };
  currency: string;
  /** What is invoiced at once; none for a change that waits for the end of the period. */
  lines: QuoteLine[];
  discount: number;
  tax: number;
  total: number;
  /** What the customer's credit pays of it, or what it owes from before: due = total + balance. */
  balance: number;
  dueNow: number;
  /** What remains as credit for later invoices when more is given back than charged. */
  creditAfter: number;
  next: { at: string | null; total: number };
  gained: { id: string; name: string }[];
  lost: { id: string; name: string }[];
}

export interface ChangedPlan {
  outcome: "changed" | "scheduled" | "unpaid";
  /** What the browser must do before the change happens: show the bank's question, or take a card. */
  confirmation: {
    step: "authenticate" | "pay";
    clientSecret: string;
    amount: number;
    currency: string;
    expiresAt: string;
  } | null;
}
