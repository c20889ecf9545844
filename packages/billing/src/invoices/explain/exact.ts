/** An exact number: amounts are rounded once, at the end. */
export interface Exact {
  num: bigint;
  /** Positive. */
  den: bigint;
}

export const exact = (whole: number | bigint, den: number | bigint = 1): Exact => ({
  num: BigInt(whole),
  den: BigInt(den),
});

/** A decimal as Stripe writes it. */
export function decimal(text: string): Exact {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  return { num: BigInt(`${sign}${whole}${fraction}`), den: 10n ** BigInt(fraction.length) };
}

export const times = (a: Exact, b: Exact): Exact => ({ num: a.num * b.num, den: a.den * b.den });
export const plus = (a: Exact, b: Exact): Exact => ({
  num: a.num * b.den + b.num * a.den,
  den: a.den * b.den,
});
export const minus = (a: Exact, b: Exact): Exact => plus(a, { num: -b.num, den: b.den });
export const isLess = (a: Exact, b: Exact): boolean => a.num * b.den < b.num * a.den;
export const least = (a: Exact, b: Exact): Exact => (isLess(b, a) ? b : a);

/** To the nearest whole number, halves away from zero. */
export function rounded({ num, den }: Exact): number {
  const size = num < 0n ? -num : num;
  const whole = Number((2n * size + den) / (2n * den));
  return num < 0n ? -whole || 0 : whole;
}

/** How many whole numbers are in it; `up` counts a begun one. */
export function wholes({ num, den }: Exact, up: boolean): bigint {
  return up ? (num + den - 1n) / den : num / den;
}

/** For a reader: at most this many decimals, without zeros at the end. */
export function decimalText({ num, den }: Exact, places = 6): string {
  const scaled = rounded({ num: num * 10n ** BigInt(places), den });
  const digits = String(Math.abs(scaled)).padStart(places + 1, "0");
  const text = `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, "");
  return scaled < 0 ? `-${text}` : text;
}

/** Whole numbers that add up to the whole: the largest remainders are rounded up. */
export function splitExactly(whole: number, shares: readonly Exact[]): number[] {
  const floors = shares.map(({ num, den }) => (num - (((num % den) + den) % den)) / den);
  let left = whole - Number(floors.reduce((sum, floor) => sum + floor, 0n));
  const parts = floors.map(Number);
  const order = shares
    .map((share, at) => ({ at, rest: minus(share, exact(floors[at] ?? 0n)) }))
    .sort((a, b) => (isLess(a.rest, b.rest) ? 1 : isLess(b.rest, a.rest) ? -1 : a.at - b.at));
  for (let turn = 0; left !== 0 && order.length > 0; turn++) {
    const at = order[turn % order.length]?.at ?? 0;
    parts[at] = (parts[at] ?? 0) + Math.sign(left);
    left -= Math.sign(left);
  }
  return parts;
}
