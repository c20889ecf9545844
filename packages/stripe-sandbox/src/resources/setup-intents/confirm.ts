import { ApiError, invalid } from "../../http/errors";
import { bool, hash, list, only, text } from "../../http/params";
import type { SetupIntent } from "../../tables";
import type { Tx } from "../../transaction";
import { shownTo } from "../client-secret";
import { withConfirmationToken } from "../confirmation-tokens";
import { acceptMandate, mandateData } from "../mandates/accept";
import { checkOwner } from "../payment-intents/confirm";
import { cardOptions, removedMethodTypes } from "../payment-intents/params";
import { newPaymentMethod, paymentMethodData, usePaymentMethod } from "../payment-methods/use";
import { attemptSetup, setupFailed } from "./attempt";

export const methodParams = {
  payment_method: text,
  payment_method_data: hash(paymentMethodData, ["type"]),
  payment_method_options: cardOptions,
  payment_method_types: removedMethodTypes,
  allowed_payment_method_types: list(only("card")),
  excluded_payment_method_types: list(text),
};
export const confirmSpec = {
  ...methodParams,
  confirmation_token: text,
  mandate_data: mandateData,
  return_url: text,
  use_stripe_sdk: bool,
};
export const confirmParams = hash({ ...confirmSpec, client_secret: text });
type ConfirmParams = ReturnType<typeof confirmParams>;

export function chosenMethod(tx: Tx, given: ConfirmParams, customer: string | null): string | undefined {
  if (given.payment_method_data) return newPaymentMethod(tx, given.payment_method_data).id;
  return given.payment_method && checkOwner(tx, usePaymentMethod(tx, given.payment_method).id, customer);
}

export function confirmSetupIntent(tx: Tx, id: string, asked: ConfirmParams, fromBrowser: boolean): void {
  const given = withConfirmationToken(tx, asked, id);
  const intent = tx.need("setup_intents", id);
  if (!["requires_payment_method", "requires_confirmation", "requires_action"].includes(intent.status))
    throw unexpectedState(intent, "confirm");
  const method = chosenMethod(tx, given, intent.customer) ?? intent.payment_method;
  if (!method) {
    throw invalid(
      "You cannot confirm this SetupIntent because it's missing a payment method.",
      "setup_intent_unexpected_state",
    );
  }
  const inBrowser = fromBrowser || (given.use_stripe_sdk ?? false);
  const redirects =
    intent.automatic_payment_methods?.enabled && intent.automatic_payment_methods.allow_redirects !== "never";
  if (!inBrowser && !given.return_url && redirects) {
    throw invalid(
      "This SetupIntent accepts payment methods that may redirect your customer, so you must provide a `return_url`, or set `automatic_payment_methods[allow_redirects]` to `never`.",
      undefined,
      "return_url",
    );
  }
  tx.patch("setup_intents", id, { payment_method: method });
  acceptMandate(tx, id, method, given.mandate_data ?? undefined);
  const result = attemptSetup(tx, id, { returnUrl: given.return_url, inBrowser });
  const after = tx.need("setup_intents", id);
  if (result === "declined") throw setupFailed(after, shownTo(fromBrowser, after));
}

export function unexpectedState(intent: SetupIntent, verb: string): ApiError {
  return new ApiError(400, {
    code: "setup_intent_unexpected_state",
    message: `You cannot ${verb} this SetupIntent because it has a status of ${intent.status}.`,
    setup_intent: intent,
    type: "invalid_request_error",
  });
}
