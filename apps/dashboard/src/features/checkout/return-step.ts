import type { PaymentStatusView } from "@farebox/billing";
import type { CheckoutReturnSearch } from "./search";

export type ReturnStep = "nothing" | "waiting" | "done" | "failed";

interface Known {
  search: CheckoutReturnSearch;
  /** Of the payment or of the card that is saved; null until the database was asked. */
  payment: PaymentStatusView | null;
}

/** Success is what the database says. The address may only say that it failed, and only until the database disagrees. */
export function returnStep({ search, payment }: Known): ReturnStep {
  const saidFailed = search.redirect_status === "failed";
  if (search.payment_intent) {
    if (payment?.status === "succeeded") return started(payment.subscriptionStatus) ? "done" : "waiting";
    if (payment?.status === "canceled") return "failed";
    return saidFailed && payment?.status !== "processing" ? "failed" : "waiting";
  }
  if (search.setup_intent) {
    if (payment?.status === "succeeded") return started(payment.subscriptionStatus) ? "done" : "waiting";
    return saidFailed ? "failed" : "waiting";
  }
  return "nothing";
}

const started = (status: string | null): boolean => status === "active" || status === "trialing";
