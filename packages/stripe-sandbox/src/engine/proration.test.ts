import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromDecimal, rational, round } from "./money";
import { creditsForSpans, remainingAmount } from "./proration";

const day = 86_400;
const period = { start: 0, end: 30 * day };

it.each([
  [2000, 20, 667],
  [1000, 20, 333],
  [1000, 0, 1000],
  [1000, 30, 0],
  [1000, 31, 0],
  [917, 15, 459],
])("%i with %i of 30 days gone leaves %i", (amount, days, left) => {
  expect(remainingAmount(rational(amount), days * day, period)).toBe(left);
});

describe("round", () => {
  it.each([
    ["0.5", 1],
    ["-0.5", -1],
    ["1.4999999999", 1],
    ["-1.5", -2],
    ["2.5", 3],
  ])("%s is %i", (text, whole) => {
    const value = text.startsWith("-")
      ? rational(-fromDecimal(text.slice(1)).num, fromDecimal(text.slice(1)).den)
      : fromDecimal(text);
    expect(round(value)).toBe(whole);
  });
});

it("never gives back more than was billed", () => {
  const amount = fc.integer({ min: 0, max: 10_000_000 });
  fc.assert(
    fc.property(amount, fc.integer({ min: 0, max: 31 * day }), (billed, at) => {
      const credits = creditsForSpans([{ amount: billed, ...period }], at);
      const total = credits.reduce((sum, credit) => sum + credit.amount, 0);
      expect(total).toBeLessThanOrEqual(0);
      expect(-total).toBeLessThanOrEqual(billed);
    }),
  );
});
