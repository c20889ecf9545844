import type { PaymentView } from "@farebox/billing";
import { capitalized, wordsOf } from "../../lib/words";

const issuerSays: Record<string, string> = {
  authentication_required: "The bank wants the customer to confirm",
  card_declined: "Declined by the bank, no reason given",
  do_not_honor: "Declined by the bank, no reason given",
  expired_card: "The card has expired",
  fraudulent: "The bank suspects fraud",
  generic_decline: "Declined by the bank, no reason given",
  incorrect_cvc: "Wrong security code",
  incorrect_number: "Wrong card number",
  insufficient_funds: "Not enough money on the card",
  lost_card: "The card was reported lost",
  payment_intent_authentication_failure: "The customer did not pass 3-D Secure",
  processing_error: "Processing error, worth another try",
  stolen_card: "The card was reported stolen",
};

/** Why a payment failed, for staff: the bank's reason first, in words; null when it did not fail. */
export function failureText(payment: Pick<PaymentView, "failureCode" | "failureMessage">): string | null {
  const { failureCode, failureMessage } = payment;
  if (!failureCode) return failureMessage;
  return issuerSays[failureCode] ?? failureMessage ?? capitalized(wordsOf(failureCode));
}
