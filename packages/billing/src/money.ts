/** An amount in the currency's minor units, as Stripe counts them; the currency in lower case. */
export interface Money {
  amount: number;
  currency: string;
}

// Stripe's exponents, not those of `Intl`: ISK, UGX, HUF and TWD have two decimals at Stripe.
const zeroDecimal = "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" ");
const threeDecimal = "bhd jod kwd omr tnd".split(" ");

/** Those that do not have two decimals. */
export const currenciesByExponent = [
  { exponent: 0, currencies: zeroDecimal },
  { exponent: 3, currencies: threeDecimal },
] as const;

/** How many decimals the currency's minor unit has at Stripe. */
export function currencyExponent(currency: string): 0 | 2 | 3 {
  const code = currency.toLowerCase();
  if (zeroDecimal.includes(code)) return 0;
  return threeDecimal.includes(code) ? 3 : 2;
}

/** A database amount as a number. Throws rather than lose a unit: JSON and `Intl` count in doubles. */
export function minorUnits(amount: bigint): number {
  const value = Number(amount);
  if (!Number.isSafeInteger(value)) throw new RangeError(`amount ${amount} does not fit a number`);
  return value;
}

/** For sentences in errors and the audit log; screens format by the reader's locale. */
export function formatMoney({ amount, currency }: Money, locale = "en"): string {
  const exponent = currencyExponent(currency);
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: currency.toUpperCase(),
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  }).format(amount / 10 ** exponent);
}
