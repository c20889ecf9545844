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
    trialCard: "required",
    seats: null,
    usage: [],
    addOns: [],
    features: [],
    prices: [{ interval: "month", currency: "usd", amount: 0 }],
  },
  {
    id: "starter",
    name: "Starter",
    description: "",
    highlighted: false,
    trialDays: 14,
    trialCard: "required",
    seats: null,
    usage: [],
    addOns: [],
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
  scheduledChange: null,
  pendingChange: null,
  paused: null,
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
    expect(kind({ search: { ...search, plan: "free" } })).toBe("cardless");
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

describe("a plan by the seat whose trial asks for no card", () => {
  const rate = { unitAmount: "1500", tiersMode: null, tiers: null, packageSize: null, packageRound: null };
  const team: PlanView = {
    ...(plans[1] as PlanView),
    id: "team",
    trialCard: "later",
    prices: [{ interval: "month", currency: "usd", amount: 3000 }],
    seats: {
      included: 0,
      minimum: 2,
      maximum: 200,
      prices: [{ ...rate, interval: "month", currency: "usd" }],
    },
  };
  const wanted = { ...search, plan: "team", seats: 4 };
  const step = (change: Partial<Parameters<typeof checkoutStep>[0]>) =>
    checkoutStep({ ...known, plans: [team], search: wanted, ...change });
  const trial = { ...starter, planId: "team", quantity: 4, status: "trialing", paymentMethod: null };

  it("starts with one button, for the price of its seats", () => {
    expect(step({})).toMatchObject({ kind: "cardless", seats: 4, price: { amount: 6000 } });
  });

  it("is kept within the seats it can have", () => {
    expect(step({ search: { ...wanted, seats: 1 } })).toMatchObject({ seats: 2, price: { amount: 3000 } });
    expect(step({ search: { ...wanted, seats: 999 } })).toMatchObject({ seats: 200 });
    expect(step({ search: { ...wanted, seats: undefined } })).toMatchObject({ seats: 2 });
  });

  it("is done when the trial runs; other seats are another plan", () => {
    expect(step({ current: trial }).kind).toBe("done");
    expect(step({ current: { ...trial, quantity: 5 } }).kind).toBe("other_plan");
  });

  it("is paid for where no trial is left", () => {
    const had = { ...trial, status: "canceled", trialEnd: "2026-11-17T00:00:00.000Z" };
    expect(step({ current: had }).kind).toBe("pay");
    expect(step({ current: { ...trial, status: "incomplete" } }).kind).toBe("pay");
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
