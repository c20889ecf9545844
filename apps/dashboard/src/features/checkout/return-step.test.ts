import type { SubscriptionView } from "@farebox/billing";
import { describe, expect, it } from "vitest";
import { returnStep } from "./return-step";

const trial: SubscriptionView = {
  id: "sub_1",
  status: "trialing",
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
  paymentMethod: null,
};
const visa = { brand: "visa", last4: "4242", expMonth: 4, expYear: 2030 };

describe("returnStep of a payment", () => {
  const search = { payment_intent: "pi_1", redirect_status: "succeeded" };
  const step = (status: string | null, subscriptionStatus: string | null = "incomplete", said = search) =>
    returnStep({
      search: said,
      payment: status === null ? null : { status, subscriptionStatus },
      current: null,
    });

  it("is done only when both payment and plan are in the database", () => {
    expect(step("succeeded", "active")).toBe("done");
    expect(step("succeeded", "incomplete")).toBe("waiting");
    expect(step("requires_payment_method")).toBe("waiting");
    expect(step(null)).toBe("waiting");
  });

  it("believes a failure in the address until the database knows better", () => {
    const failed = { payment_intent: "pi_1", redirect_status: "failed" };
    expect(step("requires_payment_method", "incomplete", failed)).toBe("failed");
    expect(step(null, null, failed)).toBe("failed");
    expect(step("succeeded", "active", failed)).toBe("done");
    expect(step("processing", "incomplete", failed)).toBe("waiting");
  });

  it("has failed when the payment was canceled", () => {
    expect(step("canceled")).toBe("failed");
  });
});

describe("returnStep of a saved card", () => {
  const search = { setup_intent: "seti_1", redirect_status: "succeeded" };

  it("is done once the trial has its card", () => {
    expect(returnStep({ search, payment: null, current: trial })).toBe("waiting");
    expect(returnStep({ search, payment: null, current: { ...trial, paymentMethod: visa } })).toBe("done");
    expect(returnStep({ search, payment: null, current: null })).toBe("waiting");
  });

  it("has failed when the bank refused", () => {
    const failed = { ...search, redirect_status: "failed" };
    expect(returnStep({ search: failed, payment: null, current: trial })).toBe("failed");
  });
});

it("has nothing to say without an intent", () => {
  expect(returnStep({ search: {}, payment: null, current: trial })).toBe("nothing");
});
