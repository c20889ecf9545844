import { compare, fromDecimal, rational, round } from "../../engine/money";
import { amountFor } from "../../engine/price-amount";
import type { Invoice, Subscription, SubscriptionItem } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { meteredQuantity } from "../meters/quantity";
import { billSubscription } from "./bill";
import { changePlan } from "./change-plan";
import { priceOfItem } from "./items";
import { planTurn } from "./plan";
import { waitingItems } from "./renew";
import { usageStart } from "./usage-line";

const watched = ["active", "past_due"];

/** Usage that was just reported may reach a threshold; it is looked at a moment later. */
export function watchThresholds(tx: Tx, customer: string): void {
  for (const row of tx.by("subscriptions", "customer", customer)) {
    const watches = row.billing_thresholds ?? row.items.data.find((item) => item.billing_thresholds);
    if (!watches || !watched.includes(row.status)) continue;
    tx.unschedule(row.id, "subscription.threshold");
    tx.soon("subscription.threshold", row.id);
  }
}

/** What has been used since it was last billed, and not billed yet. */
function usedOf(read: Read, subscription: Subscription, item: SubscriptionItem, now: number) {
  const price = priceOfItem(read, item, subscription.currency);
  if (!price.recurring?.meter) return { quantity: "0", amount: 0 };
  const series = { customer: subscription.customer, meter: price.recurring.meter };
  const quantity = meteredQuantity(read, series, usageStart(read, item), now);
  return { quantity, amount: round(amountFor(price, quantity)) };
}

/** A threshold that is reached is billed at once, for what was used until now. */
export function billThreshold(tx: Tx, id: string): void {
  const before = tx.get("subscriptions", id);
  if (!before || !watched.includes(before.status)) return;
  const until = tx.now + 1;
  const used = before.items.data.map((item) => ({ item, ...usedOf(tx, before, item, until) }));
  const reached = reasonOf(tx, before, used);
  if (!reached) return;
  const usage = used
    .filter(({ amount }) => amount > 0)
    .map(({ item }) => ({ ...item, current_period_start: usageStart(tx, item), current_period_end: until }));
  const resets = before.billing_thresholds?.reset_billing_cycle_anchor === true;
  if (resets) changePlan(tx, id, { billing_cycle_anchor: { type: "now" } }, tx.now);
  const subscription = tx.need("subscriptions", id);
  const invoice = billSubscription(tx, subscription, {
    reason: "subscription_threshold",
    pending: waitingItems(tx, subscription),
    items: resets ? subscription.items.data : [],
    usage,
    waits: true,
  });
  tx.patch("invoices", invoice.id, { threshold_reason: shownReason(tx, invoice.id, reached) });
  for (const { id: item } of usage) tx.put("usage_marks", { id: item, from: until });
  tx.emit("customer.subscription.updated", "subscriptions", id);
  planTurn(tx, id);
}

interface Reached {
  amount: number | null;
  items: { item: string; usage: number }[];
}

function reasonOf(
  tx: Tx,
  subscription: Subscription,
  used: { item: SubscriptionItem; quantity: string; amount: number }[],
): Reached | undefined {
  const waiting = waitingItems(tx, subscription).reduce((sum, item) => sum + item.amount, 0);
  const owed = used.reduce((sum, { amount }) => sum + amount, waiting);
  const least = subscription.billing_thresholds?.amount_gte ?? null;
  const items = used.flatMap(({ item, quantity }) => {
    const usage = item.billing_thresholds?.usage_gte;
    const over = usage && compare(fromDecimal(quantity), rational(usage)) >= 0;
    return over ? [{ item: item.id, usage }] : [];
  });
  const amount = least !== null && owed >= least ? least : null;
  return amount === null && items.length === 0 ? undefined : { amount, items };
}

function shownReason(tx: Tx, invoice: string, reached: Reached): NonNullable<Invoice["threshold_reason"]> {
  const lines = tx.by("invoice_lines", "invoice", invoice);
  return {
    amount_gte: reached.amount,
    item_reasons: reached.items.map(({ item, usage }) => ({
      line_item_ids: lines
        .filter((line) => line.parent?.subscription_item_details?.subscription_item === item)
        .map((line) => line.id),
      usage_gte: usage,
    })),
  };
}
