import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { amountLeft, decideRefund, isLiveRefund, type RefundablePayment, refundableOf } from "./rules";

const paid = { status: "paid", currency: "usd" };
const payment = (fields: Partial<RefundablePayment> = {}): RefundablePayment => ({
  id: "pi_1",
  currency: "usd",
  received: 1000,
  held: 0,
  disputed: false,
  createdAt: new Date("2026-01-01"),
  ...fields,
});

describe("decideRefund", () => {
  it.each([
    ["the whole of it", [payment()], 1000, "pi_1"],
    ["the last unit", [payment({ held: 999 })], 1, "pi_1"],
    [
      "the newest that can carry it",
      [payment(), payment({ id: "pi_2", createdAt: new Date("2026-02-01") })],
      500,
      "pi_2",
    ],
    [
      "an older one when the newest is spent",
      [payment(), payment({ id: "pi_2", held: 600, createdAt: new Date("2026-02-01") })],
      500,
      "pi_1",
    ],
    ["another than the disputed", [payment({ id: "pi_2", disputed: true }), payment()], 500, "pi_1"],
  ])("takes %s", (_case, payments, amount, id) => {
    expect(decideRefund(paid, payments, amount)).toMatchObject({ may: true, payment: { id } });
  });

  it.each([
    ["invoice_not_paid", { status: "open", currency: "usd" }, [payment()], 1],
    ["invoice_has_no_payment", paid, [], 1],
    ["refund_exceeds_paid", paid, [payment()], 1001],
    ["refund_exceeds_paid", paid, [payment({ held: 1000 })], 1],
    ["refund_exceeds_payment", paid, [payment(), payment({ id: "pi_2" })], 1500],
    ["payment_disputed", paid, [payment({ disputed: true })], 500],
  ])("refuses with %s", (reason, invoice, payments, amount) => {
    expect(decideRefund(invoice, payments, amount)).toMatchObject({ may: false, reason });
  });

  it("says how much is left, in the currency of the invoice", () => {
    const refused = decideRefund({ status: "paid", currency: "jpy" }, [payment({ held: 400 })], 700);
    expect(refused).toMatchObject({
      message: "At most ¥600 of this invoice can still be refunded.",
      left: 600,
    });
  });

  it("never takes more from a payment than it has left", () => {
    const amounts = fc.nat({ max: 5000 });
    const payments = fc.array(
      fc.record({ received: amounts, held: amounts, disputed: fc.boolean(), id: fc.string() }).map(payment),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(payments, fc.integer({ min: 1, max: 6000 }), (all, amount) => {
        const decision = decideRefund(paid, all, amount);
        if (!decision.may) return;
        expect(amountLeft(decision.payment)).toBeGreaterThanOrEqual(amount);
        expect(refundableOf(all)).toBeGreaterThanOrEqual(amount);
        expect(decision.payment.disputed).toBe(false);
      }),
    );
  });
});

it.each([
  ["pending", true],
  ["requires_action", true],
  ["succeeded", true],
  ["failed", false],
  ["canceled", false],
])("a %s refund holds its amount: %s", (status, live) => {
  expect(isLiveRefund(status)).toBe(live);
});
