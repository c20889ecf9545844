import { round } from "../../engine/money";
import { boundary } from "../../engine/periods";
import { amountFor } from "../../engine/price-amount";
import { remainingAmount } from "../../engine/proration";
import { newId } from "../../ids";
import type { Invoice, InvoiceLine, Subscription, SubscriptionItem } from "../../tables";
import type { Tx } from "../../transaction";
import { addLine, draftInvoice, totalUp } from "../invoices/draft";
import { intervalOf, priceOfItem, pricingOf, productName } from "./items";
import { counted, dayText, lineText } from "./wording";

const hourSeconds = 60 * 60;

/** A draft with one line for each item of the first period. */
export function firstInvoice(tx: Tx, subscription: Subscription): Invoice {
  const sends = subscription.collection_method === "send_invoice";
  const waits = sends && subscription.status !== "trialing";
  const invoice = draftInvoice(tx, {
    customer: tx.need("customers", subscription.customer),
    currency: subscription.currency,
    billing_reason: "subscription_create",
    collection_method: subscription.collection_method,
    auto_advance: waits,
    automatically_finalizes_at: waits ? tx.now + hourSeconds : null,
    parent: parentFor(subscription),
    due_date: sends ? tx.now + (subscription.days_until_due ?? 30) * 24 * hourSeconds : null,
  });
  for (const item of subscription.items.data) firstLine(tx, invoice.id, subscription, item);
  return totalUp(tx, invoice.id);
}

export function parentFor(subscription: Subscription, prorationDate?: number): Invoice["parent"] {
  return {
    quote_details: null,
    subscription_details: {
      metadata: { ...subscription.metadata },
      subscription: subscription.id,
      ...(prorationDate !== undefined && { subscription_proration_date: prorationDate }),
    },
    type: "subscription_details",
  };
}

function firstLine(tx: Tx, invoice: string, subscription: Subscription, item: SubscriptionItem): void {
  const price = priceOfItem(tx, item, subscription.currency);
  const quantity = item.quantity ?? 1;
  const name = productName(tx, price);
  const period = { start: item.current_period_start, end: item.current_period_end };
  const full = amountFor(price, quantity);
  const whole = { start: boundary(period.end, intervalOf(price), -1), end: period.end };
  const partial = whole.start < period.start && subscription.status !== "trialing";
  const trial = subscription.status === "trialing";
  const amount = trial ? 0 : partial ? remainingAmount(full, period.start, whole) : round(full);
  const line = addLine(tx, invoice, {
    amount,
    description: trial
      ? `Free trial for ${quantity} × ${name}`
      : partial
        ? `Remaining time on ${counted(name, quantity)} after ${dayText(period.start)}`
        : lineText(name, quantity, price),
    parent: itemParent(item, partial),
    period,
    pricing: pricingOf(price, trial ? "0" : price.unit_amount_decimal),
    quantity,
    subscription: subscription.id,
    metadata: { ...subscription.metadata },
  });
  if (amount > 0) recordSpan(tx, item.id, line, amount);
}

function itemParent(item: SubscriptionItem, proration: boolean): InvoiceLine["parent"] {
  return {
    invoice_item_details: null,
    subscription_item_details: {
      invoice_item: null,
      proration,
      proration_details: { credited_items: null },
      subscription: item.subscription,
      subscription_item: item.id,
    },
    type: "subscription_item_details",
  };
}

/** Remembers what was billed, so that a later change credits that and nothing else. */
export function recordSpan(
  tx: Tx,
  item: string,
  source: { id: string; invoice: string | null; period: { start: number; end: number } },
  amount: number,
): void {
  tx.put("billed_spans", {
    id: newId("span"),
    item,
    amount,
    ...source.period,
    invoice: source.invoice,
    source: source.id,
  });
}
