import { newId } from "../../ids";
import type { BilledSpan, Invoice, InvoiceItem, InvoiceLine } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { addLine, type LineGiven, totalUp } from "./draft";
import { itemOfLine } from "./item-of-line";

export type ItemGiven = Pick<
  InvoiceItem,
  "amount" | "currency" | "customer" | "description" | "period" | "pricing" | "quantity"
> &
  Partial<
    Pick<
      InvoiceItem,
      | "discountable"
      | "discounts"
      | "invoice"
      | "metadata"
      | "parent"
      | "proration"
      | "proration_details"
      | "quantity_decimal"
      | "tax_rates"
    >
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
    test_clock: tx.clock,
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
  const line = addLine(tx, invoiceId, lineFor(item));
  noteLineTax(tx, item, line.id);
  for (const span of spansOf(tx, item)) {
    if (span.source === item.id) tx.patch("billed_spans", span.id, { source: line.id, invoice: invoiceId });
  }
  return line;
}

function spansOf(tx: Tx, item: InvoiceItem): BilledSpan[] {
  return tx.by("billed_spans", "item", item.parent?.subscription_details?.subscription_item);
}

function lineFor(item: InvoiceItem): LineGiven {
  return {
    amount: item.amount,
    description: item.description,
    discountable: item.discountable,
    ...(item.discounts && item.discounts.length > 0 && { discounts: item.discounts }),
    ...(item.tax_rates && item.tax_rates.length > 0 && { tax_rates: item.tax_rates.map((rate) => rate.id) }),
    metadata: item.metadata ?? {},
    parent: parentOf(item),
    period: item.period,
    pricing: item.pricing,
    quantity: item.quantity,
    quantity_decimal: item.quantity_decimal,
    subscription: item.parent?.subscription_details?.subscription ?? null,
  };
}

export function lineOfItem(tx: Tx, item: InvoiceItem): InvoiceLine | undefined {
  if (item.invoice === null) return undefined;
  return tx.by("invoice_lines", "invoice", item.invoice).find((line) => itemOfLine(line) === item.id);
}

/** A changed item shows on its line, which keeps its place. */
export function refreshLine(tx: Tx, item: InvoiceItem): void {
  const line = lineOfItem(tx, item);
  if (!line) return;
  const { tax_rates: rates = [], ...shown } = lineFor(item);
  tx.patch("invoice_lines", line.id, {
    discounts: [],
    ...shown,
    quantity_decimal: item.quantity_decimal,
    subtotal: item.amount,
  });
  tx.put("line_rates", { id: line.id, rates });
  noteLineTax(tx, item, line.id);
}

/** The line is taxed as its item says. */
function noteLineTax(tx: Tx, item: InvoiceItem, line: string): void {
  const { behavior, code } = tx.get("line_rates", item.id) ?? {};
  if (behavior === undefined && code === undefined) return;
  const known = tx.get("line_rates", line) ?? { id: line, rates: [] };
  tx.put("line_rates", { ...known, ...(behavior && { behavior }), ...(code !== undefined && { code }) });
}

/** Back to the items that wait for an invoice. */
export function unassignItem(tx: Tx, id: string): void {
  const item = tx.need("invoice_items", id);
  const line = lineOfItem(tx, item);
  tx.patch("invoice_items", id, { invoice: null });
  if (!line) return;
  for (const span of spansOf(tx, item)) {
    if (span.source === line.id) tx.patch("billed_spans", span.id, { source: id, invoice: null });
  }
  tx.remove("invoice_lines", line.id);
}

export function removeItem(tx: Tx, id: string): void {
  unassignItem(tx, id);
  tx.emit("invoiceitem.deleted", "invoice_items", id);
  tx.remove("invoice_items", id);
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
