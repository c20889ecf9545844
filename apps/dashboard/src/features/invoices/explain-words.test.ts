import type { ExplanationPart, LineExplanation } from "@farebox/billing";
import { describe, expect, it } from "vitest";
import { causeSentence, changeSentence, partSentence } from "./explain-words";

const say = {
  money: (amount: number, currency: string) => `${amount / 100} ${currency.toUpperCase()}`,
  date: (at: string) => at.slice(0, 10),
  now: 0,
};
const tell = (part: ExplanationPart, currency = "usd") => partSentence(part, currency, say);
const proration = {
  kind: "unused",
  amount: -3300,
  full: "9900",
  basis: { kind: "line", invoiceId: "in_1", invoiceNumber: "FB-1", charged: 9900, off: 0 },
  from: "2026-11-21T00:00:00Z",
  until: "2026-12-01T00:00:00Z",
  seconds: 864_000,
  wholeSeconds: 2_592_000,
} as const;

describe("a step of the arithmetic", () => {
  it("tells units, also those that cost a fraction of a cent", () => {
    expect(tell({ kind: "units", amount: 1500, quantity: "3", unitAmount: "500" })).toBe("3 × 5 USD");
    expect(tell({ kind: "units", amount: 3, quantity: "12000", unitAmount: "0.25" })).toBe(
      "12,000 × 0.0025 USD",
    );
    expect(tell({ kind: "units", amount: 3, quantity: "1.5", unitAmount: "0.3" }, "jpy")).toBe(
      "1.5 × 0.3 JPY",
    );
  });

  it("tells tiers and packages", () => {
    const tier = { kind: "tier", amount: 900, from: 6, upTo: 10, quantity: "3", unitAmount: "300" } as const;
    expect(tell({ ...tier, mode: "graduated", flatAmount: "0" })).toBe("6 to 10: 3 × 3 USD");
    expect(tell({ ...tier, mode: "volume", flatAmount: "500" })).toBe(
      "Up to 10: 3 × 3 USD and 5 USD for this tier",
    );
    expect(tell({ ...tier, mode: "graduated", upTo: null, unitAmount: "0", flatAmount: "0" })).toBe(
      "From number 6 on: 3 included",
    );
    const used = { kind: "packages", amount: 1400, quantity: "1001", packages: "2", size: 1000 } as const;
    expect(tell({ ...used, round: "up", unitAmount: "700" })).toBe("1,001 used are 2 × 1,000, each 7 USD");
  });

  it("tells which part of which charge comes back", () => {
    expect(tell(proration)).toBe(
      "10 of 30 days of 99 USD charged on invoice FB-1, from 2026-11-21 to 2026-12-01",
    );
    const basis = { kind: "price", quantity: "5", unitAmount: null, off: "1000" } as const;
    expect(tell({ ...proration, basis, seconds: 2_592_000 })).toContain(
      "All 30 days of 99 USD (after a discount of 10 USD) for the whole period",
    );
  });
});

it("names the cause and what changed the line afterwards", () => {
  const line = { product: "Growth", charges: "base", interval: "month" } as LineExplanation;
  expect(causeSentence({ ...line, cause: "period" })).toBe("Growth, charged for each month.");
  expect(causeSentence({ ...line, cause: "trial" })).toContain("free");
  const off = {
    kind: "discount",
    amount: -1,
    name: "Friends",
    code: null,
    percentOff: "20",
    amountOff: null,
  } as const;
  expect(changeSentence(off, "usd", say)).toBe("Discount Friends, 20 % off");
  const tax = { kind: "tax", amount: 0, tax: 190, included: true, name: "VAT", percentage: "19" } as const;
  expect(changeSentence({ ...tax, reason: "standard_rated" }, "usd", say)).toBe(
    "VAT 19 %, contained in the price: 1.9 USD",
  );
  expect(changeSentence({ ...tax, reason: "reverse_charge" }, "usd", say)).toContain("reverse charge");
});
