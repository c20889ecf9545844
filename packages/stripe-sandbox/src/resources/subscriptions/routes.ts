import { invalid } from "../../http/errors";
import { created, inRange, page, pageParams } from "../../http/lists";
import { bool, hash, oneOf, text } from "../../http/params";
import type { Subscription } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { voidInvoice } from "../invoices/void";
import { planOf } from "../plans";
import { presentPrice } from "../prices/read";
import { type Resource, ref, route } from "../resource";
import { endSubscription } from "./cancel";
import { createSubscription } from "./create";
import { itemRoutes } from "./item-routes";
import { migrateParams, migrateSubscription } from "./migrate";
import { cancelParams, createParams, updateParams } from "./params";
import { pauseParams, pauseSubscription } from "./pause";
import { expireUpdate } from "./pending-update";
import { expireResumption, resumeParams, resumeSubscription } from "./resume";
import { billThreshold } from "./thresholds";
import { turnSubscription } from "./turn";
import { announceRenewal } from "./upcoming";
import { updateSubscription } from "./update";

const url = "/v1/subscriptions";
const ended = ["canceled", "incomplete_expired"];

const create = route("POST", url, createParams, ({ tx, params }) =>
  tx.view("subscriptions", createSubscription(tx, params).id),
);

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("subscriptions", id));

const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  updateSubscription(tx, id, params);
  return tx.view("subscriptions", id);
});

const cancel = route("DELETE", `${url}/:`, cancelParams, ({ tx, params, ids: [id] }) => {
  const subscription = tx.need("subscriptions", id);
  if (ended.includes(subscription.status))
    throw invalid(`No such subscription: '${id}'`, "resource_missing", "id", 404);
  endSubscription(tx, id, params);
  return tx.view("subscriptions", id);
});

const statuses = oneOf(
  "active",
  "all",
  "canceled",
  "ended",
  "incomplete",
  "incomplete_expired",
  "past_due",
  "paused",
  "trialing",
  "unpaid",
);
const listParams = hash({
  ...pageParams,
  automatic_tax: hash({ enabled: bool }, ["enabled"]),
  collection_method: text,
  created,
  current_period_end: created,
  current_period_start: created,
  customer: text,
  customer_account: text,
  plan: text,
  price: text,
  status: statuses,
  test_clock: text,
});

function hasStatus(subscription: Subscription, wanted: ReturnType<typeof statuses> | undefined): boolean {
  if (wanted === undefined) return subscription.status !== "canceled";
  if (wanted === "all") return true;
  if (wanted === "ended") return ended.includes(subscription.status);
  return subscription.status === wanted;
}

const index = route("GET", url, listParams, ({ tx, params }) => {
  const { customer, price = params.plan } = params;
  const matches = (row: Subscription) =>
    hasStatus(row, params.status) &&
    (params.automatic_tax?.enabled ?? row.automatic_tax.enabled) === row.automatic_tax.enabled &&
    (params.collection_method ?? row.collection_method) === row.collection_method &&
    (price === undefined || row.items.data.some((item) => item.price.id === price)) &&
    row.items.data.some(
      (item) =>
        inRange(item.current_period_end, params.current_period_end) &&
        inRange(item.current_period_start, params.current_period_start),
    ) &&
    (params.test_clock === undefined
      ? customer !== undefined || row.test_clock === null
      : row.test_clock === params.test_clock) &&
    inRange(row.created, params.created);
  return page(
    tx,
    "subscriptions",
    url,
    params,
    matches,
    customer ? tx.by("subscriptions", "customer", customer).reverse() : undefined,
  );
});

const pause = route("POST", `${url}/:/pause`, pauseParams, ({ tx, params, ids: [id] }) => {
  pauseSubscription(tx, id, params);
  return tx.view("subscriptions", id);
});

const resume = route("POST", `${url}/:/resume`, resumeParams, ({ tx, params, ids: [id] }) => {
  resumeSubscription(tx, id, params);
  return tx.view("subscriptions", id);
});

const migrate = route("POST", `${url}/:/migrate`, migrateParams, ({ tx, params, ids: [id] }) => {
  migrateSubscription(tx, id, params);
  return tx.view("subscriptions", id);
});

/** The price in an item is the price of today, with the name and metadata it has now. */
function presentSubscription(read: Read, row: object): object {
  const subscription = row as Subscription;
  const data = subscription.items.data.map((item) => {
    const price = read.get("prices", item.price.id);
    return price ? { ...item, plan: planOf(price), price: presentPrice(price) } : item;
  });
  return { ...subscription, items: { ...subscription.items, data } };
}

/** 23 hours without a first payment end it for good. */
function expire(tx: Tx, id: string): void {
  const subscription = tx.get("subscriptions", id);
  if (subscription?.status !== "incomplete") return;
  tx.patch("subscriptions", id, { status: "incomplete_expired", ended_at: tx.now });
  tx.emit("customer.subscription.updated", "subscriptions", id);
  const invoice = tx.get("invoices", subscription.latest_invoice ?? "");
  if (invoice?.status === "open") voidInvoice(tx, invoice.id);
}

export const subscriptions: Resource = {
  routes: [create, retrieve, update, cancel, index, pause, resume, migrate, ...itemRoutes],
  presenters: { subscriptions: presentSubscription },
  timers: {
    "subscription.expire": expire,
    "subscription.turn": turnSubscription,
    "subscription.upcoming": announceRenewal,
    "subscription.threshold": billThreshold,
    "subscription.pending_update": expireUpdate,
    "subscription.resumption_expires": expireResumption,
    "subscription.trial_will_end": (tx, id) => {
      if (tx.get("subscriptions", id)?.status === "trialing")
        tx.emit("customer.subscription.trial_will_end", "subscriptions", id);
    },
  },
  expansions: {
    subscription: {
      customer: ref("customers"),
      default_payment_method: ref("payment_methods"),
      default_source: ref(),
      discounts: ref("discounts"),
      latest_invoice: ref("invoices"),
      pending_setup_intent: ref("setup_intents"),
      schedule: ref("subscription_schedules"),
      on_behalf_of: ref("accounts"),
      "transfer_data.destination": ref("accounts"),
      application: ref(),
      test_clock: ref("test_clocks"),
    },
    subscription_item: { discounts: ref("discounts") },
  },
};
