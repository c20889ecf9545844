import type { Result } from "../api";
import type { FormParams } from "../form-encoding";
import { IntegrationError } from "../integration-error";
import type { StripeObject } from "../stripe-types";
import { withAddress } from "./address-params";
import { cardElement } from "./confirm-card";
import type { ElementInternals } from "./element";
import { type ElementsGroup, groupOf, paymentElementOf } from "./elements-group";

export type TokenData = Partial<
  Record<
    | "name"
    | "address_line1"
    | "address_line2"
    | "address_city"
    | "address_state"
    | "address_zip"
    | "address_country"
    | "currency",
    string
  >
>;

export interface MethodOptions {
  elements?: unknown;
  params?: FormParams;
  type?: string;
  card?: unknown;
  billing_details?: FormParams;
  metadata?: FormParams;
}

export async function createPaymentMethod(options: MethodOptions): Promise<Result<StripeObject>> {
  const caller = "stripe.createPaymentMethod()";
  if (options?.elements) {
    const group = groupOf(options.elements, caller);
    const { mode, paymentMethodCreation } = group.options;
    if (mode !== undefined && paymentMethodCreation !== "manual") {
      throw new IntegrationError(`${caller} needs elements created with paymentMethodCreation: "manual".`);
    }
    const element = submittedElement(group, caller);
    const { metadata } = options;
    const params = { ...(metadata && { metadata }), ...options.params };
    const addressed = await withAddress(group, { payment_method_data: params });
    if (!addressed.value) return addressed;
    return send(element, "/v1/payment_methods", (addressed.value.payment_method_data ?? {}) as FormParams);
  }
  if (options?.type !== "card")
    throw new IntegrationError(`${caller}: the sandbox creates methods of type card only.`);
  const { billing_details, metadata } = options;
  return send(cardElement(options.card, caller), "/v1/payment_methods", { billing_details, metadata });
}

export function createToken(element: unknown, data: TokenData = {}): Promise<Result<StripeObject>> {
  if (typeof element === "string") {
    throw new IntegrationError(`stripe.createToken(): the sandbox makes no tokens of the type ${element}.`);
  }
  const card = cardElement(element, "stripe.createToken()");
  return send(card, "/v1/tokens", { card: { ...data } });
}

export async function createConfirmationToken(options: { elements?: unknown; params?: FormParams }) {
  const caller = "stripe.createConfirmationToken()";
  const group = groupOf(options?.elements, caller);
  const element = submittedElement(group, caller);
  const addressed = await withAddress(group, options.params ?? {});
  if (!addressed.value) return addressed;
  const { setupFutureUsage, setup_future_usage: usage = setupFutureUsage } = group.options;
  return send(element, "/v1/confirmation_tokens", {
    ...(usage && { setup_future_usage: usage }),
    ...addressed.value,
  });
}

function submittedElement(group: ElementsGroup, caller: string): ElementInternals {
  if (group.submitted) return paymentElementOf(group);
  throw new IntegrationError(`elements.submit() must be called, and succeed, before ${caller}.`);
}

async function send(
  element: ElementInternals,
  path: string,
  params: FormParams,
): Promise<Result<StripeObject>> {
  const reply = await element.call({ method: "send_card", path, params });
  return reply.error ? { error: reply.error } : { value: reply.value as StripeObject };
}
