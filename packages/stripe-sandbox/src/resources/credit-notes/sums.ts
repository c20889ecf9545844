import type { CreditNote, CreditNoteLine } from "../../tables";

type Sums = Pick<
  CreditNote,
  | "discount_amount"
  | "discount_amounts"
  | "pretax_credit_amounts"
  | "subtotal"
  | "subtotal_excluding_tax"
  | "total"
  | "total_excluding_tax"
  | "total_taxes"
>;
type Tax = NonNullable<CreditNoteLine["taxes"]>[number];

export function sumLines(lines: CreditNoteLine[]): Sums {
  const subtotal = sum(lines, (line) => line.amount);
  const discount = sum(lines, (line) => line.discount_amount);
  const taxes = lines.flatMap((line) => line.taxes ?? []);
  const byBehavior = (behavior: string) =>
    sum(taxes, (tax) => (tax.tax_behavior === behavior ? tax.amount : 0));
  return {
    discount_amount: discount,
    discount_amounts: merged(
      lines.flatMap((line) => line.discount_amounts),
      (one) => one.discount,
    ),
    pretax_credit_amounts: merged(
      lines.flatMap((line) => line.pretax_credit_amounts),
      (one) => one.discount ?? "",
    ),
    subtotal,
    subtotal_excluding_tax: subtotal - byBehavior("inclusive"),
    total: subtotal - discount + byBehavior("exclusive"),
    total_excluding_tax: subtotal - discount - byBehavior("inclusive"),
    total_taxes: mergedTaxes(taxes),
  };
}

function sum<T>(rows: T[], of: (row: T) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

function merged<T extends { amount: number }>(parts: T[], keyOf: (part: T) => string): T[] {
  const byKey = new Map<string, T>();
  for (const part of parts) {
    const seen = byKey.get(keyOf(part));
    byKey.set(keyOf(part), seen ? { ...seen, amount: seen.amount + part.amount } : part);
  }
  return [...byKey.values()];
}

function mergedTaxes(taxes: Tax[]): Tax[] {
  const byRate = new Map<string, Tax>();
  for (const tax of taxes) {
    const key = tax.tax_rate_details?.tax_rate ?? "";
    const seen = byRate.get(key);
    const taxable = (seen?.taxable_amount ?? 0) + (tax.taxable_amount ?? 0);
    byRate.set(key, { ...tax, amount: tax.amount + (seen?.amount ?? 0), taxable_amount: taxable });
  }
  return [...byRate.values()];
}
