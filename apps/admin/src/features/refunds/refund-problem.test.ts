import { expect, test } from "vitest";
import type { Failure } from "../../lib/failure";
import { problemOfRefund, refundProblem } from "./refund-problem";

const failure = (changes: Partial<Failure>): Failure => ({
  code: "PRECONDITION_FAILED",
  reason: "request_refused",
  message: "Not possible.",
  requestId: "req_1",
  lost: false,
  ...changes,
});

test.each([
  [{ reason: "refund_exceeds_paid" }, "editable", /more than is left/],
  [{ reason: "payment_disputed" }, "closed", /dispute/],
  [{ reason: "charge_disputed" }, "closed", /dispute/],
  [{ reason: "invoice_not_paid" }, "closed", /not paid/],
  [{ reason: "invoice_has_no_payment" }, "closed", /No card payment/],
  [{ reason: "refund_exceeds_payment", message: "At most $5.00 at once." }, "editable", /^At most/],
  [{ reason: "operation_reused", code: "CONFLICT" }, "closed", /other values/],
  [{ reason: "outcome_unknown" }, "waiting", /Stripe has not answered/],
  [{ lost: true, code: "LOST", reason: "no_answer" }, "repeatable", /did not reach us/],
  [{ code: "INTERNAL_SERVER_ERROR", reason: "internal" }, "repeatable", /on our side/],
  [{ code: "UNAUTHORIZED", reason: "sign_in_required" }, "closed", /signed out/],
  [{ code: "PAYMENT_REQUIRED", reason: "charge_expired", message: "Too old." }, "editable", /^Too old\.$/],
] as const)("%j is %s", (changes, kind, title) => {
  const problem = refundProblem(failure(changes));
  expect(problem.kind).toBe(kind);
  expect(problem.title).toMatch(title);
  expect(problem.requestId).toBe("req_1");
});

test("an unanswered refund says not to refund again", () => {
  expect(refundProblem(failure({ reason: "outcome_unknown" })).next).toMatch(/Do not refund again/);
});

const refund = (status: string, failureReason: string | null = null) => ({
  id: "re_1",
  operationId: null,
  status,
  amount: 100,
  currency: "usd",
  reason: null,
  failureReason,
  createdAt: "2026-11-01T00:00:00.000Z",
});

test.each(["succeeded", "pending", "requires_action"])("a %s refund is no problem", (status) => {
  expect(problemOfRefund(refund(status))).toBeNull();
});

test("a failed refund says why, an undecided one says to wait", () => {
  expect(problemOfRefund(refund("failed", "lost_or_stolen_card"))?.title).toMatch(/\(lost or stolen card\)/);
  expect(problemOfRefund(refund("unknown"))?.kind).toBe("waiting");
  expect(problemOfRefund(refund("submitted"))?.next).toMatch(/Do not refund again/);
});
