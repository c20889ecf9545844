import type { SubscriptionView } from "@farebox/billing";

const liveStatuses = ["active", "trialing", "past_due", "unpaid", "paused"];
const endedStatuses = ["canceled", "incomplete_expired"];

type Standing = Pick<SubscriptionView, "status" | "paymentMethod">;

export const isLive = ({ status }: Pick<SubscriptionView, "status">): boolean =>
  liveStatuses.includes(status);

export const hasEnded = ({ status }: Pick<SubscriptionView, "status">): boolean =>
  endedStatuses.includes(status);

/** Stripe calls a trial "trialing" before its card is saved; the purchase is only done with the card. */
export const trialNeedsCard = ({ status, paymentMethod }: Standing): boolean =>
  status === "trialing" && paymentMethod === null;

/** What the next period costs; null when nothing will be charged. */
export function nextCharge(
  subscription: SubscriptionView,
): { amount: number; currency: string; at: string } | null {
  const { status, price, cancelAt, currentPeriodEnd, paused, scheduledChange, trialEnd } = subscription;
  if (cancelAt || paused || scheduledChange || !price || price.amount === 0) return null;
  if (status !== "active" && status !== "trialing") return null;
  if (trialNeedsCard(subscription)) return null;
  const at = status === "trialing" ? (trialEnd ?? currentPeriodEnd) : currentPeriodEnd;
  return at ? { ...price, at } : null;
}

const dayMs = 86_400_000;

/** Whole days until then, today counting as 0; never negative. */
export function daysUntil(at: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(at) - now) / dayMs));
}
