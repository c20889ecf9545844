import { describe, expect, it } from "vitest";
import { caretAfterDigits, expiryDigits, formatCvc, formatExpiry, formatNumber } from "./card-format";

describe("formatNumber", () => {
  it.each([
    ["42424", "4242 4"],
    ["4242424242424242", "4242 4242 4242 4242"],
    ["378282246310005", "3782 822463 10005"],
    ["36227206271667", "3622 720627 1667"],
    ["3056930009020004", "3056 9300 0902 0004"],
    ["4242-4242 abc 4242", "4242 4242 4242"],
    ["55555555555544441234", "5555 5555 5555 4444"],
  ])("groups %s as %s", (typed, shown) => {
    expect(formatNumber(typed)).toBe(shown);
  });
});

describe("formatExpiry", () => {
  it.each([
    ["1", "1"],
    ["5", "05 / "],
    ["12", "12 / "],
    ["123", "12 / 3"],
    ["1234", "12 / 34"],
    ["12/2034", "12 / 34"],
    ["122034", "12 / 34"],
    ["1/", "01 / "],
    ["1/30", "01 / 30"],
    ["12 / 345", "12 / 34"],
  ])("shows %s as %s", (typed, shown) => {
    expect(formatExpiry(typed)).toBe(shown);
  });

  it("reads back what it wrote", () => {
    expect(expiryDigits(formatExpiry("0930"))).toBe("0930");
  });
});

it("cuts the security code to the length of the brand", () => {
  expect(formatCvc("12a345", 3)).toBe("123");
  expect(formatCvc("12345", 4)).toBe("1234");
});

it("keeps the caret behind the same digit", () => {
  expect(caretAfterDigits("4242 4242", 4)).toBe(4);
  expect(caretAfterDigits("4242 4242", 5)).toBe(6);
  expect(caretAfterDigits("4242", 9)).toBe(4);
  expect(caretAfterDigits("4242", 0)).toBe(0);
});
