import { invalid } from "../../http/errors";
import { created, inRange, page, pageParams } from "../../http/lists";
import {
  anything,
  bool,
  fullAddress,
  hash,
  type Infer,
  int,
  mergeMetadata,
  metadata,
  natural,
  oneOf,
  text,
  unsupported,
} from "../../http/params";
import type { PaymentIntent } from "../../tables";
import type { Tx } from "../../transaction";
import { refuseForSession } from "../checkout/guard";
import { requireClientSecret, shownTo } from "../client-secret";
import { changedTransferData, changeTerms } from "../connect/terms";
import { newPaymentMethod, usePaymentMethod } from "../payment-methods/use";
import { type Resource, ref, route } from "../resource";
import { capturePaymentIntent, closePaymentIntent } from "./close";
import { checkOwner, confirmPaymentIntent, unexpectedState } from "./confirm";
import { checkAmount, newPaymentIntent } from "./create";
import { confirmParams, createParams, updateParams } from "./params";

const url = "/v1/payment_intents";

function changes(
  tx: Tx,
  intent: PaymentIntent,
  given: ReturnType<typeof updateParams> | ReturnType<typeof createParams>,
): Partial<PaymentIntent> {
  const {
    payment_method: token,
    payment_method_data: data,
    shipping,
    metadata: pairs,
    amount,
    currency,
    customer,
  } = given;
  const method = data ? newPaymentMethod(tx, data).id : token && usePaymentMethod(tx, token).id;
  if (customer) tx.need("customers", customer, "customer");
  if (amount !== undefined) checkAmount(amount, currency ?? intent.currency);
  return {
    ...(amount !== undefined && { amount }),
    ...(currency && { currency }),
    ...(customer && { customer }),
    ...(method && {
      payment_method: checkOwner(tx, method, customer ?? intent.customer),
      status: "requires_confirmation",
      next_action: null,
    }),
    ...(given.allowed_payment_method_types && {
      allowed_payment_method_types: given.allowed_payment_method_types,
    }),
    ...(given.excluded_payment_method_types && {
      excluded_payment_method_types: given.excluded_payment_method_types,
    }),
    ...(given.capture_method && { capture_method: given.capture_method }),
    ...(given.description !== undefined && { description: given.description }),
    ...(given.receipt_email !== undefined && { receipt_email: given.receipt_email }),
    ...(given.setup_future_usage !== undefined && { setup_future_usage: given.setup_future_usage }),
    ...(given.statement_descriptor !== undefined && { statement_descriptor: given.statement_descriptor }),
    ...(given.statement_descriptor_suffix !== undefined && {
      statement_descriptor_suffix: given.statement_descriptor_suffix,
    }),
    ...(given.transfer_group !== undefined && { transfer_group: given.transfer_group }),
    ...(shipping !== undefined && {
      shipping: shipping && { ...shipping, address: fullAddress(shipping.address) },
    }),
    ...(pairs !== undefined && { metadata: mergeMetadata(intent.metadata, pairs) }),
    ...changeTerms(tx, { ...intent, amount: amount ?? intent.amount }, given),
  };
}

const create = route("POST", url, createParams, ({ tx, params }) => {
  const {
    confirm,
    automatic_payment_methods: automatic,
    confirmation_method: _method,
    confirmation_token,
    error_on_requires_action,
    mandate_data,
    mandate,
    off_session,
    radar_options,
    return_url,
    use_stripe_sdk,
    ...given
  } = params;
  checkAmount(params.amount, params.currency);
  if (
    !confirm &&
    (off_session !== undefined || confirmation_token || error_on_requires_action !== undefined)
  ) {
    throw invalid(
      "off_session, confirmation_token and error_on_requires_action can only be used with confirm=true.",
      "parameter_missing",
      "confirm",
    );
  }
  const { id } = newPaymentIntent(tx, { amount: params.amount, currency: params.currency });
  const enabled = automatic?.enabled ?? true;
  tx.patch("payment_intents", id, {
    ...changes(tx, tx.need("payment_intents", id), given),
    automatic_payment_methods: enabled
      ? { allow_redirects: automatic?.allow_redirects ?? "always", enabled }
      : null,
  });
  if (confirm)
    confirmPaymentIntent(
      tx,
      id,
      { confirmation_token, error_on_requires_action, off_session, return_url, use_stripe_sdk },
      false,
    );
  return tx.view("payment_intents", id);
});

