const zeroDecimal = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split(" ");
const threeDecimal = "BHD JOD KWD OMR TND".split(" ");

/** Digits after the point in Stripe's amounts; for ISK, UGX, HUF and TWD that is two, unlike in ISO 4217. */
export function currencyExponent(currency: string): number {
  const code = currency.toUpperCase();
  if (zeroDecimal.includes(code)) return 0;
  return threeDecimal.includes(code) ? 3 : 2;
}

/** "-1234" with exponent 2 is "-12.34": exact for amounts of any length, which division is not. */
export function decimalString(amount: number | bigint, exponent: number): `${number}` {
  const negative = amount < 0;
  const digits = String(negative ? -amount : amount).padStart(exponent + 1, "0");
  const split = digits.length - exponent;
  const decimal = exponent === 0 ? digits : `${digits.slice(0, split)}.${digits.slice(split)}`;
  return `${negative ? "-" : ""}${decimal}` as `${number}`;
}

/**
 * Reads what a person typed in their locale; undefined if it is not an amount of this currency.
 * Separators must stand where the locale puts them: a German "14.52" is refused, not read as 1452.
 */
export function parseMinorUnits(text: string, currency: string, locale: string): number | undefined {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(1234567.8);
  const separator = (type: "group" | "decimal") =>
    `[${plainSeparators(parts.find((part) => part.type === type)?.value ?? ".")}]`;
  const shape = new RegExp(
    `^(-?)(\\d+|\\d{1,3}(?:${separator("group")}\\d{2,3})*${separator("group")}\\d{3})(?:${separator("decimal")}(\\d*))?$`,
  );
  const match = shape.exec(plainSeparators(text.trim()).replace(/^\u2212/, "-"));
  const exponent = currencyExponent(currency);
  const [, sign = "", whole = "", fraction = ""] = match ?? [];
  if (!match || fraction.length > exponent) return undefined;
  const minor = Number(`${sign}${whole.replaceAll(/\D/g, "")}${fraction.padEnd(exponent, "0")}`);
  return Number.isSafeInteger(minor) ? minor : undefined;
}

function plainSeparators(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, " ").replaceAll("\u2019", "'");
}
