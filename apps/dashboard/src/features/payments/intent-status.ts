import type { Confirmation } from "@farebox/billing";
import type { Stripe, StripeError } from "@stripe/stripe-js";

export type Confirmable = Exclude<Confirmation, { kind: "none" }>;

/** "open" can still be paid with any card; "done" and "processing" must never be offered again. */
export type IntentStanding = "open" | "processing" | "done" | "canceled";

export function intentStanding(status: string | undefined): IntentStanding {
  if (status === "succeeded" || status === "requires_capture") return "done";
  if (status === "processing") return "processing";
  return status === "canceled" ? "canceled" : "open";
}

/** What Stripe knows of this payment, asked before a form is offered: a reload must not offer to pay twice. */
export async function retrieveStanding(stripe: Stripe, confirmation: Confirmable): Promise<IntentStanding> {
  if (confirmation.kind === "setup") {
    const { setupIntent, error } = await stripe.retrieveSetupIntent(confirmation.clientSecret);
    if (error) throw error;
    return intentStanding(setupIntent.status);
  }
  const { paymentIntent, error } = await stripe.retrievePaymentIntent(confirmation.clientSecret);
  if (error) throw error;
  return intentStanding(paymentIntent.status);
}

/** A refusal can also say that the intent was completed elsewhere, for example in another tab. */
export function standingAfterError(error: StripeError): IntentStanding {
  return intentStanding((error.payment_intent ?? error.setup_intent)?.status);
}
