import type { Result } from "../api";
import type { FormParams } from "../form-encoding";
import { IntegrationError } from "../integration-error";
import type { Intent, IntentKind } from "../stripe-types";
import { readClientSecret } from "./client-secret";
import { sendConfirmation } from "./confirm";
import type { StripeContext } from "./context";
import { type ElementInternals, internalsOfElement } from "./element";
import { retrieveIntent, settleIntent } from "./next-action";

export interface ConfirmCardData {
  payment_method?: string | { card?: unknown; billing_details?: FormParams; metadata?: FormParams };
  [param: string]: unknown;
}

/** `confirmCardPayment` and `confirmCardSetup`: a saved method by id, or a mounted card element. */
export async function confirmCard(
  context: StripeContext,
  kind: IntentKind,
  clientSecret: unknown,
  data: ConfirmCardData = {},
  options: { handleActions?: boolean } = {},
): Promise<Result<Intent>> {
  const caller = kind === "payment_intent" ? "stripe.confirmCardPayment()" : "stripe.confirmCardSetup()";
  const ref = readClientSecret(clientSecret, `${caller} clientSecret`, kind);
  const { payment_method: method, ...rest } = data;
  const params = { ...(rest as FormParams), client_secret: ref.clientSecret, use_stripe_sdk: true };
  const confirmed =
    typeof method === "object"
      ? await sendConfirmation(context, ref, withMethodData(params, method), cardElement(method.card, caller))
      : await sendConfirmation(context, ref, { ...params, payment_method: method }, undefined);
  if (!confirmed.value || options.handleActions === false) return confirmed;
  return settleIntent(context, ref, confirmed.value);
}

/** Resumes an intent that waits for the customer, whoever confirmed it. */
export async function handleNextAction(
  context: StripeContext,
  clientSecret: unknown,
): Promise<Result<Intent>> {
  const ref = readClientSecret(clientSecret, "stripe.handleNextAction() clientSecret");
  const found = await retrieveIntent(context, ref);
  if (!found.value) return found;
  if (found.value.status === "requires_action") return settleIntent(context, ref, found.value);
  return {
    error: {
      type: "invalid_request_error",
      code: `${ref.kind}_unexpected_state`,
      message: `handleNextAction: the ${ref.kind} is in the status ${found.value.status}, not requires_action.`,
      [ref.kind]: found.value,
    },
  };
}

export function cardElement(element: unknown, caller: string): ElementInternals {
  const found = internalsOfElement(element);
  if (found) return found;
  throw new IntegrationError(`${caller} needs a card Element, or the id of a payment method.`);
}

function withMethodData(params: FormParams, method: { billing_details?: FormParams; metadata?: FormParams }) {
  const { billing_details, metadata } = method;
  return { ...params, payment_method_data: { billing_details, metadata } };
}
