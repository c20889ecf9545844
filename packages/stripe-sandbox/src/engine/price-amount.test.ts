import { describe, expect, it } from "vitest";
import { round } from "./money";
import { amountFor } from "./price-amount";

const tier = (up_to: number | null, unit: string, flat: string | null = null) => ({
  up_to,
  unit_amount: null,
  unit_amount_decimal: unit,
  flat_amount: null,
  flat_amount_decimal: flat,
});
const tiers = [tier(5, "1000"), tier(10, "800", "0"), tier(null, "500", "2000")];
const flat = { unit_amount_decimal: null, transform_quantity: null };

describe("tiers", () => {
  it.each([
    ["graduated", 8, 7400],
    ["volume", 8, 6400],
    ["graduated", 12, 12_000],
    ["volume", 12, 8000],
    ["graduated", 5, 5000],
    ["volume", 5, 5000],
    ["graduated", 0, 0],
  ])("%s, %i units: %i", (mode, quantity, amount) => {
    expect(round(amountFor({ ...flat, tiers, tiers_mode: mode }, quantity))).toBe(amount);
  });

  it("charges the first flat fee also for nothing", () => {
    expect(round(amountFor({ ...flat, tiers: [tier(null, "5", "900")], tiers_mode: "graduated" }, 0))).toBe(
      900,
    );
  });
});

it("counts whole packages", () => {
  const price = { unit_amount_decimal: "1000", tiers_mode: null };
  expect(round(amountFor({ ...price, transform_quantity: { divide_by: 1000, round: "up" } }, 1001))).toBe(
    2000,
  );
  expect(round(amountFor({ ...price, transform_quantity: { divide_by: 1000, round: "down" } }, 1999))).toBe(
    1000,
  );
});

it("keeps fractions of a cent until the end", () => {
  const price = { unit_amount_decimal: "0.0001", tiers_mode: null, transform_quantity: null };
  expect(round(amountFor(price, 15_000))).toBe(2);
});
