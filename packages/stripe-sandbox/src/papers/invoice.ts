import type { Paper, PaperRow } from "../engine/pdf/paper";
import { linesOf } from "../resources/invoices/present";
import { dayText, moneyText } from "../resources/subscriptions/wording";
import { shownTaxIds } from "../resources/tax-ids/create";
import type { Invoice, InvoiceLine } from "../tables";
import type { Read } from "../transaction";
import { type Account, addressLines, discountText, periodText, taxText, unitText } from "./words";

const states: Record<string, Paper["status"]> = {
  draft: { text: "Draft", kind: "plain" },
  open: { text: "Open", kind: "plain" },
  paid: { text: "Paid", kind: "good" },
  void: { text: "Void", kind: "bad" },
  uncollectible: { text: "Uncollectible", kind: "bad" },
};

export function invoicePaper(read: Read, account: Account, invoice: Invoice): Paper {
  const due = invoice.due_date;
  return {
    title: invoice.number ? `Invoice ${invoice.number}` : "Invoice",
    status: states[stateOf(invoice)] ?? null,
    facts: [
      ...(invoice.number ? [{ label: "Invoice number", value: invoice.number }] : []),
      { label: "Date of issue", value: dayText(invoice.effective_at ?? invoice.created) },
      ...(due ? [{ label: "Date due", value: dayText(due) }] : []),
      ...(invoice.status_transitions.paid_at
        ? [{ label: "Date paid", value: dayText(invoice.status_transitions.paid_at) }]
        : []),
      ...(invoice.custom_fields ?? []).map(({ name, value }) => ({ label: name, value })),
    ],
    from: [invoice.account_name ?? account.name, invoice.account_country ?? account.country],
    to: [
      invoice.customer_name ?? invoice.customer_email ?? "Customer",
      ...addressLines(invoice.customer_address),
      ...(invoice.customer_email && invoice.customer_name ? [invoice.customer_email] : []),
      ...(invoice.customer_phone ? [invoice.customer_phone] : []),
      ...taxIdsOf(read, invoice).map(
        ({ type, value }) => `${type.replaceAll("_", " ").toUpperCase()} ${value}`,
      ),
    ],
    rows: linesOf(read, invoice.id).map((line) => rowOf(read, line)),
    totals: totalsOf(read, invoice),
    notes: [invoice.description, invoice.footer].filter((text) => text !== null),
  };
}

/** An invoice that is past its day is still open. */
function stateOf({ status }: Invoice): string {
  return status ?? "draft";
}

function taxIdsOf(read: Read, invoice: Invoice) {
  if (invoice.status === "draft") return shownTaxIds(read, invoice.customer);
  return invoice.customer_tax_ids ?? [];
}

function rowOf(read: Read, line: InvoiceLine): PaperRow {
  const quantity = line.quantity_decimal ?? line.quantity;
  const unit = line.pricing?.unit_amount_decimal ?? null;
  const isPeriod = line.period.end > line.period.start;
  return {
    text: line.description ?? "Item",
    notes: [
      ...(isPeriod ? [periodText(line.period.start, line.period.end)] : []),
      ...(line.discount_amounts ?? []).map(
        ({ amount, discount }) =>
          `${discountText(read, String(discount))}: ${moneyText(-amount, line.currency)}`,
      ),
    ],
    quantity: quantity === null ? "" : String(quantity),
    unit: unit === null ? "" : unitText(String(unit), line.currency),
    amount: moneyText(line.amount, line.currency),
  };
}

function totalsOf(read: Read, invoice: Invoice): Paper["totals"] {
  const money = (amount: number) => moneyText(amount, invoice.currency);
  const row = (label: string, amount: number) => (amount === 0 ? [] : [{ label, value: money(amount) }]);
  const lines = linesOf(read, invoice.id).reduce((sum, { amount }) => sum + amount, 0);
  const balance = (invoice.ending_balance ?? 0) - invoice.starting_balance;
  const finalized = invoice.status !== "draft";
  const state = invoice.status ?? "draft";
  return [
    { label: "Subtotal", value: money(lines) },
    ...(invoice.total_discount_amounts ?? []).map(({ amount, discount }) => ({
      label: discountText(read, String(discount)),
      value: money(-amount),
    })),
    ...row("Billing credits", -creditsOf(invoice)),
    ...(invoice.total_taxes ?? []).map((tax) => ({ label: taxText(read, tax), value: money(tax.amount) })),
    { label: "Total", value: money(invoice.total), strong: true },
    ...(finalized ? row(balance > 0 ? "Applied balance" : "Added to balance", -balance) : []),
    ...row("Credited before payment", -invoice.pre_payment_credit_notes_amount),
    ...row("Amount paid", -invoice.amount_paid),
    ...row("Credited after payment", -invoice.post_payment_credit_notes_amount),
    ...(state === "void"
      ? []
      : [{ label: "Amount due", value: money(invoice.amount_remaining), strong: true }]),
  ];
}

function creditsOf({ total_pretax_credit_amounts: amounts }: Invoice): number {
  return (amounts ?? [])
    .filter(({ type }) => type === "credit_balance_transaction")
    .reduce((sum, { amount }) => sum + amount, 0);
}
