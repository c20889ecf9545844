import { describe, expect, it } from "vitest";
import { currencyExponent, decimalString } from "./currency";

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
