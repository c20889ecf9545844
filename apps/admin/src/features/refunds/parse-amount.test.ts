import { expect, test } from "vitest";
import { amountText, parseAmount } from "./parse-amount";

test.each([
  ["49.50", "usd", 4950],
  ["49,50", "eur", 4950],
  ["49,5", "eur", 4950],
  ["49", "usd", 4900],
  ["49.", "usd", 4900],
  [".5", "usd", 50],
  ["0,05", "usd", 5],
  ["$49.50", "usd", 4950],
  ["49,50 €", "eur", 4950],
  ["USD 49.50", "usd", 4950],
  ["  1,234.50 ", "usd", 123450],
  ["1.234,50", "eur", 123450],
  ["1 234,50", "eur", 123450],
  ["1\u00a0234\u202f567,89", "eur", 123456789],
  ["1'234.50", "chf", 123450],
  ["1,234", "usd", 123400],
  ["1,234,567", "usd", 123456700],
  ["1.234.567", "eur", 123456700],
  ["0049.50", "usd", 4950],
  ["1.10", "usd", 110],
  ["19.99", "usd", 1999],
  ["4.35", "usd", 435],
  ["500", "jpy", 500],
  ["1,500", "jpy", 1500],
  ["1 500", "jpy", 1500],
  ["¥1500", "jpy", 1500],
  ["1.250", "kwd", 1250],
  ["1,25", "kwd", 1250],
  ["12.5", "kwd", 12500],
  ["1,234.560", "kwd", 1234560],
  ["500", "isk", 50000],
  ["90071992547409.91", "usd", 9007199254740991],
] as const)("%s in %s is %s", (text, currency, amount) => {
  const parsed = parseAmount(text, currency);
  expect(parsed.ok ? parsed.amount : null).toBe(amount);
});

test.each([
  ["", "usd", "Enter an amount."],
  ["   ", "usd", "Enter an amount."],
  ["0", "usd", "Enter an amount above zero."],
  ["0.00", "usd", "Enter an amount above zero."],
  ["-5", "usd", "Enter an amount above zero."],
  ["−5", "usd", "Enter an amount above zero."],
  ["ten", "usd", "Use digits only, for example 1234.50."],
  ["1e3", "usd", "Use digits only, for example 1234.50."],
  ["12 34", "usd", "Use digits only, for example 1234.50."],
  [".", "usd", "Use digits only, for example 1234.50."],
  ["49.505", "usd", "USD has 2 decimals."],
  ["49,5055", "eur", "EUR has 2 decimals."],
  ["5.0", "jpy", "JPY has no decimals."],
  ["5.5", "jpy", "JPY has no decimals."],
  ["1.23456", "kwd", "KWD has 3 decimals."],
  ["1,250", "kwd", "We cannot tell what 1,250 means. Write it like 1234.500."],
  ["1,23,456", "usd", "We cannot tell what 1,23,456 means. Write it like 1234.50."],
  ["1.2.3", "usd", "We cannot tell what 1.2.3 means. Write it like 1234.50."],
  ["1,234.5,0", "usd", "We cannot tell what 1,234.5,0 means. Write it like 1234.50."],
  ["1.255", "kwd", "KWD moves in steps of 0.010."],
  ["5.50", "isk", "ISK moves in steps of 1.00."],
  ["90071992547409.92", "usd", "This amount is too large."],
] as const)("%j in %s is refused: %s", (text, currency, problem) => {
  expect(parseAmount(text, currency)).toEqual({ ok: false, problem });
});

test.each([
  [9900, "usd", "99.00"],
  [5, "usd", "0.05"],
  [500, "jpy", "500"],
  [1250, "kwd", "1.250"],
  [10, "kwd", "0.010"],
] as const)("%i %s is written %s", (amount, currency, text) => {
  expect(amountText(amount, currency)).toBe(text);
});

test("every amount survives being written and read again", () => {
  for (const [currency, step] of [
    ["usd", 1],
    ["jpy", 1],
    ["kwd", 10],
  ] as const) {
    for (let amount = step; amount <= 12_000; amount += step) {
      expect(parseAmount(amountText(amount, currency), currency)).toEqual({ ok: true, amount });
    }
  }
});
