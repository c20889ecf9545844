import type { ChangeQuote } from "@farebox/billing";
import { describe, expect, it } from "vitest";
import { confirmLabel, lineText, quoteSentence } from "./quote-text";

const say = {
  money: (amount: number, currency: string) => `${amount / 100} ${currency.toUpperCase()}`,
  date: (at: string) => at.slice(0, 10),
};
const quote: ChangeQuote = {
  quote: "signed",
  expiresAt: "2026-11-22T12:15:00.000Z",
  timing: "now",
  effectiveAt: null,
  from: { planName: "Starter", interval: "month" },
  to: { planId: "growth", planName: "Growth", interval: "month" },
  currency: "usd",
  lines: [
    { kind: "unused", description: "Unused time on Starter", amount: -950 },
    { kind: "remaining", description: "Remaining time on Growth", amount: 4950 },
  ],
  discount: 0,
  tax: 0,
  total: 4000,
  balance: 0,
  dueNow: 4000,
  creditAfter: 0,
  next: { at: "2026-12-03T12:00:00.000Z", total: 9900 },
  gained: [],
  lost: [],
};

describe("an upgrade", () => {
  it("says what is paid, and the button says it too", () => {
    expect(quoteSentence(quote, say)).toBe("Growth starts as soon as 40 USD is paid.");
    expect(confirmLabel(quote, say)).toBe("Pay 40 USD now");
  });

  it("that gives back more than it costs keeps the rest as credit", () => {
    const credit = { ...quote, total: -500, dueNow: 0, creditAfter: 500 };
    expect(quoteSentence(credit, say)).toContain("5 USD is kept as credit");
    expect(confirmLabel(credit, say)).toBe("Change to Growth now");
  });
});

it("a downgrade says until when the old plan stays", () => {
  const later: ChangeQuote = {
    ...quote,
    timing: "period_end",
    effectiveAt: "2026-12-03T12:00:00.000Z",
    lines: [],
    dueNow: 0,
  };
  expect(quoteSentence(later, say)).toBe(
    "Starter is paid for until 2026-12-03 and stays on until then. After that you have Growth. Nothing is charged today.",
  );
  expect(confirmLabel(later, say)).toBe("Change on 2026-12-03");
});

it("lines are told in our words, and several of a kind by Stripe's", () => {
  expect(lineText(quote, 0)).toBe("Unused time on Starter, given back");
  const two = {
    ...quote,
    lines: [...quote.lines, { kind: "remaining" as const, description: "2 × Seats", amount: 1 }],
  };
  expect([lineText(two, 1), lineText(two, 2)]).toEqual(["Remaining time on Growth", "2 × Seats"]);
});
