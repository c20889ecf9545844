import { newId } from "../../ids";
import type { Invoice, InvoiceItem, InvoiceLine } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { addLine, totalUp } from "./draft";

export type ItemGiven = Pick<
  InvoiceItem,
  "amount" | "currency" | "customer" | "description" | "period" | "pricing" | "quantity"
> &
  Partial<
    Pick<InvoiceItem, "invoice" | "metadata" | "parent" | "proration" | "proration_details" | "discountable">
  >;

export function newInvoiceItem(tx: Tx, given: ItemGiven): InvoiceItem {
  const id = newId("ii");
  tx.emit("invoiceitem.created", "invoice_items", id);
  return tx.put("invoice_items", {
    id,
    object: "invoiceitem",
    customer_account: null,
    date: tx.now,
    discountable: true,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: {},
    parent: null,
    proration: false,
    quantity_decimal: String(given.quantity),
    tax_rates: [],
    test_clock: null,
    ...given,
  });
}

/** Items that wait for an invoice: all of the customer, or those of one subscription. */
export function pendingItems(read: Read, customer: string | null, subscription?: string): InvoiceItem[] {
  return read.by("invoice_items", "customer", customer).filter((item) => {
    const owner = item.parent?.subscription_details?.subscription;
    return item.invoice === null && (subscription === undefined || owner === subscription);
  });
}

/** Moves pending items onto a draft. */
export function sweepItems(tx: Tx, invoiceId: string, items: InvoiceItem[]): Invoice {
  for (const item of items) addItem(tx, invoiceId, item);
  return totalUp(tx, invoiceId);
}

export function addItem(tx: Tx, invoiceId: string, item: InvoiceItem): InvoiceLine {
  tx.patch("invoice_items", item.id, { invoice: invoiceId });
  const line = addLine(tx, invoiceId, {
    amount: item.amount,
    description: item.description,
    discountable: item.discountable,
    metadata: item.metadata ?? {},
    parent: parentOf(item),
    period: item.period,
    pricing: item.pricing,
    quantity: item.quantity,
    subscription: item.parent?.subscription_details?.subscription ?? null,
  });
  for (const span of tx.by("billed_spans", "item", item.parent?.subscription_details?.subscription_item)) {
    if (span.source === item.id) tx.patch("billed_spans", span.id, { source: line.id, invoice: invoiceId });
  }
  return line;
}

function parentOf(item: InvoiceItem): InvoiceLine["parent"] {
  const details = item.parent?.subscription_details;
  const credited = item.proration_details?.credited_items?.invoice_line_item_details ?? null;
  const shared = {
    invoice_item: item.id,
    proration: item.proration,
    proration_details: { credited_items: credited },
  };
  if (!details?.subscription_item) {
    return {
      invoice_item_details: { ...shared, subscription: details?.subscription ?? null },
      subscription_item_details: null,
      type: "invoice_item_details",
    };
  }
  return {
    invoice_item_details: null,
    subscription_item_details: {
      ...shared,
      subscription: details.subscription,
      subscription_item: details.subscription_item,
    },
    type: "subscription_item_details",
  };
}
