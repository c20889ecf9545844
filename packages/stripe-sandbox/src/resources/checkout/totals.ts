import { fromDecimal, type Rational, rational, round } from "../../engine/money";
import { periodAt } from "../../engine/periods";
import { amountFor } from "../../engine/price-amount";
import { partOf } from "../../engine/proration";
import type { RateTerms } from "../../engine/taxes";
import { type PricedLine, totalsOf } from "../../engine/totals";
import type { CheckoutItem, CheckoutOrder, CheckoutSession } from "../../tables";
import type { Tx } from "../../transaction";
import { termsOf } from "../discounts/read";
import { priceIn } from "../prices/read";
import { intervalOf, isMetered } from "../subscriptions/items";
import { itemsOf } from "./items";

const daySeconds = 24 * 60 * 60;

/** What is due on completion: each line and the sums of the session. Without items (setup) there are none. */
export function totalUpSession(tx: Tx, id: string): CheckoutSession {
  const session = tx.need("checkout_sessions", id);
  const order = tx.need("checkout_orders", id);
  const items = itemsOf(tx, id);
  if (session.mode === "setup") return session;
  const amounts = items.map((item) => dueNow(tx, session, order, item));
  const lines = items.map((item, at) => pricedLine(tx, session, order, item, amounts[at] ?? 0));
  const totals = totalsOf(lines, order.discount ? termsOf(tx, order.discount, session.currency ?? "") : []);
  items.forEach((item, at) => {
    const { discounts = [], taxes = [] } = totals.lines[at] ?? {};
    const amount = amounts[at] ?? 0;
    const off = sumOf(discounts);
    tx.patch("checkout_items", item.id, {
      amount_subtotal: amount,
      amount_discount: off,
      amount_tax: sumOf(taxes),
      amount_total: amount - off + sumOf(taxes.filter((tax) => !tax.inclusive)),
      discounts,
      taxes: taxes.map((tax) => ({
        amount: tax.amount,
        rate: tax.rate,
        taxability_reason: exemption(tx, session),
        taxable_amount: exemption(tx, session) ? 0 : tax.taxable,
      })),
    });
  });
  return tx.patch("checkout_sessions", id, {
    amount_subtotal: amounts.reduce((sum, amount) => sum + amount, 0),
    amount_total: totals.total,
    total_details: {
      amount_discount: sumOf(totals.discounts),
      amount_shipping: 0,
      amount_tax: sumOf(totals.taxes),
    },
  });
}

/** Of a full period, before discounts and taxes: what minimum amounts of promotion codes are compared with. */
export function fullAmount(tx: Tx, session: CheckoutSession): number {
  const items = itemsOf(tx, session.id).map((item) => ({ item, price: tx.need("prices", item.price) }));
  const counted = session.mode === "subscription" ? items.filter(({ price }) => price.recurring) : items;
  return counted.reduce((sum, { item }) => sum + round(fullOf(tx, session, item)), 0);
}

function fullOf(tx: Tx, session: CheckoutSession, item: CheckoutItem): Rational {
  const price = tx.need("prices", item.price);
  if (isMetered(price)) return rational(0);
  return amountFor(priceIn(price, session.currency ?? price.currency), item.quantity ?? 0);
}

/** A trial costs nothing yet, usage is billed later, and a billing anchor makes the first period a short one. */
function dueNow(tx: Tx, session: CheckoutSession, order: CheckoutOrder, item: CheckoutItem): number {
  const full = fullOf(tx, session, item);
  const price = tx.need("prices", item.price);
  const data = order.given.subscription_data;
  if (!price.recurring) return round(full);
  if (trialEnd(tx, order) !== null) return 0;
  const anchor = data?.billing_cycle_anchor;
  if (anchor === undefined) return round(full);
  if (data?.proration_behavior === "none") return 0;
  const whole = periodAt(anchor, intervalOf(price), tx.now);
  return partOf(full, tx.now, whole.end, whole);
}

export function trialEnd(tx: Tx, { given }: Pick<CheckoutOrder, "given">): number | null {
  const { trial_end: end, trial_period_days: days } = given.subscription_data ?? {};
  if (end !== undefined) return end;
  return days ? tx.now + days * daySeconds : null;
}

function pricedLine(
  tx: Tx,
  session: CheckoutSession,
  order: CheckoutOrder,
  item: CheckoutItem,
  amount: number,
): PricedLine {
  return {
    amount,
    discountable: true,
    product: String(tx.need("prices", item.price).product),
    own: [],
    rates: ratesOf(tx, session, order, item),
  };
}

function ratesOf(tx: Tx, session: CheckoutSession, order: CheckoutOrder, item: CheckoutItem): RateTerms[] {
  const ids = item.rates.length > 0 ? item.rates : (order.given.subscription_data?.default_tax_rates ?? []);
  return ids
    .map((id) => tx.need("tax_rates", id))
    .map(({ id, percentage, inclusive }) => ({
      id,
      percentage: fromDecimal(exemption(tx, session) ? "0" : String(percentage)),
      inclusive,
    }));
}

function exemption(tx: Tx, session: CheckoutSession): string | null {
  const { tax_exempt: exempt } = tx.get("customers", session.customer ?? "") ?? {};
  if (exempt === "exempt") return "customer_exempt";
  return exempt === "reverse" ? "reverse_charge" : null;
}

function sumOf(parts: { amount: number }[]): number {
  return parts.reduce((sum, part) => sum + part.amount, 0);
}
