import { describe, expect, it } from "vitest";
import { expiryOf, isSameCard, type RemovalQuestion, whichStays, whyKept, withoutDuplicates } from "./rules";

const now = new Date("2026-11-12T12:00:00.000Z");

describe("expiryOf", () => {
  it.each([
    [10, 2026, null, "expired", 0],
    [11, 2026, null, "expires_soon", 19],
    [12, 2026, null, "good", 50],
    [12, 2026, "2027-01-01T00:00:00.000Z", "expires_before_charge", 50],
    [12, 2026, "2026-12-31T23:59:59.000Z", "good", 50],
    [1, 2030, "2026-12-01T00:00:00.000Z", "good", 1177],
  ] as const)(
    "%s/%s with a charge at %s is %s, %s days left",
    (expMonth, expYear, charge, expiry, daysLeft) => {
      const nextCharge = charge ? new Date(charge) : null;
      expect(expiryOf({ expMonth, expYear }, nextCharge, now)).toEqual({ expiry, daysLeft });
    },
  );

  it("is good for what has no date", () => {
    expect(expiryOf({ expMonth: null, expYear: null }, now, now)).toEqual({ expiry: "good", daysLeft: null });
  });
});

const card = (id: string, fingerprint: string | null = id) => ({
  id,
  fingerprint,
  brand: "visa",
  last4: "4242",
});
const a = card("a");
const b = card("b");

describe("whyKept", () => {
  const question: RemovalQuestion = {
    card: a,
    cards: [a, b],
    defaultId: "a",
    paidPlan: "Growth",
    becomesDefault: false,
  };

  it.each([
    ["the only card of a paid plan", { cards: [a] }, "last_card"],
    ["the only number of a paid plan, saved twice", { cards: [a, card("a2", "a")] }, "last_card"],
    ["the card that pays", {}, "pays_plan"],
    [
      "a copy of the number that pays",
      { card: card("a2", "a"), cards: [a, card("a2", "a"), b] },
      "pays_plan",
    ],
    ["what becomes the default", { card: b, becomesDefault: true, paidPlan: null }, "change_in_progress"],
    ["another card of a paid plan", { card: b }, undefined],
    ["any card without a paid plan", { cards: [a], paidPlan: null }, undefined],
    ["a card while none is the default", { defaultId: null }, undefined],
  ] as const)("%s: %o is %s", (_case, fields, reason) => {
    expect(whyKept({ ...question, ...fields })?.reason).toBe(reason);
  });

  it("says what to do", () => {
    expect(whyKept({ ...question, cards: [a] })?.message).toBe(
      "Visa ending 4242 is the only card for your Growth plan. Add another card first, or cancel the plan.",
    );
  });
});

describe("one number typed twice", () => {
  const saved = (id: string, expYear: number, day: number, fingerprint: string | null = "same") => ({
    ...card(id, fingerprint),
    expMonth: 4,
    expYear,
    createdAt: new Date(Date.UTC(2026, 0, day)),
  });

  it("keeps the date that lasts longer, else what was there first", () => {
    expect(whichStays([saved("old", 2028, 1), saved("new", 2031, 2)])?.id).toBe("new");
    expect(whichStays([saved("new", 2028, 2), saved("old", 2028, 1)])?.id).toBe("old");
    expect(whichStays([])).toBeNull();
  });

  it("is shown once, as the default where that is one of them", () => {
    const cards = [saved("new", 2031, 2), saved("old", 2028, 1), saved("other", 2027, 1, "else")];
    expect(withoutDuplicates(cards, null).map(({ id }) => id)).toEqual(["new", "other"]);
    expect(withoutDuplicates(cards, "old").map(({ id }) => id)).toEqual(["old", "other"]);
  });

  it("is never taken for another that has no fingerprint either", () => {
    expect(isSameCard(card("a", null), card("b", null))).toBe(false);
  });
});
