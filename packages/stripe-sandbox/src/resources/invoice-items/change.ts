import { invalid } from "../../http/errors";
import { mergeMetadata } from "../../http/params";
import type { Customer, Invoice, InvoiceItem, Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import { redeemAll } from "../discounts/redeem";
import { totalUp } from "../invoices/draft";
import { notEditable } from "../invoices/finalize";
import { addItem, newInvoiceItem, refreshLine } from "../invoices/items";
import { givenRates } from "../tax-rates";
import type { ItemFields } from "./params";
import { priceItem } from "./price";

const mostItems = 250;

export interface ItemTarget {
  customer: Customer;
  currency: string;
  invoice?: Invoice | undefined;
  subscription?: Subscription | undefined;
  /** Its price was checked when it was planned. */
  planned?: boolean;
}

export function createItem(tx: Tx, given: ItemFields, target: ItemTarget): InvoiceItem {
  const { customer, currency, invoice, subscription } = target;
  if (invoice && tx.by("invoice_lines", "invoice", invoice.id).length >= mostItems)
    throw invalid(`An invoice can have up to ${mostItems} items.`, undefined, "invoice");
  const { name, ...price } = priceItem(tx, { ...given, planned: target.planned ?? false }, currency);
  const item = newInvoiceItem(tx, {
    ...price,
    currency,
    customer: customer.id,
    description: given.description ?? name,
    discountable: given.discountable ?? price.amount >= 0,
    metadata: mergeMetadata(null, given.metadata),
    period: given.period ?? { start: tx.now, end: tx.now },
    ...(given.tax_rates && { tax_rates: givenRates(tx, given.tax_rates, "tax_rates") }),
    ...(subscription && {
      parent: { subscription_details: { subscription: subscription.id }, type: "subscription_details" },
    }),
  });
  if (!customer.currency) {
    tx.patch("customers", customer.id, { currency });
    tx.emit("customer.updated", "customers", customer.id);
  }
  noteTax(tx, item.id, given);
  const settled = given.discounts ? discounted(tx, item, given) : item;
  if (invoice) addItem(tx, invoice.id, settled);
  return settled;
}

/** Changes an item that no finalized invoice holds, and its line on a draft. */
export function changeItem(tx: Tx, id: string, given: ItemFields): void {
  const item = tx.need("invoice_items", id);
  draftOf(tx, item);
  const { name, ...price } = priceItem(tx, given, item.currency, item);
  const repriced = [
    "amount",
    "pricing",
    "price_data",
    "unit_amount_decimal",
    "quantity",
    "quantity_decimal",
  ].some((key) => key in given);
  const changed = tx.patch("invoice_items", id, {
    ...(repriced && price),
    ...(given.description !== undefined && { description: given.description }),
    ...(given.discountable !== undefined && { discountable: given.discountable }),
    ...(given.period && { period: given.period }),
    ...(given.metadata !== undefined && { metadata: mergeMetadata(item.metadata, given.metadata) }),
    ...(given.tax_rates && { tax_rates: givenRates(tx, given.tax_rates, "tax_rates") }),
  });
  noteTax(tx, id, given);
  refreshLine(tx, given.discounts ? discounted(tx, changed, given) : changed);
}

/** How automatic tax is to treat the item; Stripe keeps it and shows it nowhere. */
function noteTax(tx: Tx, id: string, given: ItemFields): void {
  const { tax_behavior: behavior, tax_code: code } = given;
  if (behavior === undefined && code === undefined) return;
  const known = tx.get("line_rates", id) ?? { id, rates: [] };
  tx.put("line_rates", {
    ...known,
    ...(behavior && { behavior }),
    ...(code !== undefined && { code: code ?? "" }),
  });
}

function discounted(tx: Tx, item: InvoiceItem, given: ItemFields): InvoiceItem {
  const discounts = redeemAll(tx, given.discounts ?? [], {
    customer: item.customer,
    currency: item.currency,
    amount: item.amount,
    on: { invoice_item: item.id },
  });
  return tx.patch("invoice_items", item.id, { discounts });
}

/** The draft that holds an item, if any. */
export function draftOf(tx: Tx, item: InvoiceItem): Invoice | undefined {
  const invoice = item.invoice ? tx.need("invoices", item.invoice) : undefined;
  if (invoice && invoice.status !== "draft") throw notEditable(invoice);
  return invoice;
}

export function retotal(tx: Tx, invoice: Invoice | undefined): void {
  if (!invoice) return;
  totalUp(tx, invoice.id);
  tx.emit("invoice.updated", "invoices", invoice.id);
}
