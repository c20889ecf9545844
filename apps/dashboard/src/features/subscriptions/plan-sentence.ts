import type { SubscriptionView } from "@farebox/billing";
import { daysUntil, nextCharge, trialNeedsCard } from "./rules";

export interface Say {
  money: (amount: number, currency: string) => string;
  date: (at: string) => string;
  now: number;
}

/** Where the subscription stands and what happens next, in one or two plain sentences. */
export function planSentence(subscription: SubscriptionView, say: Say): string {
  const { status, cancelAt, endedAt, paused, price, scheduledChange } = subscription;
  switch (status) {
    case "active":
      if (cancelAt) return `Ends on ${say.date(cancelAt)}. You keep everything until then.`;
      if (paused)
        return paused.until ? `Paused until ${say.date(paused.until)}. Nothing is charged.` : pausedText;
      if (scheduledChange)
        return `Changes to ${scheduledChange.planName} on ${say.date(scheduledChange.at)}.`;
      return price?.amount === 0 ? "Free. Nothing will be charged." : renewal(subscription, say);
    case "trialing":
      return trial(subscription, say);
    case "past_due":
      return "We could not take the payment for this period. Your plan stays on while we try again.";
    case "unpaid":
      return "We could not take the payment for this period. Your plan continues once it is paid.";
    case "paused":
      return pausedText;
    case "incomplete":
      return "Starts with the first payment, which is not completed yet.";
    case "incomplete_expired":
      return "The first payment was not completed in time, so the plan did not start.";
    case "canceled":
      return endedAt ? `Ended on ${say.date(endedAt)}.` : "Ended.";
    default:
      return "";
  }
}

const pausedText = "Paused. Nothing is charged until it continues.";

function renewal(subscription: SubscriptionView, { money, date }: Say): string {
  const charge = nextCharge(subscription);
  return charge ? `Renews ${date(charge.at)}, ${money(charge.amount, charge.currency)}.` : "";
}

function trial(subscription: SubscriptionView, say: Say): string {
  const end = subscription.trialEnd ?? subscription.currentPeriodEnd;
  if (!end) return "In its free trial.";
  const left = daysLeft(daysUntil(end, say.now));
  if (subscription.cancelAt)
    return `The free trial ends on ${say.date(end)} (${left}). Nothing will be charged.`;
  if (trialNeedsCard(subscription))
    return `The free trial ends on ${say.date(end)} (${left}). Without a card the plan ends then.`;
  const charge = nextCharge(subscription);
  const then = charge ? ` Then ${say.money(charge.amount, charge.currency)}.` : "";
  return `The free trial ends on ${say.date(end)} (${left}).${then}`;
}

export function daysLeft(days: number): string {
  if (days === 0) return "today";
  return days === 1 ? "1 day left" : `${days} days left`;
}

export function perInterval(interval: string | null): string {
  if (interval === "month") return "per month";
  if (interval === "year") return "per year";
  return "";
}
