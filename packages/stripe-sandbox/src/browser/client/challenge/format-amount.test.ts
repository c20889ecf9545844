import { expect, it } from "vitest";
import { formatAmount } from "./format-amount";

it.each([
  [2900, "eur", "en", "€29.00"],
  [5, "usd", "en", "$0.05"],
  [1200, "jpy", "en", "¥1,200"],
  [1234, "kwd", "en", "KWD 1.234"],
])("shows %i minor units of %s in %s as %s", (amount, currency, locale, shown) => {
  expect(formatAmount(amount, currency, locale).replaceAll("\u00a0", " ")).toBe(shown);
});
