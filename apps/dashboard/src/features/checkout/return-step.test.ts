import { describe, expect, it } from "vitest";
import { returnStep } from "./return-step";

type Known = Parameters<typeof returnStep>[0];

const step = (search: Known["search"], status: string | null, subscriptionStatus: string | null = null) =>
  returnStep({ search, payment: status === null ? null : { status, subscriptionStatus } });

describe("returnStep of a payment", () => {
  const succeeded = { payment_intent: "pi_1", redirect_status: "succeeded" };
  const failed = { payment_intent: "pi_1", redirect_status: "failed" };

  it("is done only when both payment and plan are in the database", () => {
    expect(step(succeeded, "succeeded", "active")).toBe("done");
    expect(step(succeeded, "succeeded", "incomplete")).toBe("waiting");
    expect(step(succeeded, "requires_payment_method", "incomplete")).toBe("waiting");
    expect(step(succeeded, "processing")).toBe("waiting");
    expect(step(succeeded, null)).toBe("waiting");
  });

  it("believes a failure in the address until the database knows better", () => {
    expect(step(failed, "requires_payment_method", "incomplete")).toBe("failed");
    expect(step(failed, null)).toBe("failed");
    expect(step(failed, "succeeded", "active")).toBe("done");
    expect(step(failed, "processing")).toBe("waiting");
  });

  it("has failed when the payment was canceled", () => {
    expect(step(succeeded, "canceled")).toBe("failed");
  });
});

describe("returnStep of a saved card", () => {
  const succeeded = { setup_intent: "seti_1", redirect_status: "succeeded" };

  it("is done once no plan waits for the card any more", () => {
    expect(step(succeeded, "processing", "trialing")).toBe("waiting");
    expect(step(succeeded, "succeeded", "trialing")).toBe("done");
    expect(step(succeeded, null)).toBe("waiting");
  });

  it("has failed when the bank refused", () => {
    expect(step({ ...succeeded, redirect_status: "failed" }, "processing", "trialing")).toBe("failed");
  });
});

it("has nothing to say without an intent", () => {
  expect(step({}, null)).toBe("nothing");
});
