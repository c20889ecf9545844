import { z } from "zod";
import { currencies, intervals } from "../plans/define-catalog";
import { planIds } from "../plans/schemas";

/** `operationId` is made when the checkout opens and sent with each try, so that a retry is the same purchase. */
export const CreateSubscriptionInput = z.object({
  operationId: z.uuid(),
  planId: z.enum(planIds),
  interval: z.enum(intervals),
  currency: z.enum(currencies),
});
export type CreateSubscriptionInput = z.infer<typeof CreateSubscriptionInput>;

/** What the browser must still confirm: a payment, a saved card for later, or nothing. */
export type Confirmation =
  | { kind: "none" }
  | { kind: "payment"; clientSecret: string; amount: number; currency: string }
  | { kind: "setup"; clientSecret: string };

export interface CreatedSubscription {
  subscriptionId: string;
  status: string;
  confirmation: Confirmation;
}

export interface SubscriptionView {
  id: string;
  status: string;
  planId: string | null;
  planName: string;
  interval: string | null;
  quantity: number;
  /** Per period, before tax and discounts. */
  price: { amount: number; currency: string } | null;
  currentPeriodStart: string | null;
  currentPeriodEnd: string | null;
  trialEnd: string | null;
  cancelAt: string | null;
  endedAt: string | null;
  createdAt: string;
  paymentMethod: { brand: string; last4: string; expMonth: number; expYear: number } | null;
}
