import type { StripeError } from "@stripe/stripe-js";

interface Decline {
  reason: string;
  next: string;
}

const otherCard = "Use another card.";
const askBank = "Use another card, or ask your bank and try again.";
const checkAndRetry = "Check it and try again.";
const waitAndRetry = "Wait a minute and try again; you will not be charged twice.";
const finishCheck = "Try again and finish its check, or use another card.";

const refused: Decline = {
  reason: "Your bank did not accept this payment and gave no reason.",
  next: askBank,
};
const notAccepted: Decline = { reason: "Your bank does not accept this card.", next: otherCard };
const limitReached: Decline = {
  reason: "This card has reached its limit.",
  next: "Use another card, or try again tomorrow.",
};
const unreachable: Decline = { reason: "Your bank could not be reached.", next: waitAndRetry };
const wrongNumber: Decline = { reason: "The card number is not right.", next: checkAndRetry };
const wrongCode: Decline = {
  reason: "The security code is not right.",
  next: "Check the digits on the card and try again.",
};
const notConfirmed: Decline = { reason: "Your bank could not confirm that it was you.", next: finishCheck };

const declines: Record<string, Decline> = {
  insufficient_funds: {
    reason: "There is not enough money on this card.",
    next: "Use another card, or top it up and try again.",
  },
  card_not_supported: { reason: "This card cannot be used for this kind of payment.", next: otherCard },
  currency_not_supported: { reason: "This card cannot pay in this currency.", next: otherCard },
  expired_card: { reason: "This card has expired.", next: "Check the date or use another card." },
  incorrect_number: wrongNumber,
  invalid_number: wrongNumber,
  incorrect_cvc: wrongCode,
  invalid_cvc: wrongCode,
  incorrect_zip: { reason: "The postal code does not match this card.", next: checkAndRetry },
  invalid_expiry_month: { reason: "The expiry month is not right.", next: checkAndRetry },
  invalid_expiry_year: { reason: "The expiry year is not right.", next: checkAndRetry },
  card_velocity_exceeded: limitReached,
  withdrawal_count_limit_exceeded: limitReached,
  lost_card: notAccepted,
  stolen_card: notAccepted,
  pickup_card: notAccepted,
  fraudulent: { reason: "Your bank did not accept this payment.", next: askBank },
  do_not_honor: refused,
  generic_decline: refused,
  card_declined: refused,
  processing_error: unreachable,
  issuer_not_available: unreachable,
  try_again_later: unreachable,
  authentication_required: {
    reason: "Your bank wants you to confirm this payment.",
    next: "Try again and follow its steps.",
  },
  payment_intent_authentication_failure: notConfirmed,
  setup_intent_authentication_failure: notConfirmed,
};

const lost: Decline = {
  reason: "We could not reach the payment provider.",
  next: "Check your connection and try again; you will not be charged twice.",
};
const unknown: Decline = {
  reason: "This payment did not go through.",
  next: "Try again, or use another card.",
};

/** Why a card was refused, in words, and what to do next. */
export function declineMessage(
  error: Pick<StripeError, "type" | "code" | "decline_code" | "message">,
): string {
  const known = declines[error.decline_code ?? ""] ?? declines[error.code ?? ""];
  if (known) return `${known.reason} ${known.next}`;
  if (error.type === "api_connection_error") return `${lost.reason} ${lost.next}`;
  const forPeople = error.type === "card_error" || error.type === "validation_error";
  return (forPeople && error.message) || `${unknown.reason} ${unknown.next}`;
}

/** For a payment of the past: the reason alone, since there is nothing to do about it now. */
export const declineReason = (code: string | null): string => (declines[code ?? ""] ?? unknown).reason;
