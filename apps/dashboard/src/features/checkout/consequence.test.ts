import { describe, expect, it } from "vitest";
import { consequence, submitLabel } from "./consequence";

const say = {
  money: (amount: number, currency: string) => `${(amount / 100).toFixed(2)} ${currency.toUpperCase()}`,
  date: (at: string) => at.slice(0, 10),
  now: Date.parse("2026-11-03T09:00:00.000Z"),
};
const price = { amount: 1900, currency: "usd" };
const payNow = { today: price, later: null, trialUsed: false };
const trial = {
  today: { amount: 0, currency: "usd" },
  later: { ...price, at: "2026-11-17T09:00:00.000Z" },
  trialUsed: false,
};

describe("the button", () => {
  it("carries the amount", () => {
    expect(submitLabel(payNow, { trialDays: 0 }, null, say)).toBe("Pay 19.00 USD now");
  });

  it("starts a trial, but does not start a running one again", () => {
    expect(submitLabel(trial, { trialDays: 14 }, null, say)).toBe("Start 14-day trial");
    expect(submitLabel(trial, { trialDays: 14 }, "2026-11-17T09:00:00.000Z", say)).toBe("Save card");
  });
});

describe("the sentence before it", () => {
  it("says what is charged and when", () => {
    expect(consequence(payNow, price, "month", say)).toBe(
      "You pay 19.00 USD today, then 19.00 USD each month until you cancel.",
    );
    expect(consequence(trial, price, "year", say)).toBe(
      "Nothing is charged today. From 2026-11-17 it is 19.00 USD each year until you cancel.",
    );
  });
});
