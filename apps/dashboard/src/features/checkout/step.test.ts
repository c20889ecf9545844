import type { MemberSession, PlanView, SubscriptionView } from "@farebox/billing";
import { describe, expect, it } from "vitest";
import { checkoutStep, offersTrial } from "./step";

const plans: PlanView[] = [
  {
    id: "free",
    name: "Free",
    description: "",
    highlighted: false,
    trialDays: 0,
    features: [],
    prices: [{ interval: "month", currency: "usd", amount: 0 }],
  },
  {
    id: "starter",
    name: "Starter",
    description: "",
    highlighted: false,
    trialDays: 14,
    features: [],
    prices: [
      { interval: "month", currency: "usd", amount: 1900 },
      { interval: "month", currency: "eur", amount: 1900 },
    ],
  },
];
const session: MemberSession = {
  member: { id: "m1", name: "Ana", email: "ana@example.com", role: "owner" },
  customer: { id: "c1", name: "Acme", email: "ana@example.com", currency: null },
};
const search = { plan: "starter", interval: "month", currency: "usd" } as const;
const visa = { brand: "visa", last4: "4242", expMonth: 4, expYear: 2030 };
const starter: SubscriptionView = {
  id: "sub_1",
  status: "active",
  planId: "starter",
  planName: "Starter",
  interval: "month",
  quantity: 1,
  price: { amount: 1900, currency: "usd" },
  currentPeriodStart: null,
  currentPeriodEnd: null,
  trialEnd: null,
  cancelAt: null,
  endedAt: null,
  createdAt: "2026-11-03T12:00:00.000Z",
  paymentMethod: visa,
};
const known = { search, plans, current: null, session };
const kind = (change: Partial<Parameters<typeof checkoutStep>[0]>) =>
  checkoutStep({ ...known, ...change }).kind;

describe("checkoutStep", () => {
  it("offers what is in the catalogue", () => {
    expect(checkoutStep(known)).toMatchObject({ kind: "pay", price: { amount: 1900, currency: "usd" } });
    expect(kind({ search: { ...search, plan: "free" } })).toBe("free");
    expect(kind({ search: { ...search, plan: "platinum" } })).toBe("unknown_plan");
    expect(kind({ search: { ...search, plan: undefined } })).toBe("unknown_plan");
    expect(kind({ search: { ...search, interval: "year" } })).toBe("not_offered");
  });

  it("never offers to pay again for what runs", () => {
    expect(kind({ current: starter })).toBe("done");
    expect(kind({ current: { ...starter, status: "trialing" } })).toBe("done");
    for (const status of ["past_due", "unpaid", "paused"]) {
      expect(kind({ current: { ...starter, status } })).toBe("other_plan");
    }
    expect(kind({ current: { ...starter, planId: "growth" } })).toBe("other_plan");
    expect(kind({ current: { ...starter, interval: "year" } })).toBe("other_plan");
  });

  it("keeps the form for a trial whose card is not saved yet", () => {
    expect(kind({ current: { ...starter, status: "trialing", paymentMethod: null } })).toBe("pay");
  });

  it("shows the form again for a purchase that was not completed or has ended", () => {
    for (const status of ["incomplete", "incomplete_expired", "canceled"]) {
      expect(kind({ current: { ...starter, status } })).toBe("pay");
    }
  });

  it("keeps an account in one currency", () => {
    const euro = { ...session, customer: { ...session.customer, currency: "eur" } };
    expect(checkoutStep({ ...known, session: euro })).toEqual({ kind: "other_currency", currency: "eur" });
    expect(kind({ session: euro, search: { ...search, currency: "eur" } })).toBe("pay");
  });

  it("lets viewers look only", () => {
    const viewer: MemberSession = { ...session, member: { ...session.member, role: "viewer" } };
    expect(kind({ session: viewer })).toBe("may_not_buy");
    expect(kind({ session: viewer, current: starter })).toBe("done");
  });
});

describe("offersTrial", () => {
  const trialEnd = "2026-11-17T00:00:00.000Z";
  it.each([
    ["a plan with a trial", 14, null, true],
    ["a plan without one", 0, null, false],
    ["a trial that runs, so that its form stays", 14, { ...starter, status: "trialing", trialEnd }, true],
    ["a trial that was had", 14, { ...starter, status: "canceled", trialEnd }, false],
    ["a plan that was paid from the first day", 14, { ...starter, status: "canceled" }, true],
  ])("%s", (_case, trialDays, current, offered) => {
    expect(offersTrial({ trialDays }, current)).toBe(offered);
  });
});
