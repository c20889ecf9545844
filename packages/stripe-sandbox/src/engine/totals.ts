import { type DiscountableLine, type DiscountTerms, discountLines, type Share } from "./discounts";
import { type RateTerms, type TaxShare, taxLine, withoutInclusive } from "./taxes";

export interface PricedLine extends DiscountableLine {
  rates: RateTerms[];
}

export interface LineOutcome {
  discounts: Share[];
  taxes: TaxShare[];
}

export interface Totals {
  lines: LineOutcome[];
  discounts: Share[];
  taxes: TaxShare[];
  /** Before discounts of the invoice and taxes on top; the lines' own discounts are in it. */
  subtotal: number;
  subtotalExcludingTax: number;
  total: number;
  totalExcludingTax: number;
}

/** `credit` is what billing credits pay of each line, after discounts and before taxes. */
export function totalsOf(lines: PricedLine[], invoiceLevel: DiscountTerms[], credit: number[] = []): Totals {
  const shares = discountLines(lines, invoiceLevel);
  const outcomes = lines.map((line, at): LineOutcome => {
    const discounts = shares[at] ?? [];
    return { discounts, taxes: taxLine(line.amount - sumOf(discounts) - (credit[at] ?? 0), line.rates) };
  });
  const afterOwn = lines.map((line, at) => {
    const own = new Set(ownOf(line, invoiceLevel));
    return line.amount - sumOf((shares[at] ?? []).filter(({ discount }) => own.has(discount)));
  });
  const taxes = outcomes.flatMap((line) => line.taxes);
  const net =
    lines.reduce((sum, line) => sum + line.amount, 0) -
    sumOf(shares.flat()) -
    credit.reduce((sum, amount) => sum + amount, 0);
  const inclusive = sumOf(taxes.filter((tax) => tax.inclusive));
  return {
    lines: outcomes,
    discounts: merge(shares.flat(), (share) => share.discount),
    taxes: mergeTaxes(taxes),
    subtotal: afterOwn.reduce((sum, amount) => sum + amount, 0),
    subtotalExcludingTax: afterOwn.reduce(
      (sum, amount, at) => sum + withoutInclusive(amount, lines[at]?.rates ?? []),
      0,
    ),
    total: net + sumOf(taxes.filter((tax) => !tax.inclusive)),
    totalExcludingTax: net - inclusive,
  };
}

/** Those that are not the invoice's, too. */
function ownOf(line: PricedLine, invoiceLevel: DiscountTerms[]): string[] {
  const shared = new Set(invoiceLevel.map(({ id }) => id));
  const fixed = (line.fixed ?? []).map(({ discount }) => discount);
  return [...line.own.map(({ id }) => id), ...fixed.filter((id) => !shared.has(id))];
}

function sumOf(parts: { amount: number }[]): number {
  return parts.reduce((sum, part) => sum + part.amount, 0);
}

export function merge<T extends { amount: number }>(parts: T[], keyOf: (part: T) => string): T[] {
  const merged = new Map<string, T>();
  for (const part of parts) {
    const seen = merged.get(keyOf(part));
    merged.set(keyOf(part), seen ? { ...seen, amount: seen.amount + part.amount } : part);
  }
  return [...merged.values()];
}

export function mergeTaxes(taxes: TaxShare[]): TaxShare[] {
  const merged = new Map<string, TaxShare>();
  for (const tax of taxes) {
    const seen = merged.get(tax.rate);
    merged.set(
      tax.rate,
      seen ? { ...tax, amount: seen.amount + tax.amount, taxable: seen.taxable + tax.taxable } : tax,
    );
  }
  return [...merged.values()];
}
