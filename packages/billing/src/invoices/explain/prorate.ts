import type { ExplanationPart, ProrationBasis } from "../explanation";
import { decimal, decimalText, type Exact, exact, isLess, minus, rounded, times } from "./exact";
import type { CouponTerms, CreditedLine, ExplainedLine, Span } from "./known";

type Prorated = Extract<ExplanationPart, { kind: "unused" | "remaining" }>;

/** A full price, and where it comes from. */
export interface Full {
  cost: Exact;
  basis: ProrationBasis;
}

/** The part of a period that the line is for, by the first full price and period that give exactly its amount. */
export function proratedPart(
  line: ExplainedLine,
  fulls: readonly Full[],
  periods: readonly Span[],
): Prorated | null {
  const from = line.start;
  const until = line.end;
  const size = Math.abs(line.amount);
  for (const near of [false, true]) {
    for (const { cost, basis } of fulls) {
      for (const { start, end } of periods) {
        if (start > from || end < until || end <= start) continue;
        const share = times(cost, exact(until - from, end - start));
        if (near ? !isNear(share, size) : rounded(share) !== size) continue;
        return {
          kind: line.amount < 0 ? "unused" : "remaining",
          amount: line.amount,
          full: decimalText(cost),
          basis,
          from: iso(from),
          until: iso(until),
          seconds: until - from,
          wholeSeconds: end - start,
        };
      }
    }
  }
  return null;
}

/** How halves are rounded is the one thing Stripe does not document. */
const isNear = (share: Exact, size: number): boolean =>
  isLess(minus(share, exact(size)), exact(1)) && isLess(minus(exact(size), share), exact(1));

/** What an earlier line charged, after and before its discounts. */
export const fullsOfLine = ({ amount, off, invoiceId, invoiceNumber }: CreditedLine): Full[] => {
  const basis = { kind: "line", invoiceId, invoiceNumber, charged: amount } as const;
  const net = { cost: exact(amount - off), basis: { ...basis, off } };
  return off === 0 ? [net] : [net, { cost: exact(amount), basis: { ...basis, off: 0 } }];
};

/** The price, as it is and with the discounts that may have been on it. */
export function fullsOfPrice(
  cost: Exact,
  shown: { quantity: string; unitAmount: string | null },
  coupons: readonly CouponTerms[],
): Full[] {
  const basis = (off: Exact): ProrationBasis => ({ kind: "price", ...shown, off: decimalText(off) });
  const combinations = [[], ...coupons.map((coupon) => [coupon]), ...(coupons.length > 1 ? [coupons] : [])];
  return combinations.map((combination) => {
    const left = combination.reduce(takeOff, cost);
    return { cost: left, basis: basis(minus(cost, left)) };
  });
}

function takeOff(left: Exact, { percentOff, amountOff }: CouponTerms): Exact {
  const off =
    percentOff === null ? exact(amountOff ?? 0) : times(left, times(decimal(percentOff), exact(1, 100)));
  return isLess(left, off) ? exact(0) : minus(left, off);
}

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
