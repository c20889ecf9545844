import type { PaymentView, RefundView } from "@farebox/billing";
import { describe, expect, it } from "vitest";
import { paymentSentence, refundSentence } from "./money-sentences";

const say = {
  money: (amount: number, currency: string) => `${amount / 100} ${currency.toUpperCase()}`,
  date: (at: string) => at.slice(0, 10),
  now: 0,
};

const payment: PaymentView = {
  id: "pi_1",
  status: "succeeded",
  amount: 9900,
  currency: "usd",
  amountRefunded: 0,
  card: { brand: "visa", last4: "4242" },
  failureCode: null,
  failureMessage: null,
  receiptUrl: null,
  createdAt: "2026-11-03T12:00:00.000Z",
};
const refund: RefundView = {
  id: "re_1",
  operationId: null,
  status: "succeeded",
  amount: 4950,
  currency: "usd",
  reason: null,
  failureReason: null,
  createdAt: "2026-12-03T12:00:00.000Z",
};

describe("paymentSentence", () => {
  it("is certain about money that moved", () => {
    expect(paymentSentence(payment, say)).toBe("Paid 99 USD with Visa ending 4242 on 2026-11-03.");
  });

  it("gives the reason of a failure", () => {
    const failed = { ...payment, status: "requires_payment_method", failureCode: "insufficient_funds" };
    expect(paymentSentence(failed, say)).toContain("failed on 2026-11-03. There is not enough money");
  });

  it("does not call an open payment failed", () => {
    expect(paymentSentence({ ...payment, status: "requires_payment_method" }, say)).toContain(
      "not completed",
    );
    expect(paymentSentence({ ...payment, status: "processing" }, say)).toContain("on its way");
    expect(paymentSentence({ ...payment, status: "canceled" }, say)).toContain("Nothing was charged");
  });
});

describe("refundSentence", () => {
  it("is past tense only once the money is back", () => {
    expect(refundSentence(refund, say)).toBe("Refunded 49.5 USD on 2026-12-03.");
    for (const status of ["pending", "requires_action", "submitted", "unknown"]) {
      expect(refundSentence({ ...refund, status }, say)).toBe(
        "A refund of 49.5 USD is on its way, started on 2026-12-03.",
      );
    }
    expect(refundSentence({ ...refund, status: "failed" }, say)).toContain("did not reach you");
  });
});
