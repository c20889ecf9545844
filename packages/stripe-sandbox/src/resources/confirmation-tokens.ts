import { formLifetimes } from "../decisions/timing";
import { refusePublishable } from "../http/auth";
import { invalid } from "../http/errors";
import { anything, bool, clearable, fullAddress, hash, oneOf, shipping, text } from "../http/params";
import { newId } from "../ids";
import type { ConfirmationToken } from "../tables";
import type { Tx } from "../transaction";
import { customerOfSession } from "./customer-sessions";
import { cardOptions } from "./payment-intents/params";
import { newPaymentMethod, paymentMethodData, usePaymentMethod } from "./payment-methods/use";
import { type Resource, route } from "./resource";

const { confirmationTokenSeconds: lifetimeSeconds } = formLifetimes();
const url = "/v1/confirmation_tokens";
const usages = ["off_session", "on_session"] as const;

/** What the customer chose in the form, under what is asked for now. */
export function withConfirmationToken<T extends { confirmation_token?: string }>(
  tx: Tx,
  asked: T,
  intent: string,
): T {
  if (!asked.confirmation_token) return asked;
  const chosen = Object.entries(redeemConfirmationToken(tx, asked.confirmation_token, intent));
  const named = Object.entries(asked).filter(([, value]) => value !== undefined);
  return Object.fromEntries([...chosen, ...named]) as T;
}

/** A token pays for one intent only. */
function redeemConfirmationToken(tx: Tx, id: string, intent: string) {
  const token = tx.need("confirmation_tokens", id, "confirmation_token");
  if (token.payment_intent || token.setup_intent || (token.expires_at ?? 0) <= tx.now) {
    throw invalid(
      `The ConfirmationToken ${id} was already used or has expired.`,
      "resource_missing",
      "confirmation_token",
    );
  }
  const forSetup = intent.startsWith("seti_");
  tx.patch("confirmation_tokens", id, forSetup ? { setup_intent: intent } : { payment_intent: intent });
  const usage = usages.find((name) => name === token.setup_future_usage);
  return {
    payment_method: tx.need("token_methods", id).method,
    ...(token.return_url && { return_url: token.return_url }),
    ...(!forSetup && usage && { setup_future_usage: usage }),
    ...(!forSetup && token.shipping && { shipping: withoutNull(token.shipping) }),
  };
}

function withoutNull({ address, name, phone }: NonNullable<ConfirmationToken["shipping"]>) {
  return { address: fullAddress(address), name, ...(phone && { phone }) };
}

const shared = {
  payment_method: text,
  payment_method_data: hash(paymentMethodData, ["type"]),
  payment_method_options: cardOptions,
  return_url: text,
  setup_future_usage: oneOf(...usages),
  shipping: clearable(shipping),
};
const helperParams = hash(shared);
/** The form also says that the customer agreed, that it shows challenges itself, and whose saved cards it lists. */
const formParams = hash({
  ...shared,
  customer_session_client_secret: text,
  mandate_data: anything,
  use_stripe_sdk: bool,
});

/** A publishable key may name a saved card only when a session shows it that card. */
function checkShown(tx: Tx, { payment_method: named, customer_session_client_secret: secret }: FormParams) {
  if (!named || named.startsWith("pm_card_")) return;
  if (!tx.need("payment_methods", named, "payment_method").customer) return;
  const shown = secret ? customerOfSession(tx, secret).payment_methods : [];
  if (!shown.some((method) => method.id === named)) throw refusePublishable();
}

type FormParams = ReturnType<typeof formParams>;

function create(tx: Tx, params: FormParams): object {
  const { payment_method_data: data, payment_method: named, shipping: parcel } = params;
  if (!data && !named)
    throw invalid("Missing required param: payment_method_data.", "parameter_missing", "payment_method_data");
  const method = data ? newPaymentMethod(tx, data) : usePaymentMethod(tx, named ?? "");
  const id = newId("ctoken");
  tx.put("token_methods", { id, method: method.id });
  return tx.put("confirmation_tokens", {
    id,
    object: "confirmation_token",
    created: tx.now,
    expires_at: tx.now + lifetimeSeconds,
    livemode: false,
    mandate_data: null,
    metadata: {},
    payment_intent: null,
    payment_method_options: null,
    payment_method_preview: {
      allow_redisplay: method.allow_redisplay ?? "unspecified",
      billing_details: method.billing_details,
      ...(method.card && { card: method.card }),
      customer: method.customer,
      customer_account: null,
      type: "card",
    },
    return_url: params.return_url ?? null,
    setup_future_usage: params.setup_future_usage ?? null,
    setup_intent: null,
    shipping: parcel
      ? { address: fullAddress(parcel.address), name: parcel.name, phone: parcel.phone ?? null }
      : null,
    use_stripe_sdk: params.use_stripe_sdk ?? true,
  });
}

export const confirmationTokens: Resource = {
  routes: [
    route(
      "POST",
      url,
      formParams,
      ({ tx, params, fromBrowser }) => {
        if (fromBrowser) checkShown(tx, params);
        return create(tx, params);
      },
      "browser",
    ),
    route("POST", "/v1/test_helpers/confirmation_tokens", helperParams, ({ tx, params }) =>
      create(tx, params),
    ),
    route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.need("confirmation_tokens", id)),
  ],
};
