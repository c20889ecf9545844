import type { Invoice, InvoiceItem, Subscription, SubscriptionItem } from "../../tables";
import type { Tx } from "../../transaction";
import { wireList } from "../../wire";
import { finalizeByItself } from "../invoices/finalize-or-tell";
import { pendingItems } from "../invoices/items";
import { markUncollectible } from "../invoices/uncollectible";
import { voidInvoice } from "../invoices/void";
import { billSubscription } from "./bill";
import { intervalOf } from "./items";
import { periodOf } from "./period";

/** Items whose period is over begin the next one, and a draft bills it together with all that waited. */
export function renewSubscription(tx: Tx, id: string): Invoice | undefined {
  const before = tx.need("subscriptions", id);
  const ended = before.items.data.filter((item) => item.current_period_end <= tx.now);
  if (ended.length === 0) return undefined;
  const items = before.items.data.map((item) => (ended.includes(item) ? roll(tx, before, item) : item));
  const subscription = tx.patch("subscriptions", id, { items: wireList(before.items.url, items) });
  tx.emit("customer.subscription.updated", "subscriptions", id);
  return billCycle(tx, subscription, ended);
}

function roll(tx: Tx, subscription: Subscription, item: SubscriptionItem): SubscriptionItem {
  const start = item.current_period_end;
  for (const span of tx.by("billed_spans", "item", item.id)) {
    if (span.end <= start) tx.remove("billed_spans", span.id);
  }
  return {
    ...item,
    current_period_start: start,
    current_period_end: naturalEnd(tx, subscription, item, start),
  };
}

/** A planned ending inside a period cuts it short. */
export function naturalEnd(
  tx: Tx,
  subscription: Subscription,
  item: SubscriptionItem,
  start: number,
): number {
  const interval = intervalOf(tx.need("prices", item.price.id));
  const { end } = periodOf(subscription, interval, start);
  const { cancel_at: cancelAt } = subscription;
  return cancelAt !== null && cancelAt > start ? Math.min(end, cancelAt) : end;
}

function billCycle(tx: Tx, subscription: Subscription, ended: SubscriptionItem[]): Invoice {
  const names = ended.map((item) => item.id);
  const paused = subscription.pause_collection?.behavior;
  const collects = subscription.status !== "unpaid" && !paused;
  const invoice = billSubscription(tx, subscription, {
    reason: "subscription_cycle",
    pending: waitingItems(tx, subscription),
    items: subscription.items.data.filter((item) => names.includes(item.id)),
    usage: ended,
    waits: collects,
    period: {
      start: Math.min(...ended.map((item) => item.current_period_start)),
      end: Math.max(...ended.map((item) => item.current_period_end)),
    },
  });
  if (paused && paused !== "keep_as_draft") settlePaused(tx, invoice.id, paused);
  return tx.need("invoices", invoice.id);
}

/** While collection is paused, an invoice meets its fate at once instead of after an hour. */
function settlePaused(tx: Tx, id: string, behavior: string): void {
  if (finalizeByItself(tx, id, { autoAdvance: false })?.status !== "open") return;
  if (behavior === "void") voidInvoice(tx, id);
  else markUncollectible(tx, id, "user_forgiven");
}

/** Pending items of this subscription, and those of the customer that belong to none. */
export function waitingItems(tx: Tx, { id, customer, currency }: Subscription): InvoiceItem[] {
  return pendingItems(tx, customer).filter((item) => {
    const owner = item.parent?.subscription_details?.subscription ?? id;
    return owner === id && item.currency === currency;
  });
}
