import { discountedAlone, type Taken, takenAlone } from "../../engine/discounts";
import type { Rational } from "../../engine/money";
import { amountFor } from "../../engine/price-amount";
import type { BilledSpan, Subscription, SubscriptionItem } from "../../tables";
import type { Tx } from "../../transaction";
import { priceIn } from "../prices/read";
import { discountsOfItem } from "./inherit";

/** The full period of an item less its discounts, each as if for this item alone. */
export function netPrice(tx: Tx, subscription: Subscription, item: SubscriptionItem): Rational {
  const price = priceIn(tx.need("prices", item.price.id), subscription.currency);
  const full = amountFor(price, item.quantity ?? 1);
  return discountedAlone(full, String(price.product), discountsOfItem(tx, subscription, item));
}

/** What each discount takes off the full period of an item, each as if for this item alone. */
export function discountsAlone(tx: Tx, subscription: Subscription, item: SubscriptionItem): Taken[] {
  const price = priceIn(tx.need("prices", item.price.id), subscription.currency);
  const full = amountFor(price, item.quantity ?? 1);
  return takenAlone(full, String(price.product), discountsOfItem(tx, subscription, item));
}

/** What was taken off a stretch of time, on its invoice line or on the item that still waits for one. */
export function takenOff(tx: Tx, span: BilledSpan): { amount: number; discount: string }[] {
  const waiting = tx.get("invoice_items", span.source)?.proration_details?.discount_amounts;
  return span.net ? [] : (tx.get("invoice_lines", span.source)?.discount_amounts ?? waiting ?? []);
}

/** What each stretch of time was billed for after its discounts. */
export function reallyBilled(tx: Tx, spans: BilledSpan[]): BilledSpan[] {
  return spans.map((span) => {
    const off = takenOff(tx, span);
    return { ...span, amount: off.reduce((left, { amount }) => left - amount, span.amount) };
  });
}
