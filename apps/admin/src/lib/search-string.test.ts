import { expect, test } from "vitest";
import { customerSearch } from "../features/customers/customer-search";
import { customersSearch } from "../features/customers/customers-search";
import { nextPage } from "../features/session/next-page";
import { parseSearchString, writeSearchString } from "./search-string";

test.each([
  [{}, ""],
  [{ search: "4242" }, "?search=4242"],
  [{ search: "a b", status: undefined, cursor: "" }, "?search=a+b"],
  [{ search: "ada@example.com", status: "past_due" }, "?search=ada%40example.com&status=past_due"],
])("%j is written %s", (params, text) => {
  expect(writeSearchString(params)).toBe(text);
});

test("what is written is read again, digits stay text", () => {
  const params = { search: "4242", status: "active", cursor: "a+/=&" };
  expect(parseSearchString(writeSearchString(params))).toEqual(params);
});

test("an address with nonsense in it still opens the list", () => {
  expect(customersSearch({ search: " Ada ", status: "happy", cursor: 7 })).toEqual({ search: "Ada" });
  expect(customersSearch({ status: "none" })).toEqual({ status: "none" });
});

test("overview is the short address, a payment sheet belongs to its tab", () => {
  expect(customerSearch({ tab: "overview", payment: "pi_1" })).toEqual({});
  expect(customerSearch({ tab: "payments", payment: "pi_1" })).toEqual({ tab: "payments", payment: "pi_1" });
  expect(customerSearch({ tab: "secrets" })).toEqual({});
});

test.each([
  ["/invoices/in_1?x=1", "/invoices/in_1?x=1"],
  ["//evil.example", undefined],
  ["/\\evil.example", undefined],
  ["https://evil.example", undefined],
  ["/sign-in?next=/", undefined],
  [undefined, undefined],
])("after signing in %j leads to %j", (given, page) => {
  expect(nextPage(given)).toBe(page);
});
