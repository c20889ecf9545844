import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { currencyExponent, formatMoney, minorUnits } from "./money";

describe("currencyExponent", () => {
  it.each([
    ["usd", 2],
    ["JPY", 0],
    ["kwd", 3],
    ["isk", 2],
    ["ugx", 2],
    ["huf", 2],
    ["clp", 0],
  ])("of %s is %i, as at Stripe", (currency, exponent) => {
    expect(currencyExponent(currency)).toBe(exponent);
  });
});

describe("minorUnits", () => {
  it("keeps every amount that a number can hold", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (amount) => {
        expect(minorUnits(BigInt(amount))).toBe(amount);
      }),
    );
  });

  it.each([9_007_199_254_740_993n, -9_007_199_254_740_993n])("throws rather than round %s", (amount) => {
    expect(() => minorUnits(amount)).toThrow(RangeError);
  });
});

describe("formatMoney", () => {
  it.each([
    [{ amount: 9900, currency: "usd" }, "$99.00"],
    [{ amount: 1, currency: "eur" }, "€0.01"],
    [{ amount: 14_900, currency: "jpy" }, "¥14,900"],
    [{ amount: 1_234, currency: "kwd" }, "KWD 1.234"],
    [{ amount: 150_000, currency: "isk" }, "ISK 1,500.00"],
  ])("says %j as %s", (money, text) => {
    expect(formatMoney(money).replaceAll("\u00a0", " ")).toBe(text);
  });
});
