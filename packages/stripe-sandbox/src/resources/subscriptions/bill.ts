import type { Invoice, InvoiceItem, Subscription, SubscriptionItem } from "../../tables";
import type { Tx } from "../../transaction";
import { draftInvoice, totalUp } from "../invoices/draft";
import { sweepItems } from "../invoices/items";
import { elapsedLines } from "./backdate";
import { itemLine, parentFor } from "./item-line";
import { usageLine } from "./usage-line";

const hourSeconds = 60 * 60;
const daySeconds = 24 * hourSeconds;

export interface Bill {
  reason: Invoice["billing_reason"];
  /** Items billed for their current period. */
  items?: SubscriptionItem[];
  /** The time before the subscription was made is billed, too. */
  elapsed?: boolean;
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

/** What was made in the same second keeps its order: a credit comes before its debit. */
function newestFirst<T>(rows: T[], madeAt: (row: T) => number): T[] {
  return rows.toSorted((left, right) => madeAt(right) - madeAt(left));
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
  sweepItems(
    tx,
    id,
    newestFirst(bill.pending ?? [], ({ date }) => date),
  );
  for (const item of bill.elapsed ? subscription.items.data : []) elapsedLines(tx, id, subscription, item);
  for (const item of newestFirst(bill.items ?? [], ({ created }) => created))
    itemLine(tx, id, subscription, item);
  for (const item of bill.usage ?? []) usageLine(tx, id, subscription, item);
  tx.patch("subscriptions", subscription.id, { latest_invoice: id });
  return totalUp(tx, id);
}
