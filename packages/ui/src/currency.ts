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
