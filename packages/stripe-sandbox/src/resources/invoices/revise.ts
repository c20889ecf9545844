import { invalid } from "../../http/errors";
import type { Invoice, InvoiceLine } from "../../tables";
import type { Tx } from "../../transaction";
import { addLine, draftInvoice } from "./draft";
import { notEditable } from "./finalize";
import { itemOfLine } from "./item-of-line";
import { addItem, newInvoiceItem } from "./items";
import type { CreateParams } from "./params";
import { voidInvoice } from "./void";

const withRevision = [
  ...["from_invoice", "auto_advance", "automatic_tax", "automatically_finalizes_at", "collection_method"],
  ...["custom_fields", "days_until_due", "default_payment_method", "default_tax_rates", "description"],
  ...["discounts", "due_date", "effective_at", "footer", "metadata", "number", "statement_descriptor"],
];

/** A draft like an invoice that is out already, to take its place once it is finalized. */
export function draftRevision(tx: Tx, given: CreateParams): Invoice {
  const refused = Object.keys(given).find((key) => !withRevision.includes(key));
  if (refused)
    throw invalid(`${refused} cannot be set together with from_invoice.`, "parameters_exclusive", refused);
  const original = tx.need("invoices", given.from_invoice?.invoice ?? "", "from_invoice[invoice]");
  if (original.status !== "open" && original.status !== "uncollectible") throw notEditable(original);
  const draft = draftInvoice(tx, {
    customer: tx.need("customers", original.customer ?? "", "from_invoice[invoice]"),
    currency: original.currency,
    billing_reason: "manual",
    auto_advance: given.auto_advance ?? false,
    automatic_tax: original.automatic_tax.enabled,
    collection_method: original.collection_method,
    default_payment_method: original.default_payment_method,
    default_tax_rates: original.default_tax_rates,
    description: original.description,
    discounts: original.discounts,
    due_date: original.due_date,
    footer: original.footer,
    metadata: original.metadata ?? {},
    parent: original.parent,
    period: { start: original.period_start, end: original.period_end },
    statement_descriptor: original.statement_descriptor,
  });
  for (const line of tx.by("invoice_lines", "invoice", original.id)) copyLine(tx, draft.id, line);
  return tx.patch("invoices", draft.id, {
    custom_fields: original.custom_fields,
    from_invoice: { action: "revision", invoice: original.id },
  });
}

/** What stands behind a line is copied, too, so that the copy can be changed. */
function copyLine(tx: Tx, draft: string, line: InvoiceLine): void {
  const item = tx.get("invoice_items", itemOfLine(line) ?? "");
  if (item) {
    const { id: _id, object: _object, date: _date, ...rest } = item;
    addItem(tx, draft, newInvoiceItem(tx, { ...rest, invoice: null }));
    return;
  }
  addLine(tx, draft, {
    amount: line.amount,
    description: line.description,
    discountable: line.discountable,
    discounts: line.discounts,
    metadata: line.metadata,
    parent: line.parent,
    period: line.period,
    pricing: line.pricing,
    quantity: line.quantity,
    subscription: line.subscription,
    tax_rates: tx.get("line_rates", line.id)?.rates ?? [],
  });
}

/** Before a revision is finalized, what it revises is void; a subscription goes on with the revision. */
export function replaceRevised(tx: Tx, { id, from_invoice: from, parent }: Invoice): void {
  const original = tx.get("invoices", String(from?.invoice ?? ""));
  if (!original || from?.action !== "revision") return;
  const owner = tx.get("subscriptions", parent?.subscription_details?.subscription ?? "");
  if (owner?.latest_invoice === original.id) tx.patch("subscriptions", owner.id, { latest_invoice: id });
  tx.patch("invoices", original.id, { latest_revision: id });
  voidInvoice(tx, original.id);
}
