import { round } from "../../engine/money";
import { amountFor } from "../../engine/price-amount";
import type { InvoiceLine, Price, Subscription, SubscriptionItem } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { addLine, totalUp } from "../invoices/draft";
import { meteredQuantity } from "../meters/quantity";
import { priceIn } from "../prices/read";
import { itemParent } from "./item-line";
import { priceOfItem, pricingOf, productName } from "./items";
import { lineText } from "./wording";

interface Window {
  start: number;
  end: number;
}

/** The line of a metered item for a period that is over. */
export function usageLine(tx: Tx, invoice: string, subscription: Subscription, item: SubscriptionItem): void {
  const price = priceOfItem(tx, item, subscription.currency);
  if (!price.recurring?.meter) return;
  const period = { start: usageStart(tx, item), end: item.current_period_end };
  const { quantity_decimal: decimal, ...used } = usageOf(tx, subscription.customer, price, period);
  const line = addLine(tx, invoice, {
    ...used,
    parent: itemParent(item, false),
    period,
    pricing: pricingOf(price),
    subscription: subscription.id,
    metadata: { ...subscription.metadata },
  });
  tx.patch("invoice_lines", line.id, { quantity_decimal: decimal });
}

/** What a threshold has billed is not billed again. */
export function usageStart(read: Read, item: SubscriptionItem): number {
  return Math.max(item.current_period_start, read.get("usage_marks", item.id)?.from ?? 0);
}

export function usageOf(tx: Tx, customer: string, price: Price, { start, end }: Window) {
  const usage = meteredQuantity(tx, { customer, meter: price.recurring?.meter ?? "" }, start, end);
  return {
    amount: round(amountFor(price, usage)),
    description: lineText(productName(tx, price), Number(usage), price),
    quantity: Math.trunc(Number(usage)),
    quantity_decimal: usage,
  };
}

/** As long as an invoice is a draft, usage reported late for its period still counts. */
export function refreshUsage(tx: Tx, invoiceId: string): void {
  const invoice = tx.need("invoices", invoiceId);
  if (invoice.status !== "draft" || !invoice.customer) return;
  for (const line of tx.by("invoice_lines", "invoice", invoiceId)) {
    const price = meteredPriceOf(tx, line, invoice.currency);
    if (!price) continue;
    const used = usageOf(tx, invoice.customer, price, line.period);
    if (used.quantity_decimal === line.quantity_decimal) continue;
    tx.patch("invoice_lines", line.id, { ...used, subtotal: used.amount });
  }
}

function meteredPriceOf(tx: Tx, line: InvoiceLine, currency: string): Price | undefined {
  if (line.parent?.type !== "subscription_item_details") return undefined;
  const id = line.pricing?.price_details?.price;
  const price = typeof id === "string" ? tx.get("prices", id) : undefined;
  return price?.recurring?.meter ? priceIn(price, currency) : undefined;
}

/** The drafts that bill this customer show what was just reported. No event is sent for usage. */
export function refreshDrafts(tx: Tx, customer: string): void {
  for (const { id, status, parent } of tx.by("invoices", "customer", customer)) {
    if (status !== "draft" || !parent?.subscription_details) continue;
    refreshUsage(tx, id);
    totalUp(tx, id);
  }
}
