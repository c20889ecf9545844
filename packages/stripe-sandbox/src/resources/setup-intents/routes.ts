import { created, inRange, page, pageParams } from "../../http/lists";
import { bool, clearable, hash, mergeMetadata, metadata, oneOf, text, unsupported } from "../../http/params";
import type { SetupIntent } from "../../tables";
import { refuseForSession } from "../checkout/guard";
import { requireClientSecret, shownTo } from "../client-secret";
import { needSeller } from "../connect/application";
import { type Resource, ref, route } from "../resource";
import {
  chosenMethod,
  confirmParams,
  confirmSetupIntent,
  confirmSpec,
  methodParams,
  unexpectedState,
} from "./confirm";
import { newSetupIntent } from "./create";

const url = "/v1/setup_intents";
const createParams = hash({
  ...confirmSpec,
  attach_to_self: unsupported,
  automatic_payment_methods: hash({ enabled: bool, allow_redirects: oneOf("always", "never") }, ["enabled"]),
  confirm: bool,
  customer: text,
  customer_account: unsupported,
  description: text,
  flow_directions: unsupported,
  metadata,
  on_behalf_of: text,
  payment_method_configuration: unsupported,
  single_use: unsupported,
  usage: oneOf("off_session", "on_session"),
});
const create = route("POST", url, createParams, ({ tx, params }) => {
  const {
    customer = null,
    confirm,
    automatic_payment_methods: automatic,
    return_url,
    use_stripe_sdk,
    confirmation_token,
    mandate_data,
  } = params;
  if (customer) tx.need("customers", customer, "customer");
  if (params.on_behalf_of) needSeller(tx, params.on_behalf_of, "on_behalf_of");
  const enabled = automatic?.enabled ?? true;
  const intent = newSetupIntent(tx, {
    automatic_payment_methods: enabled
      ? { allow_redirects: automatic?.allow_redirects ?? "always", enabled }
      : null,
    customer,
    description: params.description ?? null,
    metadata: mergeMetadata(null, params.metadata),
    on_behalf_of: params.on_behalf_of ?? null,
    payment_method:
      chosenMethod(
        tx,
        { payment_method: params.payment_method, payment_method_data: params.payment_method_data },
        customer,
      ) ?? null,
    usage: params.usage ?? "off_session",
  });
  const given = { return_url, use_stripe_sdk, confirmation_token, mandate_data };
  if (confirm) confirmSetupIntent(tx, intent.id, given, false);
  return tx.view("setup_intents", intent.id);
});

const retrieve = route(
  "GET",
  `${url}/:`,
  hash({ client_secret: text }),
  ({ tx, params, ids: [id], fromBrowser }) => {
    const intent = tx.need("setup_intents", id);
    if (fromBrowser) requireClientSecret(intent, "setup_intent", params.client_secret);
    return shownTo(fromBrowser, intent);
  },
  "browser",
);

const updateParams = hash({
  ...methodParams,
  customer: text,
  description: clearable(text),
  metadata,
  attach_to_self: unsupported,
  flow_directions: unsupported,
});
const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  const intent = tx.need("setup_intents", id);
  if (params.customer) tx.need("customers", params.customer, "customer");
  const method = chosenMethod(
    tx,
    { payment_method: params.payment_method, payment_method_data: params.payment_method_data },
    params.customer ?? intent.customer,
  );
  if (method && ["succeeded", "canceled"].includes(intent.status)) throw unexpectedState(intent, "update");
  tx.patch("setup_intents", id, {
    ...(params.customer && { customer: params.customer }),
    ...(params.description !== undefined && { description: params.description }),
    ...(params.metadata !== undefined && { metadata: mergeMetadata(intent.metadata, params.metadata) }),
    ...(method && { payment_method: method, status: "requires_confirmation", next_action: null }),
  });
  return tx.view("setup_intents", id);
});

const confirm = route(
  "POST",
  `${url}/:/confirm`,
  confirmParams,
  ({ tx, params, ids: [id], fromBrowser }) => {
    if (fromBrowser) requireClientSecret(tx.need("setup_intents", id), "setup_intent", params.client_secret);
    refuseForSession(tx, id, "confirm");
    confirmSetupIntent(tx, id, params, fromBrowser);
    return shownTo(fromBrowser, tx.view("setup_intents", id));
  },
  "browser",
);

const reason = oneOf("abandoned", "duplicate", "requested_by_customer");
const cancel = route(
  "POST",
  `${url}/:/cancel`,
  hash({ cancellation_reason: reason }),
  ({ tx, params, ids: [id] }) => {
    const intent = tx.need("setup_intents", id);
    refuseForSession(tx, id, "cancel");
    if (["succeeded", "canceled", "processing"].includes(intent.status))
      throw unexpectedState(intent, "cancel");
    tx.patch("setup_intents", id, {
      status: "canceled",
      cancellation_reason: params.cancellation_reason ?? null,
      next_action: null,
    });
    tx.emit("setup_intent.canceled", "setup_intents", id);
    return tx.view("setup_intents", id);
  },
);

const listParams = hash({
  ...pageParams,
  created,
  customer: text,
  customer_account: text,
  payment_method: text,
  attach_to_self: unsupported,
});
const index = route("GET", url, listParams, ({ tx, params }) => {
  const rows = params.customer ? tx.by("setup_intents", "customer", params.customer).reverse() : undefined;
  const matches = (intent: SetupIntent) =>
    (params.payment_method ?? intent.payment_method) === intent.payment_method &&
    inRange(intent.created, params.created);
  return page(tx, "setup_intents", url, params, matches, rows);
});

const attemptParams = hash({ ...pageParams, created, setup_intent: text }, ["setup_intent"]);
const attempts = route("GET", "/v1/setup_attempts", attemptParams, ({ tx, params }) => {
  const rows = tx.by("setup_attempts", "setup_intent", params.setup_intent).reverse();
  return page(
    tx,
    "setup_attempts",
    "/v1/setup_attempts",
    params,
    (row) => inRange(row.created, params.created),
    rows,
  );
});

export const setupIntents: Resource = {
  routes: [create, retrieve, update, confirm, cancel, index, attempts],
  expansions: {
    setup_intent: {
      customer: ref("customers"),
      payment_method: ref("payment_methods"),
      latest_attempt: ref("setup_attempts"),
      mandate: ref("mandates"),
      application: ref(),
      on_behalf_of: ref("accounts"),
      single_use_mandate: ref(),
    },
    setup_attempt: {
      customer: ref("customers"),
      payment_method: ref("payment_methods"),
      setup_intent: ref("setup_intents"),
    },
  },
};
