// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { LocaleProvider } from "./locale";
import { formatMoney, Money } from "./money";

afterEach(cleanup);

const said = (amount: number | bigint, currency: string, locale = "en-GB") =>
  formatMoney(amount, currency, { locale }).replaceAll("\u00a0", " ");

describe("formatMoney", () => {
  it.each([
    [1452, "usd", "en-GB", "14.52 USD"],
    [123456, "EUR", "de-DE", "1.234,56 EUR"],
    [500000, "JPY", "en-GB", "500,000 JPY"],
    [12345, "KWD", "en-GB", "12.345 KWD"],
    [100000, "ISK", "en-GB", "1,000.00 ISK"],
    [-2900, "USD", "en-GB", "\u221229.00 USD"],
    [-12345, "KWD", "de-DE", "\u221212,345 KWD"],
    [-7, "JPY", "en-GB", "\u22127 JPY"],
    [-100, "ISK", "en-GB", "\u22121.00 ISK"],
    [0, "EUR", "en-GB", "0.00 EUR"],
    [9007199254740993n, "EUR", "en-GB", "90,071,992,547,409.93 EUR"],
  ])("says %s %s in %s as %s", (amount, currency, locale, text) => {
    expect(said(amount, currency, locale)).toBe(text);
  });

  it("puts a plus on credits when asked, and none on zero", () => {
    expect(formatMoney(500, "EUR", { locale: "en-GB", sign: "always" })).toBe("+5.00\u00a0EUR");
    expect(formatMoney(0, "EUR", { locale: "en-GB", sign: "always" })).toBe("0.00\u00a0EUR");
  });

  it("takes an exponent that differs from the table", () => {
    expect(formatMoney(12345, "EUR", { locale: "en-GB", exponent: 4 })).toBe("1.2345\u00a0EUR");
  });
});

describe("Money", () => {
  it("follows the locale around it and keeps figures under each other", () => {
    render(
      <LocaleProvider locale="de-DE">
        <Money amount={-1452} currency="eur" />
      </LocaleProvider>,
    );
    const code = screen.getByText("EUR");
    expect(code.parentElement?.textContent).toBe("\u221214,52\u00a0EUR");
    expect(code.parentElement?.className).toContain("tabular-nums");
    expect(code.className).toContain("text-quiet");
  });
});
