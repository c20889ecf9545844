import { planIds } from "../plans/schemas";
import type { Confirmation } from "./schemas";

/** One of these holds the slot of which each customer has one. */
export const liveStatuses = ["trialing", "active", "past_due", "unpaid", "paused"];
const endedStatuses = ["canceled", "incomplete_expired"];

export const isLive = (status: string): boolean => liveStatuses.includes(status);

/** Stripe never revives such a subscription. */
export const hasEnded = (status: string): boolean => endedStatuses.includes(status);

/** The plan that the catalogue wrote on a price; null for prices made by hand. */
export function planOf(metadata: Record<string, string> | undefined): string | null {
  const plan = metadata?.farebox_plan;
  return plan !== undefined && (planIds as readonly string[]).includes(plan) ? plan : null;
}

/** A trial is given once: who has had one pays from the first day. */
export const trialDaysFor = (plan: { trialDays?: number }, triedBefore: boolean): number =>
  triedBefore ? 0 : (plan.trialDays ?? 0);

export interface OpenSubscription {
  id: string;
  status: string;
  priceId: string | null;
  pendingSetupIntentId: string | null;
}

export interface KnownOperation {
  id: string;
  requestHash: string;
}

export type PurchaseStep =
  | { next: "reserve" }
  /** An operation for this very purchase exists: its outcome is the answer. */
  | { next: "follow"; operationId: string }
  /** Another purchase is on its way: what it leads to decides what may happen here. */
  | { next: "wait"; operationId: string }
  | { next: "resume"; subscriptionId: string }
  | { next: "replace"; subscriptionId: string }
  | { next: "refuse"; reason: "operation_reused" | "already_subscribed" };

/** What to do about a wish to subscribe, from what is known while the customer is locked. */
export function decidePurchase(known: {
  own: KnownOperation | null;
  open: KnownOperation | null;
  live: OpenSubscription | null;
  incomplete: OpenSubscription | null;
  requestHash: string;
  priceId: string;
}): PurchaseStep {
  const { own, open, live, incomplete, requestHash, priceId } = known;
  if (own && own.requestHash !== requestHash) return { next: "refuse", reason: "operation_reused" };
  if (own) return { next: "follow", operationId: own.id };
  if (open) {
    return { next: open.requestHash === requestHash ? "follow" : "wait", operationId: open.id };
  }
  if (live) {
    const cardMissing =
      live.status === "trialing" && live.pendingSetupIntentId !== null && live.priceId === priceId;
    return cardMissing
      ? { next: "resume", subscriptionId: live.id }
      : { next: "refuse", reason: "already_subscribed" };
  }
  if (!incomplete) return { next: "reserve" };
  const step = incomplete.priceId === priceId ? "resume" : "replace";
  return { next: step, subscriptionId: incomplete.id };
}

/** What the browser has to confirm, from the subscription as Stripe has it now. */
export function confirmationOf(subscription: {
  status: string;
  free: boolean;
  setupSecret: string | null;
  paymentSecret: string | null;
  due: { amount: number; currency: string } | null;
}): Confirmation {
  const { status, free, setupSecret, paymentSecret, due } = subscription;
  if (hasEnded(status) || free) return { kind: "none" };
  if (status === "incomplete" && paymentSecret && due && due.amount > 0) {
    return { kind: "payment", clientSecret: paymentSecret, ...due };
  }
  return setupSecret ? { kind: "setup", clientSecret: setupSecret } : { kind: "none" };
}

/** Per month in minor units; a year's price is spread over twelve months, halves up. */
export function monthlyAmount(price: {
  unitAmount: number;
  interval: string | null;
  quantity: number;
}): number {
  const perPeriod = price.unitAmount * price.quantity;
  return price.interval === "year" ? Math.floor((perPeriod + 6) / 12) : perPeriod;
}
