import type { Result } from "../api";
import type { FormParams } from "../form-encoding";
import { IntegrationError } from "../integration-error";
import type { StripeObject } from "../stripe-types";
import { cardElement } from "./confirm-card";
import type { ElementInternals } from "./element";
import { type ElementsGroup, groupOf, paymentElementOf } from "./elements";

export interface MethodOptions {
  elements?: unknown;
  params?: FormParams;
  type?: string;
  card?: unknown;
  billing_details?: FormParams;
  metadata?: FormParams;
}

export function createPaymentMethod(options: MethodOptions): Promise<Result<StripeObject>> {
  const caller = "stripe.createPaymentMethod()";
  if (options?.elements) {
    const group = groupOf(options.elements, caller);
    const { mode, paymentMethodCreation } = group.options;
    if (mode !== undefined && paymentMethodCreation !== "manual") {
      throw new IntegrationError(`${caller} needs elements created with paymentMethodCreation: "manual".`);
    }
    return send(submittedElement(group, caller), "/v1/payment_methods", options.params ?? {});
  }
  if (options?.type !== "card")
    throw new IntegrationError(`${caller}: the sandbox creates methods of type card only.`);
  const { billing_details, metadata } = options;
  return send(cardElement(options.card, caller), "/v1/payment_methods", { billing_details, metadata });
}

export function createToken(element: unknown, data: { name?: string } = {}): Promise<Result<StripeObject>> {
  return send(cardElement(element, "stripe.createToken()"), "/v1/tokens", { card: { name: data.name } });
}

export function createConfirmationToken(options: { elements?: unknown; params?: FormParams }) {
  const caller = "stripe.createConfirmationToken()";
  const group = groupOf(options?.elements, caller);
  return send(submittedElement(group, caller), "/v1/confirmation_tokens", options.params ?? {});
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
