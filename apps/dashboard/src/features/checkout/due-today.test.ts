import type { PlanView } from "@farebox/billing";
import { describe, expect, it } from "vitest";
import { dueToday, priceOf } from "./due-today";

const now = Date.parse("2026-11-03T09:00:00.000Z");
const usd = (amount: number) => ({ amount, currency: "usd" });

describe("dueToday", () => {
  it("is the price of a plan without a trial", () => {
    expect(dueToday({ trialDays: 0 }, usd(9900), null, now)).toEqual({
      today: usd(9900),
      later: null,
      trialUsed: false,
    });
  });

  it("is nothing during a trial, then the price on the day it ends", () => {
    expect(dueToday({ trialDays: 14 }, usd(1900), { kind: "setup", clientSecret: "s" }, now)).toEqual({
      today: usd(0),
      later: { ...usd(1900), at: "2026-11-17T09:00:00.000Z" },
      trialUsed: false,
    });
  });

  it("keeps the end of a trial that already runs", () => {
    const trialEnd = "2026-11-10T09:00:00.000Z";
    expect(dueToday({ trialDays: 14 }, usd(1900), null, now, trialEnd).later?.at).toBe(trialEnd);
  });

  it("is what the purchase says once it is open: no second trial", () => {
    const payment = { kind: "payment", clientSecret: "s", amount: 1900, currency: "usd" } as const;
    expect(dueToday({ trialDays: 14 }, usd(1900), payment, now)).toEqual({
      today: usd(1900),
      later: null,
      trialUsed: true,
    });
  });

  it("is nothing for a free plan, whatever its trial", () => {
    expect(dueToday({ trialDays: 14 }, usd(0), null, now)).toEqual({
      today: usd(0),
      later: null,
      trialUsed: false,
    });
  });
});

describe("priceOf", () => {
  const plan: PlanView = {
    id: "growth",
    name: "Growth",
    description: "",
    highlighted: true,
    trialDays: 0,
    trialCard: "required",
    seats: null,
    usage: [],
    addOns: [],
    features: [],
    prices: [{ interval: "month", currency: "jpy", amount: 14900 }],
  };

  it("finds the price of an interval and currency", () => {
    expect(priceOf(plan, "month", "jpy")?.amount).toBe(14900);
    expect(priceOf(plan, "year", "jpy")).toBeNull();
    expect(priceOf(plan, "month", "eur")).toBeNull();
  });
});
