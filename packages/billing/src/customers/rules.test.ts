import { expect, it } from "vitest";
import { likePattern, searchKind } from "./rules";

it.each([
  ["", "everyone"],
  ["cus_123", "stripe_customer"],
  ["sub_123", "subscription"],
  ["in_123", "invoice"],
  ["pi_123", "payment"],
  ["ch_123", "charge"],
  ["re_123", "refund"],
  ["pm_123", "payment_method"],
  ["4242", "card"],
  ["42424", "words"],
  ["in_", "words"],
  ["Ada", "words"],
  ["ABCD1234-0001", "words"],
])("%j is looked for as %s", (search, kind) => {
  expect(searchKind(search)).toBe(kind);
});

it("lets no character of the search stand for others", () => {
  expect(likePattern("50%_off\\")).toBe("%50\\%\\_off\\\\%");
});
