import type { Share } from "../../engine/discounts";
import { rational } from "../../engine/money";
import { creditsForSpans, partOf, remainingAmount } from "../../engine/proration";
import type { BilledSpan, InvoiceItem, Subscription, SubscriptionItem } from "../../tables";
import type { Tx } from "../../transaction";
import { discountsAlone, netPrice, reallyBilled, takenOff } from "../discounts/net";
import { newInvoiceItem } from "../invoices/items";
import { recordSpan } from "./item-line";
import { intervalOf, isMetered, priceOfItem, pricingOf, productName } from "./items";
import { periodOf } from "./period";
import { isItemized } from "./settings";
import { counted, dayText } from "./wording";

/** Gives back the time that was billed and will not be used. */
export function creditItem(tx: Tx, subscription: Subscription, item: SubscriptionItem, at: number): void {
  const spans = reallyBilled(tx, tx.by("billed_spans", "item", item.id));
  if (subscription.billing_mode.type === "classic") {
    if (spans.some((span) => span.end > at)) creditAsConfigured(tx, subscription, item, at);
  } else {
    for (const { span, amount } of creditsForSpans(spans, at)) {
      const off = creditedOff(tx, subscription, span, at);
      if (amount !== 0) addProration(tx, subscription, item, at, { amount, word: "Unused", span, off });
    }
  }
  for (const span of spans) cutSpan(tx, span, at);
}

/** What was given back is no longer billed; what comes before that moment still is. */
function cutSpan(tx: Tx, span: BilledSpan, at: number): void {
  if (at <= tx.now || at <= span.start) tx.remove("billed_spans", span.id);
  else if (at < span.end) {
    const amount = span.amount - remainingAmount(rational(span.amount), at, span);
    tx.put("billed_spans", { ...span, amount, end: at, net: true });
  }
}

/** Time that was billed and is forfeit. */
export function forgetBilled(tx: Tx, item: string): void {
  for (const span of tx.by("billed_spans", "item", item)) tx.remove("billed_spans", span.id);
}

/** Classic billing credits the current price, whatever was really billed. */
function creditAsConfigured(tx: Tx, subscription: Subscription, item: SubscriptionItem, at: number): void {
  if (isMetered(item.price)) return;
  const full = netPrice(tx, subscription, item);
  const amount = -partOf(full, at, item.current_period_end, wholePeriod(tx, subscription, item));
  if (amount !== 0) addProration(tx, subscription, item, at, { amount, word: "Unused" });
}

/** Charges the rest of the period at the new price and quantity. What is metered is never prorated. */
export function debitItem(tx: Tx, subscription: Subscription, item: SubscriptionItem, at: number): void {
  if (isMetered(item.price)) return;
  const full = netPrice(tx, subscription, item);
  const from = Math.max(at, item.current_period_start);
  const amount = partOf(full, from, item.current_period_end, wholePeriod(tx, subscription, item));
  if (amount === 0) return;
  const off = isItemized(subscription.billing_mode)
    ? discountsAlone(tx, subscription, item).map(({ discount, off: taken }) => ({
        amount: partOf(taken, from, item.current_period_end, wholePeriod(tx, subscription, item)),
        discount,
      }))
    : [];
  const added = addProration(tx, subscription, item, at, { amount, word: "Remaining", off });
  recordSpan(tx, item.id, added, added.amount);
}

/** Itemized, a credit gives the discounts back, too: their amounts are negative. */
function creditedOff(tx: Tx, subscription: Subscription, span: BilledSpan, at: number): Share[] {
  if (!isItemized(subscription.billing_mode)) return [];
  return takenOff(tx, span).map(({ amount, discount }) => ({
    amount: -remainingAmount(rational(amount), at, span),
    discount,
  }));
}

/** The period as it would be without a first part, a planned ending or a switch inside it. */
function wholePeriod(tx: Tx, subscription: Subscription, item: SubscriptionItem) {
  const interval = intervalOf(tx.need("prices", item.price.id));
  return periodOf(subscription, interval, item.current_period_start);
}

interface Proration {
  /** After discounts. */
  amount: number;
  /** Discounts that are shown beside. */
  off?: Share[];
  word: "Unused" | "Remaining";
  span?: BilledSpan;
}

function addProration(
  tx: Tx,
  subscription: Subscription,
  item: SubscriptionItem,
  at: number,
  given: Proration,
): InvoiceItem & { invoice: string | null } {
  const price = priceOfItem(tx, item, subscription.currency);
  const quantity = item.quantity ?? 1;
  const name = counted(productName(tx, price), quantity);
  const { off = [] } = given;
  return newInvoiceItem(tx, {
    amount: off.reduce((sum, share) => sum + share.amount, given.amount),
    ...(off.length > 0 && { discounts: off.map(({ discount }) => discount) }),
    currency: subscription.currency,
    customer: subscription.customer,
    description: `${given.word} time on ${name} after ${dayText(at)}`,
    discountable: false,
    metadata: { ...subscription.metadata },
    parent: {
      subscription_details: { subscription: subscription.id, subscription_item: item.id },
      type: "subscription_details",
    },
    period: { start: at, end: given.span?.end ?? item.current_period_end },
    pricing: pricingOf(price),
    proration: true,
    proration_details: { credited_items: given.span ? creditedBy(given.span) : null, discount_amounts: off },
    quantity,
  });
}

type Credited = NonNullable<InvoiceItem["proration_details"]>["credited_items"];

function creditedBy(span: BilledSpan): Credited {
  if (!span.invoice) return { invoice_item: span.source, type: "invoice_item" };
  return {
    invoice_line_item_details: { invoice: span.invoice, invoice_line_items: [span.source] },
    type: "invoice_line_items",
  };
}
