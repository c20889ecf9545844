import type { Api } from "../api";
import type { FormParams } from "../form-encoding";
import type { FrameCall, FrameReply } from "../frame-channel";
import type { BillingDetails } from "../stripe-types";
import type { CardForm } from "./form";

type SendCard = Extract<FrameCall, { method: "send_card" }>;

const paths = /^\/v1\/(payment_methods|tokens|confirmation_tokens|(payment|setup)_intents\/\w+\/confirm)$/;

/** Adds the card where the endpoint expects it. The page gets the answer, never the number. */
export async function sendCard(form: CardForm, api: Api, call: SendCard): Promise<FrameReply> {
  if (!paths.test(call.path)) {
    return { error: { type: "invalid_request_error", message: "A card cannot be sent to this address." } };
  }
  const invalid = form.validate();
  if (invalid) return { error: invalid };
  const result = await api.post(call.path, withCard(call, form));
  if (result.error?.type === "card_error") form.showDecline(result.error);
  return result;
}

function withCard({ path, params }: SendCard, form: CardForm): FormParams {
  if (path === "/v1/tokens") {
    const given = (params.card ?? {}) as FormParams;
    return { ...params, card: { ...tokenBilling(form.billing()), ...given, ...form.card() } };
  }
  if (path === "/v1/payment_methods") return { ...params, ...methodData(form, params) };
  const given = (params.payment_method_data ?? {}) as FormParams;
  return { ...params, payment_method_data: { ...given, ...methodData(form, given) } };
}

function methodData(form: CardForm, given: FormParams): FormParams {
  const typed = form.billing();
  const own = (given.billing_details ?? {}) as BillingDetails;
  const address = { ...typed.address, ...own.address };
  const billing = { ...typed, ...own, ...(Object.keys(address).length > 0 && { address }) };
  return { type: "card", card: form.card(), billing_details: { ...billing } };
}

function tokenBilling({ name, address }: BillingDetails): FormParams {
  return { name: name ?? undefined, address_country: address?.country, address_zip: address?.postal_code };
}
