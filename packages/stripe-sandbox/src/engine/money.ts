/** Exact fractions; `den` is positive. */
export interface Rational {
  num: bigint;
  den: bigint;
}

export function rational(num: bigint | number, den: bigint | number = 1): Rational {
  const [top, bottom] = [BigInt(num), BigInt(den)];
  return bottom < 0n ? { num: -top, den: -bottom } : { num: top, den: bottom };
}

export function fromDecimal(text: string): Rational {
  const [whole = "0", fraction = ""] = text.split(".");
  return rational(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
}

export function times(left: Rational, right: Rational): Rational {
  return { num: left.num * right.num, den: left.den * right.den };
}

export function plus(left: Rational, right: Rational): Rational {
  return { num: left.num * right.den + right.num * left.den, den: left.den * right.den };
}

export function minus(left: Rational, right: Rational): Rational {
  return plus(left, { num: -right.num, den: right.den });
}

/** Below zero when left is the smaller. */
export function compare(left: Rational, right: Rational): number {
  const { num } = minus(left, right);
  return num < 0n ? -1 : num > 0n ? 1 : 0;
}

/** To the nearest minor unit by magnitude; ties go away from zero. */
export function round(value: Rational): number {
  const magnitude = value.num < 0n ? -value.num : value.num;
  const rounded = (magnitude * 2n + value.den) / (value.den * 2n);
  return Number(value.num < 0n ? -rounded : rounded);
}

export function decimalText(value: Rational): string {
  const scale = 12n;
  const scaled = (value.num * 10n ** scale) / value.den;
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(Number(scale) + 1, "0");
  const fraction = digits.slice(-Number(scale)).replace(/0+$/, "");
  return `${scaled < 0n ? "-" : ""}${digits.slice(0, -Number(scale))}${fraction && `.${fraction}`}`;
}

const smallestCharges: Record<string, number> = {
  usd: 50,
  eur: 50,
  gbp: 30,
  cad: 50,
  aud: 50,
  nzd: 50,
  chf: 50,
  sgd: 50,
  brl: 50,
  inr: 50,
  dkk: 250,
  nok: 300,
  sek: 300,
  jpy: 50,
  hkd: 400,
  mxn: 1000,
  pln: 200,
  czk: 1500,
  huf: 17500,
  ron: 200,
  bgn: 100,
};

export function smallestCharge(currency: string): number {
  return smallestCharges[currency] ?? 1;
}
