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
  checkNoCvcElement(params, caller);
  const element = typeof method === "object" ? cardSource(method.card, caller) : undefined;
  const confirmed =
    typeof method === "object"
      ? await sendConfirmation(context, ref, withMethodData(params, method), element)
      : await sendConfirmation(context, ref, { ...params, payment_method: method }, undefined);
  if (!confirmed.value || options.handleActions === false) return confirmed;
  return settleIntent(context, ref, confirmed.value, element?.look());
}

/** Resumes an intent that waits for the customer, whoever confirmed it. */
export async function handleNextAction(
  context: StripeContext,
  clientSecret: unknown,
  caller = "handleNextAction",
): Promise<Result<Intent>> {
  const only = caller === "handleCardAction" ? "payment_intent" : undefined;
  const ref = readClientSecret(clientSecret, `stripe.${caller}() clientSecret`, only);
  const found = await retrieveIntent(context, ref);
  if (!found.value) return found;
  if (found.value.status === "requires_action") return settleIntent(context, ref, found.value);
  return {
    error: {
      type: "invalid_request_error",
      code: `${ref.kind}_unexpected_state`,
      message: `${caller}: the ${ref.kind} is in the status ${found.value.status}, not requires_action.`,
      [ref.kind]: found.value,
    },
  };
}

export function cardElement(element: unknown, caller: string): ElementInternals {
  const found = internalsOfElement(element);
  if (found?.kind === "card" || found?.kind === "cardNumber") return found;
  throw new IntegrationError(`${caller} needs a card or cardNumber Element, or the id of a payment method.`);
}

/** Nothing to ask a frame for when the card was turned into a token before. */
function cardSource(card: unknown, caller: string): ElementInternals | undefined {
  return tokenIn(card) === undefined ? cardElement(card, caller) : undefined;
}

function tokenIn(card: unknown): string | undefined {
  const isToken = typeof card === "object" && card !== null && "token" in card;
  return isToken && typeof card.token === "string" ? card.token : undefined;
}

function withMethodData(
  params: FormParams,
  method: Exclude<ConfirmCardData["payment_method"], string | undefined>,
) {
  const { billing_details, metadata } = method;
  const token = tokenIn(method.card);
  const card = token !== undefined && { type: "card", card: { token } };
  return { ...params, payment_method_data: { ...card, billing_details, metadata } };
}

function checkNoCvcElement({ payment_method_options: options }: FormParams, caller: string): void {
  const card = options && typeof options === "object" && "card" in options ? options.card : undefined;
  if (card && typeof card === "object" && "cvc" in card) {
    throw new IntegrationError(`${caller}: the sandbox does not model the security code of a saved card.`);
  }
}
