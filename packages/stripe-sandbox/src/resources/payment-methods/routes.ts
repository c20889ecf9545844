import { invalid, missing } from "../../http/errors";
import { page, pageParams } from "../../http/lists";
import { fullAddress, hash, int, mergeMetadata, metadata, oneOf, text } from "../../http/params";
import type { PaymentMethod } from "../../tables";
import type { Tx } from "../../transaction";
import { type Resource, ref, route } from "../resource";
import { attachPaymentMethod } from "./attach";
import { detachPaymentMethod } from "./detach";
import { billingDetails, newPaymentMethod, paymentMethodData, usePaymentMethod } from "./use";

const url = "/v1/payment_methods";

function need(tx: Tx, id: string): PaymentMethod {
  return tx.need("payment_methods", id);
}

const create = route(
  "POST",
  url,
  hash(paymentMethodData, ["type"]),
  ({ tx, params }) => tx.view("payment_methods", newPaymentMethod(tx, params).id),
  "browser",
);

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("payment_methods", id));

const updateParams = hash({
  allow_redisplay: oneOf("always", "limited", "unspecified"),
  billing_details: billingDetails,
  card: hash({ exp_month: int, exp_year: int }),
  metadata,
});
const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  const method = need(tx, id);
  if (!method.customer) {
    throw invalid(
      "You must save this PaymentMethod to a customer before you can update it.",
      "payment_method_unexpected_state",
    );
  }
  const { address: place, ...details } = params.billing_details ?? {};
  const month = params.card?.exp_month;
  if (month !== undefined && (month < 1 || month > 12))
    throw invalid("Your card's expiration month is invalid.", "invalid_expiry_month", "card[exp_month]");
  tx.patch("payment_methods", id, {
    ...(params.allow_redisplay && { allow_redisplay: params.allow_redisplay }),
    billing_details: {
      ...method.billing_details,
      ...details,
      ...(place !== undefined && { address: fullAddress({ ...method.billing_details.address, ...place }) }),
    },
    ...(method.card && params.card && { card: { ...method.card, ...params.card } }),
    metadata: mergeMetadata(method.metadata, params.metadata === undefined ? {} : params.metadata),
  });
  tx.emit("payment_method.updated", "payment_methods", id);
  return tx.view("payment_methods", id);
});

const attach = route(
  "POST",
  `${url}/:/attach`,
  hash({ customer: text, customer_account: text }),
  ({ tx, params, ids: [id] }) => {
    if (!params.customer) throw invalid("Missing required param: customer.", "parameter_missing", "customer");
    tx.need("customers", params.customer, "customer");
    const method = id.startsWith("pm_card_") ? usePaymentMethod(tx, id) : need(tx, id);
    attachPaymentMethod(tx, method.id, params.customer);
    return tx.view("payment_methods", method.id);
  },
);

const detach = route("POST", `${url}/:/detach`, hash({}), ({ tx, ids: [id] }) => {
  detachPaymentMethod(tx, id);
  return tx.view("payment_methods", id);
});

const listParams = {
  ...pageParams,
  type: text,
  allow_redisplay: text,
  customer: text,
  customer_account: text,
};

function methodsOf(
  tx: Tx,
  customer: string,
  given: { type?: string; allow_redisplay?: string } & Parameters<typeof page>[3],
  path: string,
) {
  return page(
    tx,
    "payment_methods",
    path,
    given,
    (method) =>
      (given.type ?? method.type) === method.type &&
      (given.allow_redisplay ?? method.allow_redisplay) === method.allow_redisplay,
    tx.by("payment_methods", "customer", customer).reverse(),
  );
}

const index = route("GET", url, hash(listParams), ({ tx, params }) => {
  if (!params.customer) return methodsOf(tx, "", params, url);
  tx.need("customers", params.customer, "customer");
  return methodsOf(tx, params.customer, params, url);
});

const { customer: _customer, customer_account: _account, ...ofCustomer } = listParams;
const listOfCustomer = route(
  "GET",
  "/v1/customers/:/payment_methods",
  hash(ofCustomer),
  ({ tx, params, ids: [customer] }) => {
    tx.need("customers", customer);
    return methodsOf(tx, customer, params, `/v1/customers/${customer}/payment_methods`);
  },
);

const retrieveOfCustomer = route(
  "GET",
  "/v1/customers/:/payment_methods/:",
  hash({}),
  ({ tx, ids: [customer, id = ""] }) => {
    if (need(tx, id).customer !== customer) throw missing("PaymentMethod", id, "id", 404);
    return tx.view("payment_methods", id);
  },
);

export const paymentMethods: Resource = {
  routes: [create, retrieve, update, attach, detach, index, listOfCustomer, retrieveOfCustomer],
  expansions: { payment_method: { customer: ref("customers") } },
};
