import type { Api } from "../api";
import type { FormParams } from "../form-encoding";
import type { FrameCall, FrameReply, FrameSettings } from "../frame-channel";
import type { BillingDetails, StripeError } from "../stripe-types";
import type { CardForm } from "./form";

type SendCard = Extract<FrameCall, { method: "send_card" }>;

const paths = /^\/v1\/(payment_methods|tokens|confirmation_tokens|(payment|setup)_intents\/\w+\/confirm)$/;

interface Sending {
  /** In the order of the fields; more than one when number, expiry and code stand in frames of their own. */
  forms: CardForm[];
  settings: FrameSettings;
  api: Api;
}

/** Adds the card where the endpoint expects it. The page gets the answer, never the number. */
export async function sendCard({ forms, settings, api }: Sending, call: SendCard): Promise<FrameReply> {
  if (!paths.test(call.path)) {
    return { error: { type: "invalid_request_error", message: "A card cannot be sent to this address." } };
  }
  const [invalid] = forms
    .toReversed()
    .flatMap((form) => form.validate() ?? [])
    .toReversed();
  if (invalid) return { error: invalid };
  const saved = forms[0]?.chosen?.();
  if (saved && call.path === "/v1/payment_methods") return { error: alreadyMade };
  const body = saved ? withSaved(call, saved.id, settings) : withCard(call, mergeForms(forms), settings);
  const result = await api.post(call.path, body);
  if (result.error?.type === "card_error") for (const form of forms) form.showDecline(result.error);
  return result;
}

const alreadyMade: StripeError = {
  type: "invalid_request_error",
  message:
    "The customer chose a saved payment method, so there is none to create. Use stripe.createConfirmationToken() or confirm with these elements.",
};

/** What the page knows of the new method would be refused beside one that exists. */
function withSaved({ path, params }: SendCard, id: string, { saved }: FrameSettings): FormParams {
  const { payment_method_data: _data, ...rest } = params;
  const session = path === "/v1/confirmation_tokens" && { customer_session_client_secret: saved?.secret };
  return { ...rest, ...session, payment_method: id };
}

interface Typed {
  card: FormParams;
  billing: BillingDetails;
  saves: boolean | undefined;
}

function mergeForms(forms: CardForm[]): Typed {
  const [first] = forms;
  return {
    card: Object.assign({}, ...forms.map((form) => form.card())),
    billing: first?.billing() ?? {},
    saves: first?.saves?.(),
  };
}

function withCard({ path, params }: SendCard, typed: Typed, settings: FrameSettings): FormParams {
  if (path === "/v1/tokens") {
    const given = (params.card ?? {}) as FormParams;
    return { ...params, card: { ...tokenBilling(typed.billing), ...given, ...typed.card } };
  }
  if (path === "/v1/payment_methods") return { ...params, ...methodData(typed, params, settings) };
  const given = (params.payment_method_data ?? {}) as FormParams;
  const usage = typed.saves && !path.startsWith("/v1/setup_intents") ? settings.saved?.saveUsage : undefined;
  return {
    ...params,
    ...(usage && { setup_future_usage: usage }),
    payment_method_data: { ...given, ...methodData(typed, given, settings) },
  };
}

function methodData(
  { card, billing: typed, saves }: Typed,
  given: FormParams,
  settings: FrameSettings,
): FormParams {
  const own = (given.billing_details ?? {}) as BillingDetails;
  const address = { ...typed.address, ...own.address };
  const billing = { ...typed, ...own, ...(Object.keys(address).length > 0 && { address }) };
  return {
    type: "card",
    card,
    billing_details: { ...billing },
    ...(saves !== undefined && !given.allow_redisplay && { allow_redisplay: redisplay(saves, settings) }),
  };
}

/** A card that is kept without being asked for it may be shown again only in a limited way. */
function redisplay(saves: boolean, { keepsCard }: FrameSettings): string {
  if (saves) return "always";
  return keepsCard ? "limited" : "unspecified";
}

function tokenBilling({ name, address }: BillingDetails): FormParams {
  return { name: name ?? undefined, address_country: address?.country, address_zip: address?.postal_code };
}
