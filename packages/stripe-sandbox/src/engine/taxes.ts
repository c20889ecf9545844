import { plus, type Rational, rational, round, times } from "./money";

export interface RateTerms {
  id: string;
  percentage: Rational;
  inclusive: boolean;
}

export interface TaxShare {
  rate: string;
  inclusive: boolean;
  amount: number;
  taxable: number;
}

const hundred = rational(100);

/** Inclusive rates are found inside the amount, exclusive ones come on top of what is left without them. */
export function taxLine(net: number, rates: RateTerms[]): TaxShare[] {
  const inside = insideOf(rates);
  const inclusive = rates
    .filter((rate) => rate.inclusive)
    .map((rate) => ({ rate, amount: round(times(rational(net), over(rate.percentage, inside))) }));
  const base = net - inclusive.reduce((sum, { amount }) => sum + amount, 0);
  return rates.map((rate) => {
    const found = inclusive.find((one) => one.rate === rate);
    const amount = found
      ? found.amount
      : round(times(rational(base), { num: rate.percentage.num, den: rate.percentage.den * 100n }));
    return { rate: rate.id, inclusive: rate.inclusive, amount, taxable: base };
  });
}

/** The amount without the taxes that are inside it. */
export function withoutInclusive(amount: number, rates: RateTerms[]): number {
  const taxes = taxLine(
    amount,
    rates.filter((rate) => rate.inclusive),
  );
  return amount - taxes.reduce((sum, tax) => sum + tax.amount, 0);
}

function insideOf(rates: RateTerms[]): Rational {
  return rates.filter((rate) => rate.inclusive).reduce((sum, rate) => plus(sum, rate.percentage), hundred);
}

function over(top: Rational, bottom: Rational): Rational {
  return { num: top.num * bottom.den, den: top.den * bottom.num };
}
