import type { SubscriptionView } from "@farebox/billing";

type Standing = Pick<
  SubscriptionView,
  "status" | "cancelAt" | "endedAt" | "trialEnd" | "currentPeriodEnd" | "price" | "paymentMethod"
>;

/** What happens next with a subscription, or what happened to it. */
export function subscriptionSentence(subscription: Standing, dateText: (at: string) => string): string {
  const { status, cancelAt, endedAt, trialEnd, currentPeriodEnd, price, paymentMethod } = subscription;
  if (endedAt) return `Ended on ${dateText(endedAt)}.`;
  if (cancelAt) return `Ends on ${dateText(cancelAt)}.`;
  if (status === "trialing" && trialEnd) {
    const then = paymentMethod ? "then the first payment" : "then it ends, because no card is saved";
    return `Trial until ${dateText(trialEnd)}, ${then}.`;
  }
  if (status === "active" && price?.amount === 0) return "Free, so nothing is charged.";
  if (status === "active" && currentPeriodEnd) return `Renews on ${dateText(currentPeriodEnd)}.`;
  if (status === "past_due") return "The last payment failed.";
  if (status === "incomplete") return "Waiting for the first payment.";
  if (status === "paused") return "No payments are taken while it is paused.";
  if (status === "unpaid") return "Payments failed until Stripe gave up.";
  return "";
}
