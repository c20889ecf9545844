import { describe, expect, it } from "vitest";
import {
  confirmationOf,
  decidePurchase,
  hasEnded,
  isLive,
  monthlyAmount,
  planOf,
  trialDaysFor,
} from "./rules";

const nothing = {
  own: null,
  open: null,
  live: null,
  incomplete: null,
  requestHash: "growth",
  priceId: "price_1",
};
const subscription = { id: "sub_1", status: "incomplete", priceId: "price_1", pendingSetupIntentId: null };

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
      { live: { ...subscription, status: "trialing", pendingSetupIntentId: "seti_1", priceId: "price_2" } },
      { next: "refuse", reason: "already_subscribed" },
    ],
    ["an unpaid one", { incomplete: subscription }, { next: "resume", subscriptionId: "sub_1" }],
    [
      "an unpaid one of another price",
      { incomplete: { ...subscription, priceId: "price_2" } },
      { next: "replace", subscriptionId: "sub_1" },
    ],
  ] as const)("%s", (_case, known, step) => {
    expect(decidePurchase({ ...nothing, ...known })).toEqual(step);
  });
});

describe("confirmationOf", () => {
  const due = { amount: 9900, currency: "usd" };
  const unpaid = { status: "incomplete", free: false, setupSecret: null, paymentSecret: "pi_secret", due };
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
      "a free plan",
      { ...unpaid, status: "active", free: true, setupSecret: "seti_secret" },
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
  [9900, "month", 1, 9900],
  [9900, "month", 3, 29700],
  [99000, "year", 1, 8250],
  [19000, "year", 1, 1583],
  [6, "year", 1, 1],
  [5, "year", 1, 0],
  [18, "year", 1, 2],
  [100, null, 1, 100],
])("%i per %s, %i times, is %i a month", (unitAmount, interval, quantity, monthly) => {
  expect(monthlyAmount({ unitAmount, interval, quantity })).toBe(monthly);
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
