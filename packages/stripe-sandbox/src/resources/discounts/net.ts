import { discountedAlone } from "../../engine/discounts";
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

/** What each stretch of time was billed for after the discounts of its invoice line. */
export function reallyBilled(tx: Tx, spans: BilledSpan[]): BilledSpan[] {
  return spans.map((span) => {
    if (span.net) return span;
    const off = tx.get("invoice_lines", span.source)?.discount_amounts ?? [];
    return { ...span, amount: off.reduce((left, { amount }) => left - amount, span.amount) };
  });
}
