import { behaviourOf } from "../../cards";
import { outcomeOf as outcomeOfCard } from "../../engine/card-outcome";
import { difference } from "../../events";
import type { CheckoutItem, CheckoutOrder, CheckoutSession, Customer, Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import { giveBack } from "../discounts/redeem";
import { collectInvoice } from "../invoices/collect";
import { paymentIntentOf } from "../invoices/payment-of";
import { voidInvoice } from "../invoices/void";
import { saveToCustomer } from "../payment-methods/attach";
import { endSubscription } from "../subscriptions/cancel";
import { createSubscription } from "../subscriptions/create";
import { completeSession } from "./complete";
import type { Outcome } from "./confirm";
import { itemsOf, withPricesOpen } from "./items";
import { outcomeOf } from "./pay-order";
import { saveCard } from "./save-card";

/** Subscription mode. Nothing due: the card is set up first. Something due: the subscription waits for its payment. */
export function subscribe(tx: Tx, session: CheckoutSession, order: CheckoutOrder): Outcome {
  if (session.amount_total === 0 && order.method) {
    abandonSubscription(tx, order);
    return saveCard(tx, session, tx.need("checkout_orders", order.id));
  }
  const subscription = subscriptionToPay(tx, order);
  const invoice = tx.get("invoices", subscription.latest_invoice ?? "");
  if (!invoice || invoice.status === "paid") {
    if (order.method) keepMethod(tx, subscription.id, order.method);
    completeSession(tx, session.id, session.amount_total === 0 ? "no_payment_required" : "paid");
    return { status: "complete" };
  }
  const intent = paymentIntentOf(tx, invoice.id) ?? "";
  tx.patch("checkout_orders", order.id, { intent });
  const result = collectInvoice(tx, invoice.id, order.method ?? "", { offSession: false, inBrowser: true });
  return outcomeOf(tx, intent, result);
}

function subscriptionToPay(tx: Tx, order: CheckoutOrder): Subscription {
  if (order.subscription && orderIsUnchanged(tx, order)) return tx.need("subscriptions", order.subscription);
  abandonSubscription(tx, order);
  return startSubscription(tx, tx.need("checkout_orders", order.id));
}

/** The same things for the same customer as at the attempt before, whose invoice can still be paid. */
export function orderIsUnchanged(tx: Tx, order: CheckoutOrder): boolean {
  const subscription = tx.get("subscriptions", order.subscription ?? "");
  const invoice = tx.get("invoices", subscription?.latest_invoice ?? "");
  const isOver = ["canceled", "incomplete_expired"].includes(subscription?.status ?? "canceled");
  return !isOver && invoice?.status === "open" && order.bought === boughtBy(tx, order);
}

function boughtBy(tx: Tx, { id, discount, customer }: CheckoutOrder): string {
  const items = itemsOf(tx, id).map(({ price, quantity }) => [price, quantity]);
  return JSON.stringify([items, discount, customer]);
}

export function startSubscription(tx: Tx, order: CheckoutOrder): Subscription {
  const items = itemsOf(tx, order.id).filter(({ quantity }) => quantity !== 0);
  const method = order.method && willWork(tx, order.method) ? order.method : undefined;
  if (method && order.customer) saveToCustomer(tx, method, order.customer);
  const customer = tx.get("customers", order.customer ?? "");
  const { id } = withPricesOpen(tx, items, () =>
    createSubscription(tx, {
      ...order.given.subscription_data,
      ...goods(tx, items),
      currency: tx.need("checkout_sessions", order.id).currency ?? undefined,
      customer: order.customer ?? undefined,
      default_payment_method: method,
      payment_behavior: "default_incomplete",
    }),
  );
  tx.patch("checkout_orders", order.id, { subscription: id, bought: boughtBy(tx, order) });
  if (customer?.currency === null) tellChange(tx, customer);
  return tx.need("subscriptions", id);
}

/** A customer made a moment ago has no state before this request, yet its first invoice changes it. */
function tellChange(tx: Tx, before: Customer): void {
  const after = tx.need("customers", before.id);
  const previous = difference({ ...before }, { ...after });
  if (previous) tx.emit("customer.updated", "customers", after.id, undefined, previous);
}

function goods(tx: Tx, items: CheckoutItem[]) {
  const { discount } = tx.need("checkout_orders", items[0]?.session ?? "");
  const row = discount ? tx.need("discounts", discount) : undefined;
  const entry = row?.promotion_code
    ? { promotion_code: row.promotion_code }
    : { coupon: row?.source.coupon ?? "" };
  const asGiven = ({ price, quantity, rates, metadata }: CheckoutItem) => ({
    price,
    ...(quantity !== null && { quantity }),
    ...(rates.length > 0 && { tax_rates: rates }),
    ...(metadata && { metadata }),
  });
  const recurs = ({ price }: CheckoutItem) => tx.need("prices", price).recurring !== null;
  const once = items.filter((item) => !recurs(item));
  return {
    items: items.filter(recurs).map(asGiven),
    ...(once.length > 0 && { add_invoice_items: once.map(asGiven) }),
    ...(row && { discounts: [entry] }),
  };
}

/** A card that pays at once belongs to the customer before the subscription exists, as Stripe's events tell. */
function willWork(tx: Tx, method: string): boolean {
  const { behaviour, setUp } = tx.need("cards", method);
  const asked = { purpose: "charge", offSession: false, authenticated: false, setUp } as const;
  return outcomeOfCard(behaviourOf(behaviour), asked).kind === "succeeded";
}

export function keepMethod(tx: Tx, id: string, method: string): void {
  const subscription = tx.need("subscriptions", id);
  saveToCustomer(tx, method, subscription.customer);
  if (subscription.default_payment_method === method) return;
  tx.patch("subscriptions", id, { default_payment_method: method, pending_setup_intent: null });
  tx.emit("customer.subscription.updated", "subscriptions", id);
}

/** What an attempt left behind that is not going on: its invoice is void and its discount was never used. */
export function abandonSubscription(tx: Tx, order: CheckoutOrder): void {
  const subscription = tx.get("subscriptions", order.subscription ?? "");
  if (!subscription) return;
  tx.patch("checkout_orders", order.id, { subscription: null, bought: null, intent: null });
  const invoice = tx.get("invoices", subscription.latest_invoice ?? "");
  const used = new Set([...subscription.discounts, ...(invoice?.discounts ?? [])]);
  if (invoice?.status === "open") voidInvoice(tx, invoice.id);
  if (!["canceled", "incomplete_expired"].includes(tx.need("subscriptions", subscription.id).status))
    endSubscription(tx, subscription.id, {});
  for (const discount of used) giveBack(tx, discount);
}
