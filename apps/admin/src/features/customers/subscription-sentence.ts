import type { SubscriptionView } from "@farebox/billing";

type Dates = Pick<SubscriptionView, "status" | "cancelAt" | "endedAt" | "trialEnd" | "currentPeriodEnd">;

/** What happens next with a subscription, or what happened to it. */
export function subscriptionSentence(subscription: Dates, dateText: (at: string) => string): string {
  const { status, cancelAt, endedAt, trialEnd, currentPeriodEnd } = subscription;
  if (endedAt) return `Ended on ${dateText(endedAt)}.`;
  if (cancelAt) return `Ends on ${dateText(cancelAt)}.`;
  if (status === "trialing" && trialEnd) return `Trial until ${dateText(trialEnd)}, then the first payment.`;
  if (status === "active" && currentPeriodEnd) return `Renews on ${dateText(currentPeriodEnd)}.`;
  if (status === "past_due") return "The last payment failed.";
  if (status === "incomplete") return "Waiting for the first payment.";
  if (status === "paused") return "No payments are taken while it is paused.";
  if (status === "unpaid") return "Payments failed until Stripe gave up.";
  return "";
}
