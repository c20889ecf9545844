import { expect, test } from "vitest";
import { addChange, concerns, emptyScope } from "./live-scope";

test("a burst of changes is gathered by customer", () => {
  const scope = emptyScope();
  addChange(scope, { customerId: "c1", nouns: ["invoices"] });
  addChange(scope, { customerId: "c1", nouns: ["refunds"] });
  expect(scope.customerIds.size).toBe(1);
  expect(concerns(scope, "c1")).toBe(true);
  expect(concerns(scope, "c2")).toBe(false);
  expect(concerns(scope, undefined)).toBe(false);
});

test("after missed messages everyone may have changed", () => {
  const scope = emptyScope();
  addChange(scope, { customerId: "*", nouns: ["customers"] });
  expect(concerns(scope, "c2")).toBe(true);
});
