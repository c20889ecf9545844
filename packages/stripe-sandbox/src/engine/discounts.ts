import { compare, minus, type Rational, rational, round, times } from "./money";

/** What one discount takes off: a share of each line, or a sum over all the lines it reaches. */
export interface DiscountTerms {
  id: string;
  percent: Rational | null;
  amountOff: number;
  /** Null reaches every product. */
  products: string[] | null;
}

export interface DiscountableLine {
  amount: number;
  discountable: boolean;
  product: string | null;
  /** The line's own discounts; they go before those of the invoice. */
  own: DiscountTerms[];
  /** What was taken off when the line was made; then nothing else is. */
  fixed?: Share[];
}

export interface Share {
  discount: string;
  amount: number;
}

/** What each discount takes off each line, in order, each on what the ones before it left. */
export function discountLines(lines: DiscountableLine[], invoiceLevel: DiscountTerms[]): Share[][] {
  const left = lines.map((line) => (line.discountable && !line.fixed ? Math.max(0, line.amount) : 0));
  const shares: Share[][] = lines.map((line) => [...(line.fixed ?? [])]);
  const take = (terms: DiscountTerms, reached: number[]) => {
    const taken = takeOff(
      terms,
      reached.map((at) => left[at] ?? 0),
    );
    taken.forEach((amount, position) => {
      const at = reached[position] ?? 0;
      left[at] = (left[at] ?? 0) - amount;
      if (amount > 0) shares[at]?.push({ discount: terms.id, amount });
    });
  };
  lines.forEach((line, at) => {
    for (const terms of line.own) if (reaches(terms, line)) take(terms, [at]);
  });
  for (const terms of invoiceLevel) {
    const reached = lines.flatMap((line, at) => (reaches(terms, line) && (left[at] ?? 0) > 0 ? [at] : []));
    take(terms, reached);
  }
  return shares;
}

function reaches(terms: DiscountTerms, line: DiscountableLine): boolean {
  return terms.products === null || (line.product !== null && terms.products.includes(line.product));
}

function takeOff(terms: DiscountTerms, left: number[]): number[] {
  const { percent } = terms;
  if (percent) return left.map((amount) => percentOff(amount, percent));
  const total = left.reduce((sum, amount) => sum + amount, 0);
  return splitByWeight(Math.min(terms.amountOff, total), left);
}

/** Per line, to the nearest minor unit; ties away from zero. */
function percentOff(amount: number, percent: Rational): number {
  return Math.min(amount, round(times(rational(amount), { num: percent.num, den: percent.den * 100n })));
}

/** Each share rounded down, the remainder to the last line that can bear it. */
export function splitByWeight(sum: number, weights: number[]): number[] {
  const total = weights.reduce((all, weight) => all + weight, 0);
  if (total === 0) return weights.map(() => 0);
  const shares = weights.map((weight) => Number((BigInt(sum) * BigInt(weight)) / BigInt(total)));
  let remainder = sum - shares.reduce((all, share) => all + share, 0);
  for (let at = shares.length - 1; at >= 0 && remainder > 0; at--) {
    const more = Math.min(remainder, (weights[at] ?? 0) - (shares[at] ?? 0));
    shares[at] = (shares[at] ?? 0) + more;
    remainder -= more;
  }
  return shares;
}

/** What a single amount keeps when these discounts apply to it alone, as a proration needs it. */
export function discountedAlone(full: Rational, product: string | null, terms: DiscountTerms[]): Rational {
  return takenAlone(full, product, terms).reduce((left, { off }) => minus(left, off), full);
}

export interface Taken {
  discount: string;
  off: Rational;
}

/** What each of them takes off on the way. */
export function takenAlone(full: Rational, product: string | null, terms: DiscountTerms[]): Taken[] {
  const line = { product, amount: 0, discountable: true, own: [] };
  let left = full;
  return terms
    .filter((one) => reaches(one, line))
    .map(({ id, percent, amountOff }): Taken => {
      const share = percent
        ? times(left, { num: percent.num, den: percent.den * 100n })
        : rational(amountOff);
      const off = compare(share, left) > 0 ? left : share;
      left = minus(left, off);
      return { discount: id, off };
    });
}
