import type { Cost, PlanState, SubscriptionState } from "../../browser/portal-state";
import { round } from "../../engine/money";
import { amountFor } from "../../engine/price-amount";
import type { Price, Subscription, SubscriptionItem } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { couponOf } from "../discounts/read";
import { priceIn } from "../prices/read";
import { isMetered } from "../subscriptions/items";
import type { Visit } from "./access";
import { isEnding } from "./actions/cancel";
import type { Features } from "./features";
import { obstacleTo } from "./update-rules";

const shownStatuses = ["active", "trialing", "past_due", "unpaid", "paused"];

export function subscriptionsOf(tx: Tx, { customer, configuration }: Visit): SubscriptionState[] {
  const { features } = configuration;
  return tx
    .by("subscriptions", "customer", customer.id)
    .filter(({ status }) => shownStatuses.includes(status))
    .reverse()
    .map((subscription) => ({
      id: subscription.id,
      status: subscription.status,
      currency: subscription.currency,
      items: subscription.items.data.map((item) => itemOf(tx, subscription, item)),
      renews_at: Math.min(...subscription.items.data.map((item) => item.current_period_end)),
      ends_at: subscription.cancel_at,
      trial_end: subscription.status === "trialing" ? subscription.trial_end : null,
      resumes_at: subscription.status === "paused" ? resumesAt(tx, subscription) : null,
      discounts: subscription.discounts.flatMap((id) => discountName(tx, id)),
      payment_method: subscription.default_payment_method,
      owes: openInvoice(tx, subscription),
      scheduled: scheduledChange(tx, subscription),
      can: abilities(features, subscription),
    }));
}

function itemOf(read: Read, { currency }: Subscription, item: SubscriptionItem) {
  const price = read.get("prices", item.price.id);
  return {
    id: item.id,
    quantity: item.quantity ?? null,
    price: item.price.id,
    ...priceOf(read, price, currency, item.quantity ?? 1),
  };
}

function priceOf(read: Read, price: Price | undefined, currency: string, quantity: number): Cost {
  const product = price && read.get("products", String(price.product));
  const metered = price ? isMetered(price) : false;
  return {
    product: price ? String(price.product) : "",
    name: product?.name ?? "Subscription",
    amount: price && !metered ? round(amountFor(priceIn(price, currency), quantity)) : null,
    interval: price?.recurring?.interval ?? "month",
    interval_count: price?.recurring?.interval_count ?? 1,
    metered,
  };
}

function resumesAt(read: Read, { id, status_details: details }: Subscription): number | null {
  const pause = read.get("portal_pauses", id);
  return pause?.paused === details?.paused.transitioned_at ? (pause?.resumes ?? null) : null;
}

function discountName(read: Read, id: string): string[] {
  const discount = read.get("discounts", id);
  if (!discount) return [];
  const coupon = couponOf(read, discount);
  return [coupon.name ?? coupon.id];
}

/** Where the customer can pay what is open. */
function openInvoice(read: Read, { latest_invoice: id }: Subscription) {
  const invoice = read.get("invoices", id ?? "");
  if (invoice?.status !== "open" || !invoice.hosted_invoice_url) return null;
  return { amount: invoice.amount_remaining, url: invoice.hosted_invoice_url };
}

function scheduledChange(read: Read, subscription: Subscription) {
  const schedule = read.get("subscription_schedules", subscription.schedule ?? "");
  const end = schedule?.current_phase?.end_date;
  const next = schedule?.phases.find(({ start_date: start }) => start === end);
  const [item] = next?.items ?? [];
  if (!next || !item) return null;
  const quantity = item.quantity ?? 1;
  const price = read.get("prices", String(item.price));
  return { at: next.start_date, quantity, ...priceOf(read, price, subscription.currency, quantity) };
}

function abilities(features: Features, subscription: Subscription) {
  const [item, second] = subscription.items.data;
  const ending = isEnding(subscription);
  const paused = subscription.status === "paused";
  const { subscription_cancel: cancel, subscription_pause: pause, subscription_update: update } = features;
  const changeable = item && !second && obstacleTo(subscription, item) === undefined;
  return {
    cancel: cancel.enabled && !ending,
    undo_cancel: cancel.enabled && ending,
    pause: pause.enabled && !paused && !ending && subscription.schedule === null,
    resume: pause.enabled && paused,
    update: update.enabled && changeable === true,
    undo_scheduled: update.enabled && subscription.schedule !== null,
  };
}

/** What a subscription can be changed to. */
export function plansOf(read: Read, { subscription_update: update }: Features): PlanState[] {
  return (update.products ?? []).map(({ product, prices, adjustable_quantity: quantity }) => ({
    product,
    name: read.get("products", product)?.name ?? product,
    description: read.get("products", product)?.description ?? null,
    quantity,
    prices: prices.flatMap((id) => {
      const price = read.get("prices", id);
      return price?.active ? [choiceOf(price)] : [];
    }),
  }));
}

function choiceOf(price: Price) {
  const { interval = "month", interval_count = 1 } = price.recurring ?? {};
  const amounts = [price.currency, ...Object.keys(price.currency_options ?? {})].map(
    (currency) => [currency, round(amountFor(priceIn(price, currency), 1))] as const,
  );
  return {
    id: price.id,
    amounts: Object.fromEntries(amounts),
    interval,
    interval_count,
    tiered: Boolean(price.tiers_mode),
  };
}
