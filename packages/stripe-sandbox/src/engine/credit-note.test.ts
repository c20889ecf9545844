import fc from "fast-check";
import { expect, it } from "vitest";
import { divide, settles, sliceOf } from "./credit-note";

it("credits in slices exactly the whole, whatever the slices are", () => {
  const slices = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(slices, fc.nat(20_000), (amounts, whole) => {
      const line = amounts.reduce((sum, amount) => sum + amount, 0);
      let before = 0;
      let total = 0;
      for (const amount of amounts) {
        total += sliceOf(whole, line, before, amount);
        before += amount;
      }
      expect(total).toBe(whole);
    }),
  );
});

it.each([
  [500, 2000, { prePayment: 500, postPayment: 0, type: "pre_payment" }],
  [500, 0, { prePayment: 0, postPayment: 500, type: "post_payment" }],
  [500, 200, { prePayment: 200, postPayment: 300, type: "mixed" }],
])("divides %i with %i to pay", (total, remaining, division) => {
  expect(divide(total, remaining)).toEqual(division);
});

it("wants what is given back to sum exactly", () => {
  expect(settles({ refunds: 100, credit: 50, outOfBand: 25 }, 175)).toBe(true);
  expect(settles({ refunds: 100, credit: 50, outOfBand: 25 }, 174)).toBe(false);
});
