import { describe, expect, it } from "vitest";
import { brandNamed, brandOf, unknownBrand } from "./card-brand";
import { cardProblems, cvcProblem, expiryProblem, numberProblem, passesLuhn } from "./card-validation";

const now = new Date(2026, 10, 21);

describe("numberProblem", () => {
  it.each([
    ["4242 4242 4242 4242", "visa"],
    ["5555 5555 5555 4444", "mastercard"],
    ["2223 0031 2200 3222", "mastercard"],
    ["3782 822463 10005", "amex"],
    ["6011 1111 1111 1117", "discover"],
    ["3056 9300 0902 0004", "diners"],
    ["3622 720627 1667", "diners"],
    ["3566 0020 2036 0505", "jcb"],
    ["6200 0000 0000 0005", "unionpay"],
    ["4000 0000 0000 0341", "visa"],
  ])("accepts the test card %s of %s", (number, brand) => {
    expect(numberProblem(number)).toBeNull();
    expect(brandOf(number.replaceAll(" ", "")).name).toBe(brand);
  });

  it.each([
    ["", "incomplete_number"],
    ["4242 4242 4242 424", "incomplete_number"],
    ["3782 822463 1000", "incomplete_number"],
    ["3622 720627 1668", "incomplete_number"],
    ["4242 4242 4242 4241", "invalid_number"],
    ["9999 9999 9999 9995", "invalid_number"],
  ])("refuses %j as %s", (number, code) => {
    expect(numberProblem(number)).toBe(code);
  });

  it("notices any single wrong digit", () => {
    const valid = "4242424242424242";
    for (let index = 0; index < valid.length; index += 1) {
      const other = (Number(valid[index]) + 1) % 10;
      expect(passesLuhn(valid.slice(0, index) + other + valid.slice(index + 1))).toBe(false);
    }
  });
});

describe("expiryProblem", () => {
  it.each([
    ["", "incomplete_expiry"],
    ["12 / 3", "incomplete_expiry"],
    ["13 / 30", "invalid_expiry_month"],
    ["00 / 30", "invalid_expiry_month"],
    ["12 / 25", "invalid_expiry_year_past"],
    ["10 / 26", "invalid_expiry_month_past"],
    ["01 / 99", "invalid_expiry_year"],
    ["11 / 26", null],
    ["01 / 30", null],
    ["01 / 2030", null],
  ])("says %j is %s", (expiry, code) => {
    expect(expiryProblem(expiry, now)).toBe(code);
  });
});

describe("cvcProblem", () => {
  it("wants four digits for American Express and three for the others", () => {
    expect(cvcProblem("123", brandNamed("amex"))).toBe("incomplete_cvc");
    expect(cvcProblem("1234", brandNamed("amex"))).toBeNull();
    expect(cvcProblem("123", brandNamed("visa"))).toBeNull();
    expect(cvcProblem("1234", brandNamed("visa"))).toBe("incomplete_cvc");
    expect(cvcProblem("12", brandNamed("visa"))).toBe("incomplete_cvc");
  });

  it("takes three or four while the card is not known", () => {
    expect(cvcProblem("12", unknownBrand)).toBe("incomplete_cvc");
    expect(cvcProblem("123", unknownBrand)).toBeNull();
    expect(cvcProblem("1234", unknownBrand)).toBeNull();
  });
});

describe("cardProblems", () => {
  const valid = {
    number: "4242424242424242",
    expiry: "12 / 34",
    cvc: "123",
    brand: brandNamed("visa"),
    postalCode: "",
    country: "DE",
  };

  it("is empty for a finished card", () => {
    expect(cardProblems({ ...valid, asksPostalCode: false }, now)).toEqual([]);
  });

  it("follows the order of the form", () => {
    const empty = { ...valid, number: "", expiry: "", cvc: "", country: "US", asksPostalCode: true };
    expect(cardProblems(empty, now).map((problem) => problem.field)).toEqual([
      "number",
      "expiry",
      "cvc",
      "postalCode",
    ]);
  });

  it.each([
    ["US", "9410", 1],
    ["US", "94103", 0],
    ["CA", "K1A 0B1", 0],
    ["GB", "SW1A 1AA", 0],
    ["GB", "12345", 1],
  ])("checks the postal code of %s: %s", (country, postalCode, count) => {
    expect(cardProblems({ ...valid, country, postalCode, asksPostalCode: true }, now)).toHaveLength(count);
  });
});