const retrieve = route(
  "GET",
  `${url}/:`,
  hash({ client_secret: text }),
  ({ tx, params, ids: [id], fromBrowser }) => {
    const intent = tx.need("payment_intents", id);
    if (fromBrowser) requireClientSecret(intent, "payment_intent", params.client_secret);
    return shownTo(fromBrowser, tx.view("payment_intents", id));
  },
  "browser",
);

const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  const intent = tx.need("payment_intents", id);
  const touchesMoney =
    params.amount !== undefined || params.currency !== undefined || params.payment_method !== undefined;
  if (["succeeded", "canceled", "processing"].includes(intent.status) && touchesMoney)
    throw unexpectedState(intent, "update");
  if (params.amount !== undefined && tx.by("invoice_payments", "payment.payment_intent", id).length > 0) {
    throw invalid(
      "The amount of a PaymentIntent created by an invoice cannot be changed.",
      "payment_intent_invalid_parameter",
      "amount",
    );
  }
  tx.patch("payment_intents", id, changes(tx, intent, params));
  return tx.view("payment_intents", id);
});

const confirm = route(
  "POST",
  `${url}/:/confirm`,
  confirmParams,
  ({ tx, params, ids: [id], fromBrowser }) => {
    if (fromBrowser)
      requireClientSecret(tx.need("payment_intents", id), "payment_intent", params.client_secret);
    refuseForSession(tx, id, "confirm");
    confirmPaymentIntent(tx, id, params, fromBrowser);
    return shownTo(fromBrowser, tx.view("payment_intents", id));
  },
  "browser",
);

const reason = oneOf("abandoned", "duplicate", "fraudulent", "requested_by_customer");
const cancel = route(
  "POST",
  `${url}/:/cancel`,
  hash({ cancellation_reason: reason }),
  ({ tx, params, ids: [id] }) => {
    tx.need("payment_intents", id);
    refuseForSession(tx, id, "cancel");
    if (tx.by("invoice_payments", "payment.payment_intent", id).length > 0) {
      throw invalid(
        "You cannot cancel a PaymentIntent that was created by an invoice. Void the invoice instead.",
        "payment_intent_unexpected_state",
      );
    }
    closePaymentIntent(tx, id, params.cancellation_reason ?? null);
    return tx.view("payment_intents", id);
  },
);

const captureSpec = {
  amount_to_capture: int,
  final_capture: bool,
  metadata,
  amount_details: unsupported,
  application_fee_amount: natural,
  hooks: unsupported,
  payment_details: anything,
  statement_descriptor: text,
  statement_descriptor_suffix: text,
  transfer_data: changedTransferData,
};
const capture = route("POST", `${url}/:/capture`, hash(captureSpec), ({ tx, params, ids: [id] }) => {
  capturePaymentIntent(tx, id, params.amount_to_capture, params);
  const intent = tx.need("payment_intents", id);
  if (params.metadata !== undefined)
    tx.patch("payment_intents", id, { metadata: mergeMetadata(intent.metadata, params.metadata) });
  return tx.view("payment_intents", id);
});

const listSpec = { ...pageParams, created, customer: text, customer_account: text };
function listed(tx: Tx, params: Infer<typeof listSpec>) {
  const { customer } = params;
  const rows = customer ? tx.by("payment_intents", "customer", customer).reverse() : undefined;
  return page(tx, "payment_intents", url, params, (intent) => inRange(intent.created, params.created), rows);
}
const index = route("GET", url, hash(listSpec), ({ tx, params }) => listed(tx, params));

export const paymentIntents: Resource = {
  routes: [create, retrieve, update, confirm, cancel, capture, index],
  timers: {
    "payment_intent.expire": (tx, id) => {
      if (tx.get("payment_intents", id)?.status === "requires_capture")
        closePaymentIntent(tx, id, "automatic");
    },
  },
  expansions: {
    payment_intent: {
      customer: ref("customers"),
      payment_method: ref("payment_methods"),
      latest_charge: ref("charges"),
      application: ref(),
      on_behalf_of: ref("accounts"),
      "transfer_data.destination": ref("accounts"),
      review: ref(),
      source: ref(),
      payment_record: ref(),
    },
  },
};
