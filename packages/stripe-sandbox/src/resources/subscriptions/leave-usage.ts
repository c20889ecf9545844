import type { Subscription, SubscriptionItem } from "../../tables";
import type { Tx } from "../../transaction";
import { newInvoiceItem } from "../invoices/items";
import { isMetered, priceOfItem, pricingOf } from "./items";
import { usageOf, usageStart } from "./usage-line";

const billed = ["active", "past_due"];

/**
 * Flexible billing bills what was used at the price in force when it was reported: a metered item
 * that goes or changes its price leaves its usage behind, to be billed by the next invoice.
 */
export function leaveUsage(tx: Tx, subscription: Subscription, item: SubscriptionItem): void {
  if (subscription.billing_mode.type === "classic" || !billed.includes(subscription.status)) return;
  if (!isMetered(item.price)) return;
  const price = priceOfItem(tx, item, subscription.currency);
  const period = { start: usageStart(tx, item), end: tx.now };
  tx.put("usage_marks", { id: item.id, from: tx.now });
  const { quantity_decimal, ...used } = usageOf(tx, subscription.customer, price, period);
  if (used.amount === 0) return;
  const left = newInvoiceItem(tx, {
    ...used,
    currency: subscription.currency,
    customer: subscription.customer,
    metadata: { ...subscription.metadata },
    parent: {
      subscription_details: { subscription: subscription.id, subscription_item: item.id },
      type: "subscription_details",
    },
    period,
    pricing: pricingOf(price),
  });
  tx.patch("invoice_items", left.id, { quantity_decimal });
}
