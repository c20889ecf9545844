import Stripe from "stripe";
import { BillingError } from "../errors";

/** Whether Stripe said no, or we do not know what it did. */
export function outcomeOf(error: unknown): "rejected" | "unknown" {
  if (error instanceof BillingError) return error.reason === "outcome_unknown" ? "unknown" : "rejected";
  if (!(error instanceof Stripe.errors.StripeError)) return "unknown";
  if (error instanceof Stripe.errors.StripeIdempotencyError) return "unknown";
  const status = error.statusCode ?? 0;
  const refused = status >= 400 && status < 500 && status !== 409 && status !== 429;
  return refused && error.code !== "rate_limit" ? "rejected" : "unknown";
}

/** An answer that says nothing about the outcome and will be the same for as long as its key is kept. */
export const isKeptAnswer = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeIdempotencyError
    ? error.statusCode !== 409
    : error instanceof Stripe.errors.StripeError && (error.statusCode ?? 0) >= 500;

/** Our key, not the request: nothing was looked at. */
export const isKeyRefused = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeAuthenticationError ||
  error instanceof Stripe.errors.StripePermissionError;

export const isMissing = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing";

export const isRateLimited = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeRateLimitError ||
  (error instanceof Stripe.errors.StripeError && error.code === "rate_limit");

/** Stripe's answer in our words: what it means for the reader and what to do next. */
export function toBillingError(error: unknown): BillingError {
  if (error instanceof BillingError) return error;
  if (outcomeOf(error) === "unknown") return outcomeUnknown(error);
  const { code, decline_code: declineCode } = error as Stripe.errors.StripeError;
  if (error instanceof Stripe.errors.StripeCardError) {
    const reason = declineCode || code || "card_declined";
    return new BillingError("PROVIDER_DECLINED", reason, declined[reason] ?? declinedOtherwise, {
      cause: error,
    });
  }
  const sentence = code ? refused[code] : undefined;
  if (code && sentence) return new BillingError("NOT_ALLOWED", code, sentence, { cause: error });
  if (error instanceof Stripe.errors.StripeInvalidRequestError) {
    return new BillingError(
      "NOT_ALLOWED",
      code ?? "refused_by_stripe",
      "The payment provider refused this request. Nothing was charged or returned.",
      { cause: error },
    );
  }
  return new BillingError("INTERNAL", code ?? "stripe_unavailable", "Stripe refused our credentials.", {
    cause: error,
  });
}

/** A refused card, told by its code where the answer itself was no error. */
export const declinedBy = (code: string | null): BillingError => {
  const reason = code ?? "card_declined";
  return new BillingError("PROVIDER_DECLINED", reason, declined[reason] ?? declinedOtherwise);
};

export const outcomeUnknown = (cause?: unknown) =>
  new BillingError(
    "CONFLICT",
    "outcome_unknown",
    "The payment provider has not answered yet. We keep checking; trying again will not charge or refund twice.",
    { cause },
  );

const declinedOtherwise = "Your bank declined the card. Please try another card or ask your bank.";

const declined: Record<string, string> = {
  insufficient_funds: "The card has insufficient funds. Please use another card.",
  lost_card: "Your bank declined the card. Please use another card.",
  stolen_card: "Your bank declined the card. Please use another card.",
  expired_card: "The card has expired. Please use another card.",
  incorrect_cvc: "The security code is incorrect. Please check it and try again.",
  incorrect_number: "The card number is incorrect. Please check it and try again.",
  processing_error: "The card could not be processed just now. Please try again in a moment.",
  card_velocity_exceeded: "The card has reached its limit. Please use another card or try again later.",
  authentication_required: "Your bank asks you to confirm this payment. Please try again and confirm it.",
};

const refused: Record<string, string> = {
  charge_already_refunded:
    "This payment has been refunded already. The figures shown here are being refreshed.",
  charge_disputed: "The cardholder disputes this payment, so it cannot be refunded.",
  refund_disputed_payment: "The cardholder disputes this payment, so it cannot be refunded.",
  amount_too_large: "This amount is more than the payment provider accepts.",
  amount_too_small: "This amount is less than the payment provider accepts.",
  tax_id_invalid: "This tax number is not one that the register knows. Please check it, with its country.",
  email_invalid: "This email address cannot receive invoices. Please check it.",
  customer_max_subscriptions: "This customer has too many subscriptions.",
};
