import { createSandbox, type Sandbox } from "@farebox/stripe-sandbox";
import fc from "fast-check";
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStripe } from "../stripe/client";
import { canonicalDecimal } from "./decimal";
import type { WantedPrice } from "./price-list";
import { priceParams } from "./price-params";
import { amountOf, type Rate } from "./pricing";
import { rateOf } from "./rates";
import { currencies } from "./units";

const nothing: Rate = {
  unitAmount: null,
  tiersMode: null,
  tiers: null,
  packageSize: null,
  packageRound: null,
};
const tiers = [
  { upTo: 5, unit: "1000", flat: "0" },
  { upTo: 10, unit: "800", flat: "0" },
  { upTo: null, unit: "500", flat: "2000" },
];

describe("amountOf", () => {
  it.each([
    ["graduated", 8, 7400],
    ["volume", 8, 6400],
    ["graduated", 12, 12_000],
    ["volume", 12, 8000],
    ["graduated", 5, 5000],
    ["graduated", 0, 0],
  ] as const)("%s, %i units", (tiersMode, quantity, amount) => {
    expect(amountOf({ ...nothing, tiersMode, tiers }, quantity)).toBe(amount);
  });

  it("charges the flat fee of the first tier for nothing too, of a later one only when it is reached", () => {
    const steps = [
      { upTo: 1, unit: "0", flat: "300" },
      { upTo: null, unit: "0", flat: "700" },
    ];
    expect(
      [0, 1, 2].map((quantity) => amountOf({ ...nothing, tiersMode: "graduated", tiers: steps }, quantity)),
    ).toEqual([300, 300, 1000]);
  });

  it.each([
    ["up", [0, 1, 1000, 1001], [0, 500, 500, 1000]],
    ["down", [0, 999, 1000, 1999], [0, 0, 500, 500]],
  ] as const)("counts packages %s", (packageRound, quantities, amounts) => {
    const rate = { ...nothing, unitAmount: "500", packageSize: 1000, packageRound };
    expect(quantities.map((quantity) => amountOf(rate, quantity))).toEqual(amounts);
  });

  it("rounds once, halves up", () => {
    expect([1, 2, 3].map((quantity) => amountOf({ ...nothing, unitAmount: "0.25" }, quantity))).toEqual([
      0, 1, 1,
    ]);
    expect(amountOf({ ...nothing, unitAmount: "0.000000000001" }, 500_000_000_000)).toBe(1);
  });

  it("makes included seats a tier that costs nothing", () => {
    const rate = rateOf({ unit: { usd: 2000, eur: 0, jpy: 0, kwd: 0 } }, "usd", 5);
    expect([1, 5, 6, 12].map((seats) => amountOf(rate, seats))).toEqual([0, 0, 2000, 14_000]);
  });

  it.each([
    [1900, "1900"],
    ["0.250", "0.25"],
    ["3.000", "3"],
    ["0", "0"],
  ])("writes %s as %s, as Stripe does", (given, text) => {
    expect(canonicalDecimal(given)).toBe(text);
  });
});

describe("property: what we work out is what Stripe would invoice", () => {
  let sandbox: Sandbox;
  let stripe: Stripe;
  let customers: Map<string, string>;
  beforeAll(async () => {
    sandbox = await createSandbox({ port: 0 });
    stripe = openStripe({ secretKey: sandbox.secretKey, apiBase: sandbox.url });
    await stripe.products.create({ id: "farebox_any", name: "Any" });
    const made = currencies.map(
      async (currency) => [currency, (await stripe.customers.create({})).id] as const,
    );
    customers = new Map(await Promise.all(made));
  });
  afterAll(() => sandbox.close());

  const decimal = fc
    .tuple(fc.nat(100_000), fc.option(fc.integer({ min: 1, max: 9999 }), { nil: null }))
    .map(([whole, fraction]) => canonicalDecimal(fraction === null ? whole : `${whole}.${fraction}`));
  const steps = fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 1, max: 2000 }), { maxLength: 4 }),
      fc.array(fc.record({ unit: decimal, flat: fc.nat(5000).map(String) }), { minLength: 5, maxLength: 5 }),
    )
    .map(([ends, amounts]) =>
      [...ends.sort((a, b) => a - b), null].map((upTo, at) => ({
        upTo,
        unit: "0",
        flat: "0",
        ...amounts[at],
      })),
    );
  const rate: fc.Arbitrary<Rate> = fc.oneof(
    decimal.map((unitAmount) => ({ ...nothing, unitAmount })),
    fc
      .tuple(decimal, fc.integer({ min: 2, max: 1000 }), fc.constantFrom("up" as const, "down" as const))
      .map(([unitAmount, packageSize, packageRound]) => ({
        ...nothing,
        unitAmount,
        packageSize,
        packageRound,
      })),
    fc
      .tuple(fc.constantFrom("graduated" as const, "volume" as const), steps)
      .map(([tiersMode, list]) => ({ ...nothing, tiersMode, tiers: list })),
  );

  it("for any rate, quantity and currency", async () => {
    let made = 0;
    await fc.assert(
      fc.asyncProperty(
        rate,
        fc.nat(5000),
        fc.constantFrom(...currencies),
        async (given, quantity, currency) => {
          made += 1;
          const wanted: WantedPrice = {
            ...given,
            lookupKey: `any_${made}`,
            productId: "farebox_any",
            kind: "seats",
            planId: null,
            catalogId: "any",
            meter: null,
            interval: "month",
            currency,
          };
          const price = await stripe.prices.create(priceParams(wanted, new Map()));
          const preview = await stripe.invoices.createPreview({
            customer: customers.get(currency) ?? "",
            subscription_details: { items: [{ price: price.id, quantity }] },
          });
          expect(preview.total).toBe(amountOf(given, quantity));
        },
      ),
      { numRuns: 150 },
    );
  }, 120_000);
});
