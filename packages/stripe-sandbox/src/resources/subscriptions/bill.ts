import type { Invoice, InvoiceItem, Subscription, SubscriptionItem } from "../../tables";
import type { Tx } from "../../transaction";
import { draftInvoice, totalUp } from "../invoices/draft";
import { sweepItems } from "../invoices/items";
import { itemLine, parentFor } from "./item-line";
import { usageLine } from "./usage-line";

const hourSeconds = 60 * 60;
const daySeconds = 24 * hourSeconds;

export interface Bill {
  reason: Invoice["billing_reason"];
  /** Items billed for their current period. */
  items?: SubscriptionItem[];
  /** Items as they were in the period that is over; metered ones are billed for it. */
  usage?: SubscriptionItem[];
  /** Items that waited for this invoice; they come first. */
  pending?: InvoiceItem[];
  /** Stays a draft for an hour and then advances by itself; otherwise the caller finalizes it. */
  waits?: boolean;
  autoAdvance?: boolean;
  prorationDate?: number;
  /** The time in which pending items were picked up. */
  period?: { start: number; end: number };
}

/** Every invoice of a subscription is made here: a draft with its lines and totals, the latest of the subscription. */
export function billSubscription(tx: Tx, subscription: Subscription, bill: Bill): Invoice {
  const { waits = false, autoAdvance = waits } = bill;
  const sends = subscription.collection_method === "send_invoice";
  const { id } = draftInvoice(tx, {
    customer: tx.need("customers", subscription.customer),
    currency: subscription.currency,
    billing_reason: bill.reason,
    collection_method: subscription.collection_method,
    parent: parentFor(subscription, bill.prorationDate),
    auto_advance: autoAdvance,
    automatically_finalizes_at: waits && autoAdvance ? tx.now + hourSeconds : null,
    due_date: sends ? tx.now + (subscription.days_until_due ?? 30) * daySeconds : null,
    ...(bill.period && { period: bill.period }),
  });
  if (waits && autoAdvance) {
    tx.schedule(hourSeconds * 1000, "invoice.advance", id);
    if (!sends) tx.patch("invoices", id, { next_payment_attempt: tx.now + hourSeconds });
  }
  sweepItems(tx, id, bill.pending ?? []);
  for (const item of bill.items ?? []) itemLine(tx, id, subscription, item);
  for (const item of bill.usage ?? []) usageLine(tx, id, subscription, item);
  tx.patch("subscriptions", subscription.id, { latest_invoice: id });
  return totalUp(tx, id);
}
