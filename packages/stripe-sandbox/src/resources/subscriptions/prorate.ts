import { amountFor } from "../../engine/price-amount";
import { creditsForSpans, remainingAmount } from "../../engine/proration";
import type { BilledSpan, InvoiceItem, Subscription, SubscriptionItem } from "../../tables";
import type { Tx } from "../../transaction";
import { newInvoiceItem } from "../invoices/items";
import { recordSpan } from "./first-invoice";
import { priceOfItem, pricingOf, productName } from "./items";
import { counted, dayText } from "./wording";

/** Gives back the time that was billed and will not be used. */
export function creditItem(tx: Tx, subscription: Subscription, item: SubscriptionItem, at: number): void {
  const spans = tx.by("billed_spans", "item", item.id);
  if (subscription.billing_mode.type === "classic") {
    if (spans.some((span) => span.end > at)) creditAsConfigured(tx, subscription, item, at);
  } else {
    for (const { span, amount } of creditsForSpans(spans, at)) {
      if (amount !== 0) addProration(tx, subscription, item, at, { amount, word: "Unused", span });
    }
  }
  for (const span of spans) tx.remove("billed_spans", span.id);
}

/** Classic billing credits the current price, whatever was really billed. */
function creditAsConfigured(tx: Tx, subscription: Subscription, item: SubscriptionItem, at: number): void {
  const full = amountFor(priceOfItem(tx, item, subscription.currency), item.quantity ?? 1);
  const amount = -remainingAmount(full, at, periodOf(item));
  if (amount !== 0) addProration(tx, subscription, item, at, { amount, word: "Unused" });
}

/** Charges the rest of the period at the new price and quantity. */
export function debitItem(tx: Tx, subscription: Subscription, item: SubscriptionItem, at: number): void {
  const full = amountFor(priceOfItem(tx, item, subscription.currency), item.quantity ?? 1);
  const amount = remainingAmount(full, at, periodOf(item));
  if (amount === 0) return;
  const added = addProration(tx, subscription, item, at, { amount, word: "Remaining" });
  recordSpan(tx, item.id, added, amount);
}

function periodOf(item: SubscriptionItem): { start: number; end: number } {
  return { start: item.current_period_start, end: item.current_period_end };
}

interface Proration {
  amount: number;
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
  return newInvoiceItem(tx, {
    amount: given.amount,
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
    proration_details: { credited_items: given.span ? creditedBy(given.span) : null, discount_amounts: [] },
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
