import { expect, test } from "vitest";
import { actorText, happenedText, invoiceOf, reasonText } from "./timeline-words";

test.each([
  ["refunds.create", "Refund requested"],
  ["subscriptions.duplicate_found", "Second live subscription found"],
  ["credit_notes.create", "Credit notes: create"],
  ["paymentMethods.setDefault", "Payment methods: set default"],
  ["imported", "Imported"],
])("%s reads %s", (action, text) => {
  expect(happenedText(action)).toBe(text);
});

test.each([
  [{ kind: "staff", name: "Sam Support" }, "Sam Support (staff)"],
  [{ kind: "member", name: "Ada" }, "Ada (customer)"],
  [{ kind: "system", name: "Webhooks" }, "Webhooks (automatic)"],
  [{ kind: "system", name: "" }, "Automatic"],
  [{ kind: "stripe", name: "Stripe" }, "Stripe"],
  [{ kind: "api_key", name: "CI" }, "CI (api key)"],
])("%j reads %s", (actor, text) => {
  expect(actorText(actor)).toBe(text);
});

test.each([
  ["requested_by_customer", "Requested by customer"],
  ["duplicate", "Duplicate"],
  ["Charged twice, see ticket 81_22", "Charged twice, see ticket 81_22"],
])("%s reads %s", (reason, text) => {
  expect(reasonText(reason)).toBe(text);
});

test("an entry about a refund leads to its invoice", () => {
  expect(invoiceOf({ targetType: "refund", targetId: "pi_1", after: { invoiceId: "in_1" } })).toBe("in_1");
  expect(invoiceOf({ targetType: "invoice", targetId: "in_2", after: null })).toBe("in_2");
  expect(
    invoiceOf({ targetType: "refund", targetId: "re_1", after: { status: "succeeded" } }),
  ).toBeUndefined();
  expect(invoiceOf({ targetType: "customer", targetId: "c_1" })).toBeUndefined();
});
