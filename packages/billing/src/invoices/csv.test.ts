import { describe, expect, it } from "vitest";
import { csvCell, csvRow } from "./csv";
import { amountText, totalsMeant } from "./filters";

describe("a cell of a table file", () => {
  it.each([
    ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["+1 555", "'+1 555"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"],
    ["  =1+1", "'  =1+1"],
    ["\t=1", "'\t=1"],
  ])("that looks like a formula is text: %j", (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  it("keeps amounts as numbers, also negative ones", () => {
    expect(csvCell("-12.50")).toBe("-12.50");
    expect(csvCell("0")).toBe("0");
  });

  it("quotes what would break the row", () => {
    expect(csvRow(['Łódź, "Ö"', "a\nb", "c"])).toBe('"Łódź, ""Ö""","a\nb",c\r\n');
  });
});

describe("an amount as text", () => {
  it.each([
    [123456, "usd", "1234.56"],
    [5, "usd", "0.05"],
    [-5, "eur", "-0.05"],
    [2900, "jpy", "2900"],
    [0, "jpy", "0"],
    [30500, "kwd", "30.500"],
    [7, "kwd", "0.007"],
  ])("%i of %s is %s", (amount, currency, text) => {
    expect(amountText(amount, currency)).toBe(text);
  });
});

describe("an amount that is looked for", () => {
  it("is one thing in each currency", () => {
    expect(totalsMeant("49.5")).toMatchObject({ "*": "4950", kwd: "49500", jpy: "-1" });
    expect(totalsMeant("€1,234")).toMatchObject({ "*": "123400", jpy: "1234", kwd: "1234000" });
    expect(totalsMeant("30.505 KWD")).toMatchObject({ kwd: "30505" });
    expect(totalsMeant("30.505")["*"]).toBeUndefined();
  });

  it("is none in a number of an invoice, or in anything else", () => {
    for (const text of ["AB12-0001", "%", "1e5", "-5", "99999999999999", ""])
      expect(totalsMeant(text)).toEqual({});
  });
});
