import { expect, test } from "vitest";
import { actorText, happenedText, invoiceOf, reasonText } from "./timeline-words";

const staff = { kind: "staff", name: "Sam Support" };
const stripe = { kind: "stripe", name: "Stripe" };

test.each([
  ["refunds.create", "Refund requested"],
  ["subscriptions.duplicate_found", "Second live subscription found"],
  ["credit_notes.create", "Credit notes: create"],
  ["paymentMethods.setDefault", "Payment methods: set default"],
  ["imported", "Imported"],
])("%s reads %s", (action, text) => {
  expect(happenedText({ action, targetId: "op_1", actor: staff }, "c_1")).toBe(text);
});

test("a sign-up and the customer it needs at Stripe are told apart", () => {
  const entry = { action: "customers.create", actor: { kind: "member", name: "Ada" } };
  expect(happenedText({ ...entry, targetId: "c_1" }, "c_1")).toBe("Signed up");
  expect(happenedText({ ...entry, targetId: "op_1" }, "c_1")).toBe("Customer requested at Stripe");
});

test("a refund made by hand at Stripe was not requested here", () => {
  expect(happenedText({ action: "refunds.create", targetId: "re_1", actor: stripe }, "c_1")).toBe(
    "Refund made at Stripe",
  );
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
