import { boundary } from "../../engine/periods";
import { invalid } from "../../http/errors";
import type { Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import { billSubscription } from "./bill";
import { intervalOf } from "./items";
import { periodOf } from "./period";
import { waitingItems } from "./renew";
import type { itemInterval } from "./settings";

type Given = ReturnType<typeof itemInterval>;
const units = ["day", "week", "month", "year"] as const;

/** How often items that wait are billed between renewals, and when that is next. */
export function pendingIntervalOf(tx: Tx, subscription: Subscription, given: Given): Partial<Subscription> {
  if (!given) return { pending_invoice_item_interval: null, next_pending_invoice_item_invoice: null };
  const interval = { unit: given.interval, count: given.interval_count ?? 1 };
  const param = "pending_invoice_item_interval";
  if (interval.count < 1)
    throw invalid("interval_count must be positive.", "parameter_invalid_integer", param);
  const lengths = subscription.items.data.map((item) =>
    boundary(0, intervalOf(tx.need("prices", item.price.id)), 1),
  );
  if (boundary(0, interval, 1) >= Math.min(...lengths))
    throw invalid(`${param} must be shorter than the billing interval.`, undefined, param);
  return {
    pending_invoice_item_interval: { interval: interval.unit, interval_count: interval.count },
    next_pending_invoice_item_invoice: periodOf(subscription, interval, tx.now).end,
  };
}

/** At its time, what waits goes on an invoice of its own; the next time comes an interval later. */
export function billWaiting(tx: Tx, id: string): void {
  const subscription = tx.need("subscriptions", id);
  const { next_pending_invoice_item_invoice: at, pending_invoice_item_interval: every } = subscription;
  const unit = units.find((name) => name === every?.interval);
  if (at === null || at > tx.now || !unit || subscription.status === "canceled") return;
  const next = periodOf(subscription, { unit, count: every?.interval_count ?? 1 }, tx.now).end;
  tx.patch("subscriptions", id, { next_pending_invoice_item_invoice: next });
  const pending = waitingItems(tx, subscription);
  if (pending.length > 0) {
    billSubscription(tx, subscription, {
      reason: "automatic_pending_invoice_item_invoice",
      pending,
      waits: true,
    });
  }
  tx.emit("customer.subscription.updated", "subscriptions", id);
}
