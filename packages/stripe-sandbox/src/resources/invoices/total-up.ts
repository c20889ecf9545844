import type { Share } from "../../engine/discounts";
import { amountDue } from "../../engine/invoice-totals";
import { fromDecimal } from "../../engine/money";
import type { TaxAnswer } from "../../engine/sandbox-tax";
import type { RateTerms, TaxShare } from "../../engine/taxes";
import { type PricedLine, totalsOf } from "../../engine/totals";
import type { Invoice, InvoiceLine } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { type AppliedCredit, creditsOn } from "../credit-grants/apply";
import { termsOf } from "../discounts/read";
import { taxOfInvoice } from "../tax/location";
import { automaticTaxOf } from "../tax/rates";
import { itemOfLine } from "./item-of-line";

/** While it is a draft, the invoice shows what it would come to: discounts, taxes, the customer's balance. */
export function totalUp(tx: Tx, id: string): Invoice {
  const invoice = tx.need("invoices", id);
  const lines = tx.by("invoice_lines", "invoice", id);
  const invoiceTerms = invoice.discounts.flatMap((discount) => termsOf(tx, discount, invoice.currency));
  const credits = creditsOn(tx, id);
  const place = invoice.automatic_tax.enabled ? taxOfInvoice(tx, invoice) : null;
  const reasons = new Map<string, string>();
  const priced = lines.map((line): PricedLine => {
    const rates = place ? automaticRates(tx, invoice, line, place, reasons) : ratesOf(tx, invoice, line);
    return { ...pricedLine(tx, invoice, line), rates };
  });
  const totals = totalsOf(
    priced,
    invoiceTerms,
    lines.map((line) => sumOf(credits.filter((credit) => credit.line === line.id))),
  );
  const shownTax = (tax: TaxShare) => taxOf(invoice, tax, reasons.get(tax.rate));
  lines.forEach((line, at) => {
    const { discounts = [], taxes = [] } = totals.lines[at] ?? {};
    tx.patch("invoice_lines", line.id, {
      discount_amounts: discounts,
      pretax_credit_amounts: [
        ...discounts.map(pretaxOf),
        ...credits.filter((credit) => credit.line === line.id).map(creditOf),
      ],
      taxes: taxes.map(shownTax),
    });
  });
  const balance = tx.get("customers", invoice.customer ?? "")?.balance ?? 0;
  const due = amountDue(totals.total, balance, invoice.currency).amountDue;
  return tx.patch("invoices", id, {
    ...(place && { automatic_tax: { ...invoice.automatic_tax, status: place.status } }),
    amount_due: due,
    amount_remaining: due,
    starting_balance: balance,
    subtotal: totals.subtotal,
    subtotal_excluding_tax: totals.subtotalExcludingTax,
    total: totals.total,
    total_discount_amounts: totals.discounts,
    total_excluding_tax: totals.totalExcludingTax,
    total_pretax_credit_amounts: [...totals.discounts.map(pretaxOf), ...credits.map(creditOf)],
    total_taxes: totals.taxes.map(shownTax),
  });
}

/** Without a place there is nothing to calculate; the invoice says so and cannot be finalized. */
function automaticRates(
  tx: Tx,
  invoice: Invoice,
  line: InvoiceLine,
  place: TaxAnswer,
  reasons: Map<string, string>,
): RateTerms[] {
  if (place.status !== "complete") return [];
  const { terms, reason } = automaticTaxOf(tx, invoice, line, place);
  reasons.set(terms.id, reason);
  return [terms];
}

function pricedLine(read: Read, invoice: Invoice, line: InvoiceLine): Omit<PricedLine, "rates"> {
  const own = line.discounts.flatMap((discount) => termsOf(read, discount, invoice.currency));
  const item = read.get("invoice_items", itemOfLine(line) ?? "");
  const fixed = item?.proration_details?.discount_amounts ?? [];
  return {
    amount: line.amount,
    discountable: line.discountable,
    ...(fixed.length > 0 && { fixed }),
    product: line.pricing?.price_details?.product ?? null,
    own: fixed.length > 0 ? [] : own,
  };
}

/** The line's own rates; without any, those of the invoice. Who is exempt pays none of them. */
function ratesOf(read: Read, invoice: Invoice, line: InvoiceLine): RateTerms[] {
  const named = read.get("line_rates", line.id)?.rates ?? [];
  const rates =
    named.length > 0 ? named.flatMap((id) => read.get("tax_rates", id) ?? []) : invoice.default_tax_rates;
  return rates.map((rate) => ({
    id: rate.id,
    percentage: isExempt(invoice) ? fromDecimal("0") : fromDecimal(String(rate.percentage)),
    inclusive: rate.inclusive,
  }));
}

function isExempt(invoice: Invoice): boolean {
  return invoice.customer_tax_exempt === "exempt" || invoice.customer_tax_exempt === "reverse";
}

function taxOf(
  invoice: Invoice,
  tax: TaxShare,
  automatic?: string,
): NonNullable<Invoice["total_taxes"]>[number] {
  const reasons: Record<string, string> = { exempt: "customer_exempt", reverse: "reverse_charge" };
  return {
    amount: tax.amount,
    tax_behavior: tax.inclusive ? "inclusive" : "exclusive",
    tax_rate_details: { tax_rate: tax.rate },
    taxability_reason: automatic ?? reasons[invoice.customer_tax_exempt ?? ""] ?? "not_available",
    taxable_amount: isExempt(invoice) ? 0 : tax.taxable,
    type: "tax_rate_details",
  };
}

function sumOf(parts: { amount: number }[]): number {
  return parts.reduce((sum, part) => sum + part.amount, 0);
}

function creditOf({ amount, id }: AppliedCredit) {
  return { amount, credit_balance_transaction: id, type: "credit_balance_transaction" };
}

function pretaxOf(share: Share) {
  return { amount: share.amount, discount: share.discount, type: "discount" };
}
