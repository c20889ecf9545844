import type { SubscriptionView } from "@farebox/billing";
import { describe, expect, it } from "vitest";
import { daysUntil, hasEnded, isLive, nextCharge, trialNeedsCard } from "./rules";

const visa = { brand: "visa", last4: "4242", expMonth: 4, expYear: 2030 };
const active: SubscriptionView = {
  id: "sub_1",
  status: "active",
  planId: "growth",
  planName: "Growth",
  interval: "month",
  quantity: 1,
  price: { amount: 9900, currency: "usd" },
  currentPeriodStart: "2026-11-03T00:00:00.000Z",
  currentPeriodEnd: "2026-12-03T00:00:00.000Z",
  trialEnd: null,
  cancelAt: null,
  scheduledChange: null,
  pendingChange: null,
  paused: null,
  endedAt: null,
  createdAt: "2026-11-03T00:00:00.000Z",
  paymentMethod: visa,
};

describe("a subscription's standing", () => {
  it.each(["active", "trialing", "past_due", "unpaid", "paused"])("%s is live", (status) => {
    expect(isLive({ status })).toBe(true);
    expect(hasEnded({ status })).toBe(false);
  });

  it("incomplete is neither live nor ended", () => {
    expect(isLive({ status: "incomplete" })).toBe(false);
    expect(hasEnded({ status: "incomplete" })).toBe(false);
    expect(hasEnded({ status: "incomplete_expired" })).toBe(true);
  });

  it("a trial is only complete with its card", () => {
    expect(trialNeedsCard({ status: "trialing", paymentMethod: null })).toBe(true);
    expect(trialNeedsCard({ status: "trialing", paymentMethod: visa })).toBe(false);
    expect(trialNeedsCard({ status: "active", paymentMethod: null })).toBe(false);
  });
});

describe("nextCharge", () => {
  it("is the price of the period, which counts all seats already", () => {
    expect(nextCharge({ ...active, quantity: 3, price: { amount: 29700, currency: "usd" } })).toEqual({
      amount: 29700,
      currency: "usd",
      at: active.currentPeriodEnd,
    });
  });

  it("is at the end of the trial", () => {
    const trialEnd = "2026-11-17T00:00:00.000Z";
    expect(nextCharge({ ...active, status: "trialing", trialEnd })?.at).toBe(trialEnd);
  });

  it.each([
    { cancelAt: "2026-12-03T00:00:00.000Z" },
    { price: { amount: 0, currency: "usd" } },
    { price: null },
    { status: "trialing", paymentMethod: null },
    { status: "past_due" },
    { status: "canceled" },
    { currentPeriodEnd: null },
  ])("is nothing with %o", (change) => {
    expect(nextCharge({ ...active, ...change })).toBeNull();
  });
});

describe("daysUntil", () => {
  const now = Date.parse("2026-11-10T12:00:00.000Z");
  it.each([
    ["2026-11-10T12:00:00.000Z", 0],
    ["2026-11-10T12:00:01.000Z", 1],
    ["2026-11-13T12:00:00.000Z", 3],
    ["2026-11-01T12:00:00.000Z", 0],
  ])("%s is %i days away", (at, days) => {
    expect(daysUntil(at, now)).toBe(days);
  });
});
