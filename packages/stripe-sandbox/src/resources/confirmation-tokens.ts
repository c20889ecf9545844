import { invalid } from "../http/errors";
import { anything, bool, clearable, hash, oneOf, shipping, text } from "../http/params";
import { newId } from "../ids";
import type { Tx } from "../transaction";
import { newPaymentMethod, paymentMethodData, usePaymentMethod } from "./payment-methods/use";
import { type Resource, route } from "./resource";

const lifetimeSeconds = 12 * 60 * 60;
const url = "/v1/confirmation_tokens";

/** A token pays for one intent only. */
export function redeemConfirmationToken(tx: Tx, id: string, intent: string): string {
  const token = tx.need("confirmation_tokens", id, "confirmation_token");
  if (token.payment_intent || token.setup_intent || (token.expires_at ?? 0) <= tx.now) {
    throw invalid(
      `The ConfirmationToken ${id} was already used or has expired.`,
      "resource_missing",
      "confirmation_token",
    );
  }
  tx.patch(
    "confirmation_tokens",
    id,
    intent.startsWith("seti_") ? { setup_intent: intent } : { payment_intent: intent },
  );
  return tx.need("token_methods", id).method;
}

const createParams = hash({
  payment_method: text,
  payment_method_data: hash(paymentMethodData, ["type"]),
  return_url: text,
  setup_future_usage: oneOf("off_session", "on_session"),
  shipping: clearable(shipping),
  mandate_data: anything,
  payment_method_options: anything,
  use_stripe_sdk: bool,
});

function create(tx: Tx, params: ReturnType<typeof createParams>): object {
  const { payment_method_data: data, payment_method: named } = params;
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
    shipping: null,
    use_stripe_sdk: params.use_stripe_sdk ?? true,
  });
}

export const confirmationTokens: Resource = {
  routes: [
    route("POST", url, createParams, ({ tx, params }) => create(tx, params), "browser"),
    route("POST", "/v1/test_helpers/confirmation_tokens", createParams, ({ tx, params }) =>
      create(tx, params),
    ),
    route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.need("confirmation_tokens", id)),
  ],
};
