import { z } from "zod";
import { addOnIds, planIds } from "../plans/schemas";
import { currencies, intervals } from "../plans/units";

/** `operationId` is made when the checkout opens and sent with each try, so that a retry is the same purchase. */
export const CreateSubscriptionInput = z.object({
  operationId: z.uuid(),
  planId: z.enum(planIds),
  interval: z.enum(intervals),
  currency: z.enum(currencies),
  /** Of a plan that has them; the fewest it can have when nothing is said. */
  seats: z.int().min(1).max(100_000).optional(),
  addOns: z
    .array(z.object({ id: z.enum(addOnIds), quantity: z.int().min(1).max(1_000) }))
    .max(10)
    .optional(),
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
  /** What happens at the end of the period, and can be undone until then. */
  scheduledChange: { planName: string; interval: string | null; at: string } | null;
  /** A change that waits for its payment; without it the change is forgotten. */
  pendingChange: { planName: string; expiresAt: string } | null;
  /** While nothing is collected. */
  paused: { until: string | null } | null;
  endedAt: string | null;
  createdAt: string;
  paymentMethod: { brand: string; last4: string; expMonth: number; expYear: number } | null;
}
