import { round } from "../../engine/money";
import { amountFor } from "../../engine/price-amount";
import type { CheckoutOrder, CheckoutSession, Price } from "../../tables";
import type { Tx } from "../../transaction";
import { priceIn } from "../prices/read";
import { isMetered } from "../subscriptions/items";
import { dayText, moneyText } from "../subscriptions/wording";
import { itemsOf } from "./items";
import { trialEnd } from "./totals";

/** What a subscription costs after today, before discounts and taxes, and when that begins. */
export function termsOfSession(tx: Tx, session: CheckoutSession, order: CheckoutOrder): string[] {
  if (session.mode !== "subscription" || session.status !== "open") return [];
  const currency = session.currency ?? "usd";
  const sums = new Map<string, number>();
  for (const { price: id, quantity } of itemsOf(tx, session.id)) {
    const price = tx.need("prices", id);
    if (!price.recurring || isMetered(price)) continue;
    const key = intervalText(price);
    sums.set(key, (sums.get(key) ?? 0) + round(amountFor(priceIn(price, currency), quantity ?? 0)));
  }
  const costs = [...sums].map(([every, amount]) => `${moneyText(amount, currency)} ${every}`).join(" and ");
  const end = trialEnd(tx, order);
  const anchor = order.given.subscription_data?.billing_cycle_anchor;
  if (end !== null)
    return [
      `Your free trial ends on ${dayText(end)}.`,
      ...(costs ? [`After that: ${costs}, until you cancel.`] : []),
    ];
  if (anchor !== undefined) return [`From ${dayText(anchor)}: ${costs}, until you cancel.`];
  return costs ? [`Renews at ${costs}, until you cancel.`] : [];
}

export function intervalText(price: Price): string {
  const { interval = "month", interval_count: count = 1 } = price.recurring ?? {};
  return count === 1 ? `per ${interval}` : `every ${count} ${interval}s`;
}
