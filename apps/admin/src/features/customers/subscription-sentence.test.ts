import { expect, test } from "vitest";
import { subscriptionSentence } from "./subscription-sentence";

const visa = { brand: "visa", last4: "4242", expMonth: 12, expYear: 2030 };
const none = {
  status: "active",
  cancelAt: null,
  endedAt: null,
  trialEnd: null,
  currentPeriodEnd: null,
  price: { amount: 1900, currency: "usd" },
  paymentMethod: visa,
};

test.each([
  [{ currentPeriodEnd: "D1" }, "Renews on D1."],
  [{ currentPeriodEnd: "D1", cancelAt: "D2" }, "Ends on D2."],
  [{ status: "canceled", cancelAt: "D2", endedAt: "D3" }, "Ended on D3."],
  [{ status: "trialing", trialEnd: "D4" }, "Trial until D4, then the first payment."],
  [
    { status: "trialing", trialEnd: "D4", paymentMethod: null },
    "Trial until D4, then it ends, because no card is saved.",
  ],
  [
    { currentPeriodEnd: "D1", price: { amount: 0, currency: "usd" }, paymentMethod: null },
    "Free, so nothing is charged.",
  ],
  [{ status: "past_due", currentPeriodEnd: "D1" }, "The last payment failed."],
  [{ status: "incomplete" }, "Waiting for the first payment."],
  [{ status: "something_new" }, ""],
])("%j reads %j", (changes, sentence) => {
  expect(subscriptionSentence({ ...none, ...changes }, (at) => at)).toBe(sentence);
});
