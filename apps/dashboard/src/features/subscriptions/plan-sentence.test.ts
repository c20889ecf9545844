import type { SubscriptionView } from "@farebox/billing";
import { describe, expect, it } from "vitest";
import { planSentence } from "./plan-sentence";

const say = {
  money: (amount: number, currency: string) => `${amount / 100} ${currency.toUpperCase()}`,
  date: (at: string) => at.slice(0, 10),
  now: Date.parse("2026-11-12T12:00:00.000Z"),
};

const plan: SubscriptionView = {
  id: "sub_1",
  status: "active",
  planId: "starter",
  planName: "Starter",
  interval: "month",
  quantity: 1,
  price: { amount: 2900, currency: "eur" },
  currentPeriodStart: "2026-11-03T12:00:00.000Z",
  currentPeriodEnd: "2026-12-03T12:00:00.000Z",
  trialEnd: null,
  cancelAt: null,
  scheduledChange: null,
  pendingChange: null,
  paused: null,
  endedAt: null,
  createdAt: "2026-11-03T12:00:00.000Z",
  paymentMethod: { brand: "visa", last4: "4242", expMonth: 4, expYear: 2030 },
};
const trialing = { ...plan, status: "trialing", trialEnd: "2026-11-17T12:00:00.000Z" };
const sentence = (change: Partial<SubscriptionView>) => planSentence({ ...plan, ...change }, say);

describe("planSentence", () => {
  it("says when it renews and for how much", () => {
    expect(sentence({})).toBe("Renews 2026-12-03, 29 EUR.");
  });

  it("says when it ends instead, once cancelled", () => {
    expect(sentence({ cancelAt: plan.currentPeriodEnd })).toBe(
      "Ends on 2026-12-03. You keep everything until then.",
    );
  });

  it("counts the days of a trial and names the charge after it", () => {
    expect(planSentence(trialing, say)).toBe("The free trial ends on 2026-11-17 (5 days left). Then 29 EUR.");
    expect(planSentence({ ...trialing, paymentMethod: null }, say)).toContain(
      "Without a card the plan ends then.",
    );
    expect(planSentence({ ...trialing, cancelAt: trialing.trialEnd }, say)).toContain(
      "Nothing will be charged.",
    );
    expect(planSentence({ ...trialing, trialEnd: "2026-11-12T12:00:00.000Z" }, say)).toContain("(today)");
  });

  it("promises no charge for a free plan", () => {
    expect(sentence({ price: { amount: 0, currency: "eur" } })).toBe("Free. Nothing will be charged.");
  });

  it.each([
    ["past_due", "try again"],
    ["unpaid", "once it is paid"],
    ["incomplete", "not completed yet"],
    ["incomplete_expired", "did not start"],
    ["canceled", "Ended on 2026-11-20."],
  ])("explains %s", (status, words) => {
    expect(sentence({ status, endedAt: "2026-11-20T00:00:00.000Z" })).toContain(words);
  });
});
