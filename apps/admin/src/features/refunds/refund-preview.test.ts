import type { InvoiceDetail } from "@farebox/billing";
import { expect, test } from "vitest";
import { refundPreview, type SayMoney } from "./refund-preview";

const say: SayMoney = (amount, currency) => `${amount} ${currency}`;

const payment = (changes: Partial<InvoiceDetail["payments"][number]> = {}) => ({
  id: "pi_1",
  status: "succeeded",
  amount: 9900,
  currency: "usd",
  amountRefunded: 0,
  card: { brand: "visa", last4: "4242" },
  failureCode: null,
  failureMessage: null,
  receiptUrl: null,
  createdAt: "2026-11-01T00:00:00.000Z",
  ...changes,
});

const invoice = {
  amountPaid: 9900,
  amountRefunded: 0,
  currency: "usd",
  subscriptionId: "sub_1",
  payments: [payment()],
};

test("part of a payment: what goes, what stays, what the plan does", () => {
  expect(refundPreview(invoice, 4950, "active", say)).toBe(
    "Refund 4950 usd of 9900 usd to Visa •••• 4242; 4950 usd stays paid; the plan stays active.",
  );
});

test("earlier refunds count as no longer paid", () => {
  expect(refundPreview({ ...invoice, amountRefunded: 2000 }, 7900, "past_due", say)).toBe(
    "Refund 7900 usd of 9900 usd to Visa •••• 4242; nothing stays paid; the plan stays past due.",
  );
});

test("it promises nothing about a plan it does not know", () => {
  expect(refundPreview(invoice, 9900, undefined, say)).toMatch(/; the plan does not change\.$/);
  expect(refundPreview({ ...invoice, subscriptionId: null }, 9900, undefined, say)).not.toMatch(/plan/);
  expect(refundPreview(invoice, 9900, "canceled", say)).toMatch(/; the plan stays canceled\.$/);
});

test("only the payments that succeeded name the card", () => {
  const failed = payment({
    id: "pi_0",
    status: "requires_payment_method",
    card: { brand: "visa", last4: "0341" },
  });
  expect(refundPreview({ ...invoice, payments: [failed, payment()] }, 1, "active", say)).toMatch(
    /to Visa •••• 4242;/,
  );
});

test("of several payments the newest that can carry the amount is returned", () => {
  const amex = payment({
    id: "pi_2",
    amount: 5000,
    card: { brand: "amex", last4: "0005" },
    createdAt: "2026-11-02T00:00:00.000Z",
  });
  const both = { ...invoice, payments: [payment(), amex] };
  expect(refundPreview(both, 5000, "active", say)).toMatch(/to American Express •••• 0005;/);
  expect(refundPreview(both, 5001, "active", say)).toMatch(/to Visa •••• 4242;/);
  const spent = { ...both, payments: [payment(), { ...amex, amountRefunded: 4000 }] };
  expect(refundPreview(spent, 1001, "active", say)).toMatch(/to Visa •••• 4242;/);
});

test("without a card it goes back the way it came", () => {
  const cardless = payment({ card: null });
  expect(refundPreview({ ...invoice, payments: [cardless] }, 1, "active", say)).toMatch(
    /the original payment method;/,
  );
});
