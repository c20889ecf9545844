import type { RefundView, StaffRole } from "@farebox/billing";
import { expect, test } from "vitest";
import { refundAvailability } from "./refund-availability";

const refund = (status: string): RefundView => ({
  id: "re_1",
  operationId: null,
  status,
  amount: 9900,
  currency: "usd",
  reason: null,
  failureReason: null,
  createdAt: "2026-11-01T00:00:00.000Z",
});

const payment = {
  id: "pi_1",
  status: "succeeded",
  amount: 9900,
  currency: "usd",
  amountRefunded: 0,
  card: null,
  failureCode: null,
  failureMessage: null,
  receiptUrl: null,
  createdAt: "2026-11-01T00:00:00.000Z",
};

const paid = {
  payments: [payment],
  status: "paid",
  amountPaid: 9900,
  refundable: 9900,
  refunds: [] as RefundView[],
};

test.each(["support", "finance", "admin"] as const)("%s may refund a paid invoice", (role) => {
  expect(refundAvailability(paid, role)).toEqual({ allowed: true });
});

test.each([
  [paid, "viewer", "Your role (viewer) cannot refund. Ask support, finance or an admin."],
  [paid, undefined, "Checking your role."],
  [{ ...paid, status: "open" }, "admin", "This invoice is not paid, so there is nothing to return."],
  [{ ...paid, status: "draft" }, "admin", "A draft has no payment to return."],
  [{ ...paid, status: "void" }, "admin", "A void invoice has no payment to return."],
  [{ ...paid, amountPaid: 0, refundable: 0 }, "admin", "Nothing was paid on this invoice."],
  [{ ...paid, refundable: 0, refunds: [refund("succeeded")] }, "admin", "All of it has been refunded."],
  [
    { ...paid, refundable: 0, refunds: [refund("unknown")] },
    "admin",
    "All of it is refunded or on its way back.",
  ],
  [{ ...paid, refundable: 0 }, "admin", "The cardholder disputes this payment, so it cannot be refunded."],
  [{ ...paid, refundable: 0, payments: [] }, "admin", "No card payment belongs to this invoice."],
] as const)("blocked: %#", (invoice, role, reason) => {
  const mutable = { ...invoice, refunds: [...invoice.refunds], payments: [...invoice.payments] };
  expect(refundAvailability(mutable, role as StaffRole | undefined)).toEqual({ allowed: false, reason });
});
