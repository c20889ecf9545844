import { round } from "../../engine/money";
import { amountFor } from "../../engine/price-amount";
import { partOf } from "../../engine/proration";
import { newId } from "../../ids";
import type { Invoice, InvoiceLine, Subscription, SubscriptionItem } from "../../tables";
import type { Tx } from "../../transaction";
import { addLine } from "../invoices/draft";
import { intervalOf, isMetered, priceOfItem, pricingOf, productName } from "./items";
import { periodOf } from "./period";
import { counted, dayText, lineText } from "./wording";

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

/** The line of an item for its current period: a trial, a whole period, or the rest of one. */
export function itemLine(tx: Tx, invoice: string, subscription: Subscription, item: SubscriptionItem): void {
  const price = priceOfItem(tx, item, subscription.currency);
  if (isMetered(price)) return;
  const quantity = item.quantity ?? 1;
  const name = productName(tx, price);
  const period = { start: item.current_period_start, end: item.current_period_end };
  const full = amountFor(price, quantity);
  const trial = subscription.status === "trialing";
  const whole = periodOf(subscription, intervalOf(price), period.start);
  const partial = !trial && (whole.start < period.start || period.end < whole.end);
  const amount = trial ? 0 : partial ? partOf(full, period.start, period.end, whole) : round(full);
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

export function itemParent(item: SubscriptionItem, proration: boolean): InvoiceLine["parent"] {
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
