import type { Stripe, StripeElements, StripeError } from "@stripe/stripe-js";
import { declineMessage } from "./decline-message";
import { type Confirmable, standingAfterError } from "./intent-status";

export type ConfirmOutcome =
  | { confirmed: true }
  /** `inFields`: Stripe has put the focus on the field that is missing. */
  | { confirmed: false; message: string; inFields: boolean };

/** Confirms with what is in the fields, 3-D Secure included. Stripe.js answers errors, but a lost network throws. */
export async function confirmIntent(
  stripe: Stripe,
  elements: StripeElements,
  { kind, clientSecret }: Pick<Confirmable, "kind" | "clientSecret">,
  returnPath = "/checkout/return",
): Promise<ConfirmOutcome> {
  // Where a bank that takes over the whole page sends the customer back to.
  const confirmParams = { return_url: new URL(returnPath, window.location.href).href };
  const params = { elements, clientSecret, confirmParams, redirect: "if_required" } as const;
  try {
    const { error } =
      kind === "setup" ? await stripe.confirmSetup(params) : await stripe.confirmPayment(params);
    if (!error) return { confirmed: true };
    return refused(error);
  } catch {
    return refused({ type: "api_connection_error" });
  }
}

/** Lets the customer do what the bank asks for, for a payment whose card was sent by the server. */
export async function finishChallenge(stripe: Stripe, clientSecret: string): Promise<ConfirmOutcome> {
  try {
    const { error } = await stripe.handleNextAction({ clientSecret });
    return error ? refused(error) : { confirmed: true };
  } catch {
    return refused({ type: "api_connection_error" });
  }
}

/** Checks the fields before there is anything to confirm; null when they are complete. */
export async function checkFields(elements: StripeElements): Promise<ConfirmOutcome | null> {
  try {
    const { error } = await elements.submit();
    return error ? refused(error) : null;
  } catch {
    return refused({ type: "api_connection_error" });
  }
}

function refused(error: StripeError): ConfirmOutcome {
  const standing = standingAfterError(error);
  if (standing === "done" || standing === "processing") return { confirmed: true };
  return { confirmed: false, message: declineMessage(error), inFields: error.type === "validation_error" };
}
