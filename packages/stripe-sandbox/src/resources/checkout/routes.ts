import { cut, inRange, page, pageParams } from "../../http/lists";
import { hash } from "../../http/params";
import type { CheckoutSession } from "../../tables";
import { type Resource, ref, route } from "../resource";
import { createSession } from "./create";
import { expireSession } from "./expire";
import { followIntents } from "./follow";
import { itemsOf } from "./items";
import { createParams, listParams, updateParams } from "./params";
import { breakdownOf, discountsOf, lineItemsOf, presentItem, taxesOf } from "./present";
import { updateSession } from "./update";

const url = "/v1/checkout/sessions";

const create = route("POST", url, createParams, ({ tx, params }) =>
  tx.view("checkout_sessions", createSession(tx, params).id),
);

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("checkout_sessions", id));

const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  updateSession(tx, id, params);
  return tx.view("checkout_sessions", id);
});

const expire = route("POST", `${url}/:/expire`, hash({}), ({ tx, ids: [id] }) => {
  expireSession(tx, id);
  return tx.view("checkout_sessions", id);
});

const lineItems = route("GET", `${url}/:/line_items`, hash(pageParams), ({ tx, params, ids: [id] }) => {
  tx.need("checkout_sessions", id);
  return cut(
    `${url}/${id}/line_items`,
    params,
    itemsOf(tx, id),
    (row) => tx.view("checkout_items", row.id),
    (item, param) => {
      tx.need("checkout_items", item, param);
    },
  );
});

const index = route("GET", url, listParams, ({ tx, params }) => {
  const { customer, payment_intent: intent, subscription, status, customer_details: details } = params;
  const rows = customer
    ? tx.by("checkout_sessions", "customer", customer).reverse()
    : intent
      ? tx.by("checkout_sessions", "payment_intent", intent)
      : subscription
        ? tx.by("checkout_sessions", "subscription", subscription)
        : undefined;
  const matches = (row: CheckoutSession) =>
    (customer ?? row.customer) === row.customer &&
    (intent ?? row.payment_intent) === row.payment_intent &&
    (subscription ?? row.subscription) === row.subscription &&
    (status ?? row.status) === row.status &&
    (details === undefined || row.customer_details?.email === details.email) &&
    params.customer_account === undefined &&
    params.payment_link === undefined &&
    inRange(row.created, params.created);
  return page(tx, "checkout_sessions", url, params, matches, rows);
});

export const checkoutSessions: Resource = {
  routes: [create, retrieve, update, expire, lineItems, index],
  presenters: { checkout_items: presentItem },
  timers: {
    "checkout_session.expire": (tx, id) => {
      if (tx.get("checkout_sessions", id)?.status === "open") expireSession(tx, id);
    },
  },
  derive: followIntents,
  expansions: {
    "checkout.session": {
      customer: ref("customers"),
      "discounts.coupon": ref("coupons", "retired_coupons"),
      "discounts.promotion_code": ref("promotion_codes"),
      invoice: ref("invoices"),
      "invoice_creation.invoice_data.account_tax_ids": ref(),
      line_items: { include: (read, owner) => lineItemsOf(read, String(owner.id)) },
      payment_intent: ref("payment_intents"),
      payment_link: ref(),
      setup_intent: ref("setup_intents"),
      "shipping_cost.shipping_rate": ref(),
      subscription: ref("subscriptions"),
      "total_details.breakdown": { include: (read, owner) => breakdownOf(read, String(owner.id)) },
    },
    item: {
      discounts: { include: (read, owner) => discountsOf(read, String(owner.id)) },
      taxes: { include: (read, owner) => taxesOf(read, String(owner.id)) },
    },
  },
};
