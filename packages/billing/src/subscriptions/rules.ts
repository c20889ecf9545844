import { marksOf } from "../plans/found-price";
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
  /** What it consists of. */
  items: string;
  pendingSetupIntentId: string | null;
}

/** What a change is decided by, from the mirror. */
export interface LiveSubscription {
  id: string;
  status: string;
  planId: string | null;
  currency: string;
  scheduleId: string | null;
  cancelAt: Date | null;
  pauseBehavior: string | null;
  pendingChangeExpiresAt: Date | null;
  currentPeriodEnd: Date | null;
}

/**
 * So many calendar months after the paid period ends; the last day of a shorter month. Half a day early, so that
 * the first invoice after them is collected again.
 */
export function pauseEnd(periodEnd: Date, months: number): Date {
  const end = new Date(periodEnd);
  const day = end.getUTCDate();
  end.setUTCMonth(end.getUTCMonth() + months, 1);
  const last = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate();
  end.setUTCDate(Math.min(day, last));
  end.setUTCHours(end.getUTCHours() - 12);
  return end;
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
  items: string;
}): PurchaseStep {
  const { own, open, live, incomplete, requestHash, items } = known;
  if (own && own.requestHash !== requestHash) return { next: "refuse", reason: "operation_reused" };
  if (own) return { next: "follow", operationId: own.id };
  if (open) {
    return { next: open.requestHash === requestHash ? "follow" : "wait", operationId: open.id };
  }
  if (live) {
    const cardMissing =
      live.status === "trialing" && live.pendingSetupIntentId !== null && live.items === items;
    return cardMissing
      ? { next: "resume", subscriptionId: live.id }
      : { next: "refuse", reason: "already_subscribed" };
  }
  if (!incomplete) return { next: "reserve" };
  const step = incomplete.items === items ? "resume" : "replace";
  return { next: step, subscriptionId: incomplete.id };
}

/** What the browser has to confirm, from the subscription as Stripe has it now. */
export function confirmationOf(subscription: {
  status: string;
  /** Nothing to pay, now or later, or a trial that asks for no card. */
  cardless: boolean;
  setupSecret: string | null;
  paymentSecret: string | null;
  due: { amount: number; currency: string } | null;
}): Confirmation {
  const { status, cardless, setupSecret, paymentSecret, due } = subscription;
  if (hasEnded(status) || cardless) return { kind: "none" };
  if (status === "incomplete" && paymentSecret && due && due.amount > 0) {
    return { kind: "payment", clientSecret: paymentSecret, ...due };
  }
  return setupSecret ? { kind: "setup", clientSecret: setupSecret } : { kind: "none" };
}

/** Per month in minor units; a year's price is spread over twelve months, halves up. */
export const monthlyAmount = (perPeriod: number, interval: string | null): number =>
  interval === "year" ? Math.floor((perPeriod + 6) / 12) : perPeriod;

interface Item {
  quantity?: number | undefined;
  price: { metadata: Record<string, string> };
}

/** The item that says which plan it is: the plan's price, or its seats where they are all it costs. Add-ons never. */
export function mainItem<Of extends Item>(items: readonly Of[]): Of | undefined {
  const ofKind = (kind: string) => items.find((item) => kindOf(item) === kind);
  return (
    ofKind("base") ??
    ofKind("seats") ??
    ofKind("usage") ??
    items.find((item) => kindOf(item) === null) ??
    items[0]
  );
}

/** How many seats it has; the quantity of its price where there are none. */
export function seatCount(items: readonly Item[]): number {
  const seats = items.find((item) => kindOf(item) === "seats");
  return (seats ?? mainItem(items))?.quantity ?? 1;
}

const kindOf = ({ price: { metadata } }: Item): string | null => marksOf({ metadata }).kind;
