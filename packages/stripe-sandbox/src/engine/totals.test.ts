import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DiscountTerms, discountedAlone, discountLines, splitByWeight } from "./discounts";
import { fromDecimal, rational, round } from "./money";
import { type RateTerms, taxLine } from "./taxes";
import { type PricedLine, totalsOf } from "./totals";

const percent = (id: string, off: string, products: string[] | null = null): DiscountTerms => ({
  id,
  percent: fromDecimal(off),
  amountOff: 0,
  products,
});
const sum = (id: string, amountOff: number): DiscountTerms => ({
  id,
  percent: null,
  amountOff,
  products: null,
});
const line = (amount: number, given: Partial<PricedLine> = {}): PricedLine => ({
  amount,
  discountable: true,
  product: "prod_a",
  own: [],
  rates: [],
  ...given,
});

describe("discountLines", () => {
  it("splits 5.00 off over 10.00 and 20.00 as 166 and 334", () => {
    const shares = discountLines([line(1000), line(2000)], [sum("five", 500)]);
    expect(shares).toEqual([[{ discount: "five", amount: 166 }], [{ discount: "five", amount: 334 }]]);
  });

  it.each([
    [999, "33.33", 333],
    [1, "50", 1],
    [1005, "10", 101],
    [2000, "100", 2000],
  ])("%i less %s %% takes %i", (amount, off, taken) => {
    expect(discountLines([line(amount)], [percent("p", off)])[0]?.[0]?.amount).toBe(taken);
  });

  it("goes from the line's own to the invoice's, each on what is left", () => {
    const own = [percent("own", "50")];
    const shares = discountLines([line(1000, { own })], [sum("a", 100), percent("b", "25")]);
    expect(shares[0]?.map(({ amount }) => amount)).toEqual([500, 100, 100]);
  });

  it("reaches only its products, and nothing that may not be discounted", () => {
    const lines = [line(1000), line(1000, { product: "prod_b" }), line(1000, { discountable: false })];
    const shares = discountLines(lines, [percent("b", "10", ["prod_b"]), percent("all", "10")]);
    expect(shares.map((parts) => parts.reduce((all, part) => all + part.amount, 0))).toEqual([100, 190, 0]);
  });

  it("leaves what a proration is about: the whole coupon on the one item", () => {
    const left = discountedAlone(rational(1000), "prod_a", [sum("five", 500)]);
    expect(round({ num: left.num, den: left.den * 2n })).toBe(250);
  });
});

it("takes exactly the sum and never more than a line has", () => {
  const weights = fc.array(fc.integer({ min: 0, max: 5_000_000 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(weights, fc.nat(), (amounts, wanted) => {
      const total = amounts.reduce((all, amount) => all + amount, 0);
      const off = Math.min(wanted, total);
      const shares = splitByWeight(off, amounts);
      expect(shares.reduce((all, share) => all + share, 0)).toBe(off);
      shares.forEach((share, at) => {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(amounts[at] ?? 0);
      });
    }),
  );
});

describe("taxLine", () => {
  it("finds an inclusive rate inside and puts an exclusive one on top", () => {
    const vat = { id: "vat", percentage: fromDecimal("20"), inclusive: true };
    const sales = { id: "sales", percentage: fromDecimal("8.25"), inclusive: false };
    expect(taxLine(1200, [vat])).toEqual([{ rate: "vat", inclusive: true, amount: 200, taxable: 1000 }]);
    expect(taxLine(1000, [sales])).toEqual([{ rate: "sales", inclusive: false, amount: 83, taxable: 1000 }]);
    expect(taxLine(1200, [vat, sales]).map(({ amount }) => amount)).toEqual([200, 83]);
  });
});

it("keeps its own sums: total = subtotal - discounts of the invoice + taxes on top", () => {
  const rates = fc.constantFrom<RateTerms[]>(
    [],
    [{ id: "in", percentage: fromDecimal("19"), inclusive: true }],
    [{ id: "out", percentage: fromDecimal("7.7"), inclusive: false }],
  );
  const terms = fc.constantFrom(percent("p", "12.5"), percent("q", "100"), sum("s", 700));
  const lines = fc.array(
    fc.record({
      amount: fc.integer({ min: -3000, max: 90_000 }),
      rates,
      own: fc.array(terms, { maxLength: 1 }),
    }),
    { maxLength: 6 },
  );
  const level = fc.array(
    terms.map((one) => ({ ...one, id: `invoice_${one.id}` })),
    { maxLength: 2 },
  );
  fc.assert(
    fc.property(lines, level, (given, invoiceLevel) => {
      const totals = totalsOf(
        given.map((one) => line(one.amount, one)),
        invoiceLevel,
      );
      const off = totals.discounts
        .filter(({ discount }) => discount.startsWith("invoice_"))
        .reduce((all, { amount }) => all + amount, 0);
      const tax = (inclusive: boolean) =>
        totals.taxes.filter((one) => one.inclusive === inclusive).reduce((all, one) => all + one.amount, 0);
      expect(totals.total).toBe(totals.subtotal - off + tax(false));
      expect(totals.totalExcludingTax).toBe(totals.total - tax(false) - tax(true));
    }),
  );
});
