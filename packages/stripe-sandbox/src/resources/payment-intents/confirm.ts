import { ApiError, invalid } from "../../http/errors";
import { fullAddress } from "../../http/params";
import type { PaymentIntent } from "../../tables";
import type { Tx } from "../../transaction";
import { shownTo } from "../client-secret";
import { withConfirmationToken } from "../confirmation-tokens";
import { needCharges } from "../connect/application";
import { followPayment } from "../invoices/follow-payment";
import { newPaymentMethod, usePaymentMethod } from "../payment-methods/use";
import { type AttemptResult, attemptPayment, paymentFailed } from "./attempt";
import type { ConfirmParams } from "./params";

const confirmable = ["requires_payment_method", "requires_confirmation", "requires_action"];

/** Answers the result, or throws the 402 whose charge and events stay. */
export function confirmPaymentIntent(
  tx: Tx,
  id: string,
  asked: ConfirmParams,
  fromBrowser: boolean,
): AttemptResult {
  needCharges(tx);
  requireOneMethod(asked);
  const given = withConfirmationToken(tx, asked, id);
  const intent = tx.need("payment_intents", id);
  if (!confirmable.includes(intent.status)) throw unexpectedState(intent, "confirm");
  if (given.amount_to_confirm !== undefined && given.amount_to_confirm !== intent.amount) {
    throw invalid(
      `The amount to confirm does not match the amount of the PaymentIntent.`,
      "payment_intent_invalid_parameter",
      "amount_to_confirm",
    );
  }
  const method = chooseMethod(tx, intent, given);
  const offSession = given.off_session ?? false;
  const inBrowser = fromBrowser || (given.use_stripe_sdk ?? false);
  if (!inBrowser && !offSession && !given.return_url && redirectsAllowed(intent)) throw needsReturnUrl();
  tx.patch("payment_intents", id, {
    payment_method: method,
    ...(given.receipt_email !== undefined && { receipt_email: given.receipt_email }),
    ...(given.setup_future_usage !== undefined && { setup_future_usage: given.setup_future_usage }),
    ...(given.capture_method && { capture_method: given.capture_method }),
    ...(given.shipping && { shipping: { ...given.shipping, address: fullAddress(given.shipping.address) } }),
  });
  const result = attemptPayment(tx, id, {
    offSession,
    errorOnAction: given.error_on_requires_action ?? false,
    returnUrl: given.return_url,
    inBrowser,
  });
  followPayment(tx, id);
  if (result === "declined") throw declined(tx, id, fromBrowser);
  return result;
}

export function declined(tx: Tx, id: string, fromBrowser: boolean): ApiError {
  const intent = tx.need("payment_intents", id);
  return paymentFailed(intent, shownTo(fromBrowser, intent));
}

function requireOneMethod(given: ConfirmParams): void {
  const named = [given.payment_method, given.payment_method_data, given.confirmation_token].filter(Boolean);
  if (named.length > 1) {
    throw invalid(
      "You may only specify one of these parameters: payment_method, payment_method_data, confirmation_token.",
      "parameters_exclusive",
      "payment_method",
    );
  }
}

function chooseMethod(tx: Tx, intent: PaymentIntent, given: ConfirmParams): string {
  if (given.payment_method_data) return newPaymentMethod(tx, given.payment_method_data).id;
  const chosen = given.payment_method ?? intent.payment_method;
  if (!chosen) {
    throw invalid(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
      "payment_intent_unexpected_state",
    );
  }
  return checkOwner(tx, usePaymentMethod(tx, chosen).id, intent.customer);
}

export function checkOwner(tx: Tx, methodId: string, customer: string | null): string {
  const owner = tx.need("payment_methods", methodId).customer;
  if (!owner || owner === customer) return methodId;
  throw invalid(
    customer
      ? "The provided PaymentMethod does not belong to the customer of this intent."
      : `The provided PaymentMethod belongs to the Customer ${owner}. Please include the Customer in the customer parameter.`,
    "payment_method_customer_mismatch",
    "payment_method",
  );
}

function redirectsAllowed(intent: PaymentIntent): boolean {
  return (
    Boolean(intent.automatic_payment_methods?.enabled) &&
    intent.automatic_payment_methods?.allow_redirects !== "never"
  );
}

function needsReturnUrl(): ApiError {
  return invalid(
    "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
    undefined,
    "return_url",
  );
}

export function unexpectedState(intent: PaymentIntent, verb: string): ApiError {
  return new ApiError(400, {
    code: "payment_intent_unexpected_state",
    doc_url: "https://stripe.com/docs/error-codes/payment-intent-unexpected-state",
    message: `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}.`,
    payment_intent: intent,
    type: "invalid_request_error",
  });
}
