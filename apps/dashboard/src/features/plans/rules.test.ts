import type { PlanView, SubscriptionView } from "@farebox/billing";
import { describe, expect, it } from "vitest";
import { allFeatures, openingChoice, planStanding, shownPrice, yearlySaving } from "./rules";

const plan = (
  id: PlanView["id"],
  prices: PlanView["prices"],
  features: PlanView["features"] = [],
): PlanView => ({
  id,
  name: id,
  description: "",
  highlighted: false,
  trialDays: 0,
  trialCard: "required",
  seats: null,
  usage: [],
  addOns: [],
  features,
  prices,
});
const free = plan("free", [{ interval: "month", currency: "usd", amount: 0 }]);
const growth = plan("growth", [
  { interval: "month", currency: "usd", amount: 9900 },
  { interval: "year", currency: "usd", amount: 99000 },
]);
const subscription = (change: Partial<SubscriptionView>): SubscriptionView => ({
  id: "sub_1",
  status: "active",
  planId: "growth",
  planName: "Growth",
  interval: "year",
  quantity: 1,
  price: { amount: 99000, currency: "eur" },
  currentPeriodStart: null,
  currentPeriodEnd: null,
  trialEnd: null,
  cancelAt: null,
  scheduledChange: null,
  pendingChange: null,
  paused: null,
  endedAt: null,
  createdAt: "2026-11-03T12:00:00.000Z",
  paymentMethod: null,
  ...change,
});

describe("shownPrice", () => {
  it("shows the free plan under every interval, others only under theirs", () => {
    expect(shownPrice(free, "year", "usd")).toMatchObject({ interval: "month", amount: 0 });
    expect(shownPrice(growth, "year", "usd")?.amount).toBe(99000);
    expect(shownPrice(growth, "year", "jpy")).toBeNull();
  });
});

describe("yearlySaving", () => {
  it("rounds down, so that it never promises too much", () => {
    expect(yearlySaving([free, growth], "usd")).toBe(16);
    expect(yearlySaving([free], "usd")).toBe(0);
    expect(yearlySaving([growth], "eur")).toBe(0);
    expect(yearlySaving([], "usd")).toBe(0);
  });
});

describe("openingChoice", () => {
  it("follows the address before the current plan", () => {
    expect(openingChoice({ interval: "month", currency: "jpy" }, null, subscription({}))).toEqual({
      interval: "month",
      currency: "jpy",
      currencyLocked: false,
    });
    expect(openingChoice({}, null, subscription({}))).toMatchObject({ interval: "year", currency: "eur" });
    expect(openingChoice({}, null, null)).toMatchObject({ interval: "month", currency: "usd" });
  });

  it("keeps the currency of the account whatever the address says", () => {
    expect(openingChoice({ currency: "usd" }, "eur", null)).toMatchObject({
      currency: "eur",
      currencyLocked: true,
    });
  });
});

describe("planStanding", () => {
  it.each([
    [null, "open"],
    [subscription({}), "current"],
    [subscription({ status: "past_due" }), "current"],
    [subscription({ planId: "starter" }), "change"],
    [subscription({ status: "incomplete" }), "waiting"],
    [subscription({ status: "incomplete", planId: "starter" }), "open"],
    [subscription({ status: "canceled" }), "open"],
  ])("is right for case %#", (current, standing) => {
    expect(planStanding("growth", current)).toBe(standing);
  });
});

it("lists every feature once, in the order of the plans", () => {
  const projects = { id: "projects", name: "Projects" } as const;
  const analytics = { id: "analytics", name: "Analytics" } as const;
  expect(allFeatures([plan("free", [], [projects]), plan("growth", [], [projects, analytics])])).toEqual([
    projects,
    analytics,
  ]);
});
