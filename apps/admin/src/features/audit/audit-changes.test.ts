import { expect, test } from "vitest";
import { auditChanges, auditNews } from "./audit-changes";

test("only fields that differ are shown, in words", () => {
  const before = { status: "active", cancelAt: null, seats: 3 };
  const after = { status: "canceled", cancelAt: "2026-12-01T00:00:00.000Z", seats: 3 };
  expect(auditChanges(before, after)).toEqual([
    { field: "status", before: { kind: "text", text: "active" }, after: { kind: "text", text: "canceled" } },
    {
      field: "cancel at",
      before: { kind: "none" },
      after: { kind: "instant", at: "2026-12-01T00:00:00.000Z" },
    },
  ]);
});

test("amounts are money in the entry's currency, which is then not told twice", () => {
  const changes = auditChanges({ amountRefunded: 0 }, { amountRefunded: 4950, currency: "usd", count: 2 });
  expect(changes).toEqual([
    {
      field: "amount refunded",
      before: { kind: "money", amount: 0, currency: "usd" },
      after: { kind: "money", amount: 4950, currency: "usd" },
    },
    { field: "count", before: { kind: "none" }, after: { kind: "text", text: "2" } },
  ]);
});

test("without a currency a number stays a number", () => {
  expect(auditChanges(null, { amount: 5 })).toEqual([
    { field: "amount", before: { kind: "none" }, after: { kind: "text", text: "5" } },
  ]);
});

test("nested fields are named by their path", () => {
  expect(auditChanges({ card: { last4: "4242" } }, { card: { last4: "0341" } })[0]?.field).toBe("card last4");
});

test.each([
  [null, null],
  [undefined, undefined],
  [{}, null],
  [{ a: [1, 2] }, { a: [1, 2] }],
])("nothing differs between %j and %j", (before, after) => {
  expect(auditChanges(before, after)).toEqual([]);
});

test("a plain value, a list and a switch are readable", () => {
  expect(auditChanges("old", "new")).toEqual([
    { field: "value", before: { kind: "text", text: "old" }, after: { kind: "text", text: "new" } },
  ]);
  expect(
    auditChanges({ on: false, ids: [] }, { on: true, ids: ["a"] }).map((change) => change.after),
  ).toEqual([
    { kind: "text", text: "yes" },
    { kind: "text", text: '["a"]' },
  ]);
});

test("a request that names only its invoice is counted in the invoice's currency", () => {
  const request = { amount: 4950, invoiceId: "in_1", reason: "requested_by_customer", note: "" };
  expect(auditChanges(null, request, (id) => (id === "in_1" ? "kwd" : undefined))).toEqual([
    { field: "amount", before: { kind: "none" }, after: { kind: "money", amount: 4950, currency: "kwd" } },
    { field: "invoice id", before: { kind: "none" }, after: { kind: "text", text: "in_1" } },
    { field: "reason", before: { kind: "none" }, after: { kind: "text", text: "requested by customer" } },
  ]);
});

test("what the heading of an entry says is not said again", () => {
  const after = { amount: 1234, invoiceId: "in_1", reason: "duplicate", note: "Half back" };
  expect(auditNews({ after, reason: "Half back" }, () => "usd").map(({ field }) => field)).toEqual([
    "amount",
    "reason",
  ]);
});
