import { expect, test } from "vitest";
import { subscriptionSentence } from "./subscription-sentence";

const none = { status: "active", cancelAt: null, endedAt: null, trialEnd: null, currentPeriodEnd: null };

test.each([
  [{ currentPeriodEnd: "D1" }, "Renews on D1."],
  [{ currentPeriodEnd: "D1", cancelAt: "D2" }, "Ends on D2."],
  [{ status: "canceled", cancelAt: "D2", endedAt: "D3" }, "Ended on D3."],
  [{ status: "trialing", trialEnd: "D4" }, "Trial until D4, then the first payment."],
  [{ status: "past_due", currentPeriodEnd: "D1" }, "The last payment failed."],
  [{ status: "incomplete" }, "Waiting for the first payment."],
  [{ status: "something_new" }, ""],
])("%j reads %j", (changes, sentence) => {
  expect(subscriptionSentence({ ...none, ...changes }, (at) => at)).toBe(sentence);
});
