import { describe, expect, it } from "vitest";
import {
  confirmationOf,
  decidePurchase,
  hasEnded,
  isLive,
  mainItem,
  monthlyAmount,
  pauseEnd,
  planOf,
  seatCount,
  trialDaysFor,
} from "./rules";

const nothing = {
  own: null,
  open: null,
  live: null,
  incomplete: null,
  requestHash: "growth",
  items: "price_1:1",
};
const subscription = { id: "sub_1", status: "incomplete", items: "price_1:1", pendingSetupIntentId: null };

describe("decidePurchase", () => {
  it.each([
    ["a first purchase", {}, { next: "reserve" }],
    ["a repetition", { own: { id: "op", requestHash: "growth" } }, { next: "follow", operationId: "op" }],
    [
      "an id used for something else",
      { own: { id: "op", requestHash: "starter" } },
      { next: "refuse", reason: "operation_reused" },
    ],
    ["a second tab", { open: { id: "op", requestHash: "growth" } }, { next: "follow", operationId: "op" }],
    [
      "another plan meanwhile",
      { open: { id: "op", requestHash: "starter" } },
      { next: "wait", operationId: "op" },
    ],
    [
      "a live subscription",
      { live: { ...subscription, status: "active" } },
      { next: "refuse", reason: "already_subscribed" },
    ],
    [
      "a trial whose card was never given",
      { live: { ...subscription, status: "trialing", pendingSetupIntentId: "seti_1" } },
      { next: "resume", subscriptionId: "sub_1" },
    ],
    [
      "such a trial of another plan",
      { live: { ...subscription, status: "trialing", pendingSetupIntentId: "seti_1", items: "price_1:2" } },
      { next: "refuse", reason: "already_subscribed" },
    ],
    ["an unpaid one", { incomplete: subscription }, { next: "resume", subscriptionId: "sub_1" }],
    [
      "an unpaid one of another price",
      { incomplete: { ...subscription, items: "price_1:2" } },
      { next: "replace", subscriptionId: "sub_1" },
    ],
  ] as const)("%s", (_case, known, step) => {
    expect(decidePurchase({ ...nothing, ...known })).toEqual(step);
  });
});

describe("confirmationOf", () => {
  const due = { amount: 9900, currency: "usd" };
  const unpaid = {
    status: "incomplete",
    cardless: false,
    setupSecret: null,
    paymentSecret: "pi_secret",
    due,
  };
  it.each([
    [
      "a first payment",
      unpaid,
      { kind: "payment", clientSecret: "pi_secret", amount: 9900, currency: "usd" },
    ],
    [
      "a card for later",
      { ...unpaid, status: "trialing", setupSecret: "seti_secret", paymentSecret: null },
      { kind: "setup", clientSecret: "seti_secret" },
    ],
    [
      "a free plan, or a trial without a card",
      { ...unpaid, status: "active", cardless: true, setupSecret: "seti_secret" },
      { kind: "none" },
    ],
    ["a paid one", { ...unpaid, status: "active" }, { kind: "none" }],
    ["an ended one", { ...unpaid, status: "incomplete_expired" }, { kind: "none" }],
    ["nothing due", { ...unpaid, due: { amount: 0, currency: "usd" } }, { kind: "none" }],
  ] as const)("%s", (_case, given, confirmation) => {
    expect(confirmationOf(given)).toEqual(confirmation);
  });
});

it.each([
  [9900, "month", 9900],
  [99000, "year", 8250],
  [19000, "year", 1583],
  [6, "year", 1],
  [5, "year", 0],
  [18, "year", 2],
  [100, null, 100],
])("%i per %s is %i a month", (perPeriod, interval, monthly) => {
  expect(monthlyAmount(perPeriod, interval)).toBe(monthly);
});

describe("which item speaks for a subscription", () => {
  const item = (kind: string | null, quantity?: number, plan = "scale") => ({
    quantity,
    price: {
      metadata: {
        ...(kind && { farebox_kind: kind }),
        ...(kind && kind !== "add_on" && { farebox_plan: plan }),
      } as Record<string, string>,
    },
  });
  const [addOn, usage, seats, base] = [item("add_on", 3), item("usage"), item("seats", 12), item("base", 1)];
  const old = { quantity: 2, price: { metadata: { farebox_plan: "growth" } } };

  it.each([
    ["the plan, wherever it stands", [addOn, usage, seats, base], base, 12],
    ["seats that are all of the plan", [addOn, seats], seats, 12],
    ["a price of before there were kinds", [addOn, old], old, 2],
    ["one made by hand, before an add-on", [addOn, item(null, 4)], item(null, 4), 4],
    ["an add-on that is alone", [addOn], addOn, 3],
    ["none", [], undefined, 1],
  ])("%s", (_case, items, main, count) => {
    expect(mainItem(items)).toEqual(main);
    expect(seatCount(items)).toBe(count);
  });
});

it("gives a trial once", () => {
  expect(trialDaysFor({ trialDays: 14 }, false)).toBe(14);
  expect(trialDaysFor({ trialDays: 14 }, true)).toBe(0);
  expect(trialDaysFor({}, false)).toBe(0);
});

it("knows plans by what the catalogue wrote on the price", () => {
  expect(planOf({ farebox_plan: "growth" })).toBe("growth");
  expect(planOf({ farebox_plan: "platinum" })).toBeNull();
  expect(planOf({})).toBeNull();
  expect(planOf(undefined)).toBeNull();
});

it("tells the eight statuses apart", () => {
  const statuses = [
    "incomplete",
    "incomplete_expired",
    "trialing",
    "active",
    "past_due",
    "canceled",
    "unpaid",
    "paused",
  ];
  expect(statuses.filter(isLive)).toEqual(["trialing", "active", "past_due", "unpaid", "paused"]);
  expect(statuses.filter(hasEnded)).toEqual(["incomplete_expired", "canceled"]);
});

describe("pauseEnd", () => {
  it.each([
    ["2026-12-22T12:00:00.000Z", 1, "2027-01-22T00:00:00.000Z"],
    ["2027-01-31T12:00:00.000Z", 1, "2027-02-28T00:00:00.000Z"],
    ["2026-11-30T06:00:00.000Z", 3, "2027-02-27T18:00:00.000Z"],
  ])("from %s for %i months: until %s", (end, months, until) => {
    expect(pauseEnd(new Date(end), months).toISOString()).toBe(until);
  });
});
