import { describe, expect, it } from "vitest";
import { isLess, itemChanges, type Part } from "./item-changes";
import { featureDifference, timingOf, whyNotNow } from "./rules";

const at = (weight: number, interval: string) => ({ weight, interval });
const same = { trialing: false, less: false };

describe("timingOf", () => {
  it.each([
    [at(1900, "month"), at(9900, "month"), same, "now"],
    [at(9900, "month"), at(1900, "year"), same, "period_end"],
    [at(1900, "year"), at(9900, "month"), same, "now"],
    [at(9900, "month"), at(9900, "year"), same, "now"],
    [at(9900, "year"), at(9900, "month"), same, "period_end"],
    [at(9900, "month"), at(9900, "month"), { trialing: false, less: true }, "period_end"],
    [at(9900, "month"), at(9900, "month"), same, "now"],
    [at(9900, "month"), at(0, "month"), { trialing: true, less: true }, "now"],
  ])("from %o to %o, %o: %s", (from, to, how, timing) => {
    expect(timingOf(from, to, how)).toBe(timing);
  });
});

describe("whyNotNow", () => {
  const fine = {
    status: "active",
    pending_update: null,
    schedule: null,
    cancel_at: null,
    pause_collection: null,
  };
  it.each([
    [{}, undefined],
    [{ status: "trialing" }, undefined],
    [{ pending_update: {} }, "change_pending"],
    [{ schedule: "sub_sched_1" }, "change_scheduled"],
    [{ cancel_at: 1 }, "cancellation_scheduled"],
    [{ pause_collection: {} }, "paused"],
    [{ status: "paused" }, "paused"],
    [{ status: "past_due" }, "payment_due"],
    [{ status: "unpaid" }, "payment_due"],
  ])("%o: %s", (change, reason) => {
    expect(whyNotNow({ ...fine, ...change })?.reason).toBe(reason);
  });
});

describe("itemChanges", () => {
  const held = [
    { itemId: "si_base", role: "base", priceId: "old", quantity: 1 },
    { itemId: "si_add", role: "add_on:sso", priceId: "sso", quantity: 1 },
  ];
  const part = (role: string, priceId: string, quantity: number | null = 1): Part => ({
    role,
    priceId,
    quantity,
  });

  it("keeps the item of each part, and its quantity: without it Stripe would make it one", () => {
    expect(itemChanges(held, [part("base", "new", 3), part("add_on:sso", "sso")])).toEqual({
      items: [{ id: "si_base", price: "new", quantity: 3 }],
      after: [
        { price: "new", quantity: 3 },
        { price: "sso", quantity: 1 },
      ],
    });
  });

  it("removes what is not wanted and adds what was not there, usage without a quantity", () => {
    expect(itemChanges(held, [part("seats", "seat", 5), part("usage:calls", "calls", null)])).toEqual({
      items: [
        { price: "seat", quantity: 5 },
        { price: "calls" },
        { id: "si_base", deleted: true },
        { id: "si_add", deleted: true },
      ],
      after: [{ price: "seat", quantity: 5 }, { price: "calls" }],
    });
  });

  it("finds nothing to do when all is as wanted", () => {
    expect(itemChanges(held, held).items).toEqual([]);
  });

  it("is less only when nothing is more", () => {
    expect(isLess(held, [part("base", "old")])).toBe(true);
    expect(isLess(held, [part("base", "old", 2)])).toBe(false);
    expect(isLess(held, held)).toBe(false);
  });
});

it("tells what is gained and what is lost", () => {
  const [a, b, c] = ["a", "b", "c"].map((id) => ({ id, name: id.toUpperCase() }));
  if (!a || !b || !c) throw new Error("three features");
  expect(featureDifference([a, b], [b, c])).toEqual({ gained: [c], lost: [a] });
});
