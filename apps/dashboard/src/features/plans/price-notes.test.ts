import type { Rate } from "@farebox/billing";
import { describe, expect, it } from "vitest";
import { priceNotes } from "./price-notes";

const say = {
  money: (amount: number, currency: string) => `${amount / 100} ${currency.toUpperCase()}`,
  count: (quantity: number) => quantity.toLocaleString("en"),
};
const nothing: Rate = {
  unitAmount: null,
  tiersMode: null,
  tiers: null,
  packageSize: null,
  packageRound: null,
};
const monthly = { interval: "month", currency: "usd" } as const;
const seats = (rate: Partial<Rate>) => ({
  included: 0,
  minimum: 1,
  maximum: null,
  prices: [{ ...nothing, ...rate, ...monthly }],
});
const calls = (rate: Partial<Rate>) => [
  {
    meter: "api_calls" as const,
    name: "API calls",
    unit: "call",
    prices: [{ ...nothing, ...rate, ...monthly }],
  },
];
const notes = (plan: Partial<Parameters<typeof priceNotes>[0]>) =>
  priceNotes({ seats: null, usage: [], ...plan }, monthly, say);

describe("priceNotes", () => {
  it("are none for a plan of one fixed price, or another period", () => {
    expect(notes({})).toEqual([]);
    expect(
      priceNotes({ seats: seats({ unitAmount: "1500" }), usage: [] }, { ...monthly, interval: "year" }, say),
    ).toEqual([]);
  });

  it("tell the price of a seat, and what is included", () => {
    expect(notes({ seats: seats({ unitAmount: "1500" }) })).toEqual(["15 USD a seat"]);
    const tiers = [
      { upTo: 5, unit: "0", flat: "0" },
      { upTo: null, unit: "2000", flat: "0" },
    ];
    expect(notes({ seats: seats({ tiersMode: "graduated", tiers }) })).toEqual([
      "5 seats included, then 20 USD a seat",
    ]);
  });

  it("tell usage in whole coins", () => {
    const tiers = [
      { upTo: 10_000, unit: "0", flat: "0" },
      { upTo: 100_000, unit: "0.2", flat: "0" },
      { upTo: null, unit: "0.15", flat: "0" },
    ];
    expect(notes({ usage: calls({ tiersMode: "graduated", tiers }) })).toEqual([
      "10,000 API calls included, then 2 USD per 1,000, above 100,000: 1.5 USD per 1,000",
    ]);
    expect(notes({ usage: calls({ unitAmount: "200", packageSize: 1000, packageRound: "up" }) })).toEqual([
      "2 USD for each 1,000 API calls",
    ]);
  });

  it("tell steps that include nothing", () => {
    const tiers = [
      { upTo: 5, unit: "1000", flat: "0" },
      { upTo: null, unit: "700", flat: "0" },
    ];
    expect(notes({ seats: seats({ tiersMode: "graduated", tiers }) })).toEqual([
      "10 USD a seat, above 5: 7 USD a seat",
    ]);
    expect(notes({ seats: seats({ tiersMode: "volume", tiers }) })).toEqual([
      "10 USD a seat up to 5, 7 USD a seat above; all at the price of the last one",
    ]);
  });
});
