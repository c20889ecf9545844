import type { InvoiceFilter } from "../db/sql/invoices";
import { currenciesByExponent, currencyExponent } from "../money";
import type { InvoiceFilters } from "./schemas";

/** What was typed may be a part of a number or an amount; it is looked for as both. */
export function filterOf({ status, from, to, search }: InvoiceFilters): InvoiceFilter {
  return { status, from, to, number: search || null, totals: search ? totalsMeant(search) : {} };
}

const decimalAmount = /^(\d{1,12})(?:\.(\d{1,3}))?$/;

/** An amount in minor units for every currency in which it is one: 49.5 is 4950 cents and no yen. */
export function totalsMeant(text: string): Record<string, string> {
  const plain = text.replace(/^(\p{Sc}|[a-z]{3}\s)|(\p{Sc}|\s[a-z]{3})$/giu, "").replace(/[\s,'’]/g, "");
  const [, whole, fraction = ""] = decimalAmount.exec(plain) ?? [];
  if (whole === undefined) return {};
  const inMinorUnits = (exponent: number) =>
    fraction.length > exponent ? null : `${whole}${fraction.padEnd(exponent, "0")}`;
  const usual = inMinorUnits(2);
  const others = currenciesByExponent.flatMap(({ exponent, currencies }) =>
    currencies.map((currency) => [currency, inMinorUnits(exponent) ?? "-1"] as const),
  );
  return { ...Object.fromEntries(others), ...(usual === null ? {} : { "*": usual }) };
}

/** In the units people count in, exactly, with as many decimals as the currency has. */
export function amountText(amount: number, currency: string): string {
  const exponent = currencyExponent(currency);
  const digits = String(Math.abs(amount)).padStart(exponent + 1, "0");
  const at = digits.length - exponent;
  const text = exponent === 0 ? digits : `${digits.slice(0, at)}.${digits.slice(at)}`;
  return amount < 0 ? `-${text}` : text;
}
