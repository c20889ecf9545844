import { describe, expect, it } from "vitest";
import { currencyExponent, decimalString, parseMinorUnits } from "./currency";

describe("currencyExponent", () => {
  it.each([
    ["USD", 2],
    ["jpy", 0],
    ["KWD", 3],
    ["ISK", 2],
    ["UGX", 2],
    ["HUF", 2],
    ["TWD", 2],
    ["CLP", 0],
    ["tnd", 3],
  ])("counts %s with %i digits, as Stripe does", (currency, exponent) => {
    expect(currencyExponent(currency)).toBe(exponent);
  });
});

describe("decimalString", () => {
  it.each([
    [0, 2, "0.00"],
    [-5, 2, "-0.05"],
    [1452, 2, "14.52"],
    [12345, 3, "12.345"],
    [500, 0, "500"],
    [9007199254740993001n, 2, "90071992547409930.01"],
  ])("writes %s with exponent %i as %s", (amount, exponent, text) => {
    expect(decimalString(amount, exponent)).toBe(text);
  });
});

describe("parseMinorUnits", () => {
  it.each([
    ["14.52", "EUR", "en-GB", 1452],
    ["1,234.5", "USD", "en-GB", 123450],
    ["1.234,50", "EUR", "de-DE", 123450],
    ["14,52", "EUR", "de-DE", 1452],
    ["1 234,50", "EUR", "fr-FR", 123450],
    ["1’234.50", "CHF", "de-CH", 123450],
    ["1'234.50", "CHF", "de-CH", 123450],
    ["12,34,567", "INR", "en-IN", 123456700],
    ["29", "EUR", "en-GB", 2900],
    ["500", "JPY", "en-GB", 500],
    ["1.005", "KWD", "en-GB", 1005],
    ["\u22123.10", "EUR", "en-GB", -310],
    ["0.29", "USD", "en-GB", 29],
  ])("reads %s %s in %s as %i", (text, currency, locale, minor) => {
    expect(parseMinorUnits(text, currency, locale)).toBe(minor);
  });

  it.each([
    ["", "EUR"],
    ["abc", "EUR"],
    ["1.234", "EUR"],
    ["1.5", "JPY"],
    ["1.2.3", "EUR"],
    ["1e3", "EUR"],
    ["99999999999999999", "EUR"],
  ])("refuses %j in %s", (text, currency) => {
    expect(parseMinorUnits(text, currency, "en-GB")).toBeUndefined();
  });

  it("does not take a German point for a decimal one", () => {
    expect(parseMinorUnits("14.52", "EUR", "de-DE")).toBeUndefined();
    expect(parseMinorUnits("1.452", "EUR", "de-DE")).toBe(145200);
    expect(parseMinorUnits("1.2.345,00", "EUR", "de-DE")).toBeUndefined();
  });
});
