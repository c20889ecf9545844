import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { catalog } from "../catalog";
import { inTransaction } from "../db/sql/transaction";
import { type Harness, harness } from "../testing/harness";
import { applyCatalog } from "./apply-catalog";
import { compareCatalog } from "./compare-catalog";
import type { PlanDefinition } from "./define-catalog";
import { describeChanges } from "./describe-changes";
import { catalogPrice, planOfPrice } from "./queries";
import { syncPrice } from "./sync";

let h: Harness;
const mirror = (price: Stripe.Price) => inTransaction(h.pool, (client) => syncPrice(client, price));

beforeAll(async () => {
  h = await harness();
});
afterAll(() => h.close());

const growth = { planId: "growth", interval: "month", currency: "usd" } as const;

function withGrowthAt(usd: number): Record<string, PlanDefinition> {
  const plan: PlanDefinition = catalog.plans.growth;
  const month = { usd, eur: 9900, jpy: 14900 };
  return { ...catalog.plans, growth: { ...plan, prices: { ...plan.prices, month } } };
}

test("the first apply made every product and price, and the next changes nothing", async () => {
  const products = await h.stripe.products.list({ limit: 100 });
  expect(products.data.map(({ id }) => id).sort()).toEqual([
    "farebox_free",
    "farebox_growth",
    "farebox_starter",
  ]);
  const before = h.sandbox.calls().length;
  expect(await applyCatalog(h.billing)).toEqual({ created: [], archived: [], unchanged: 15 });
  const writes = h.sandbox
    .calls()
    .slice(before)
    .filter(({ method }) => method !== "GET");
  expect(writes).toEqual([]);
  expect(await catalogPrice(h.db, growth)).toMatchObject({ unitAmount: 9900 });
});

test("a new amount is a new price: the old one is archived, kept for its subscribers, and can come back", async () => {
  const old = await catalogPrice(h.db, growth);
  const { changes } = await compareCatalog(h.billing, withGrowthAt(12900));
  expect(describeChanges(changes)).toEqual([
    "+ price growth_month_usd: $129.00 per month (was $99.00 per month; subscribers keep it)",
    `- price growth_month_usd: $99.00 per month (${old.priceId})`,
  ]);
  expect(await applyCatalog(h.billing, withGrowthAt(12900))).toEqual({
    created: ["growth_month_usd"],
    archived: ["growth_month_usd"],
    unchanged: 14,
  });
  const current = await catalogPrice(h.db, growth);
  expect(current).toMatchObject({ unitAmount: 12900 });
  expect(await h.stripe.prices.retrieve(old.priceId)).toMatchObject({ active: false, lookup_key: null });
  expect(await planOfPrice(h.db, old.priceId)).toEqual({ planId: "growth", interval: "month" });
  await applyCatalog(h.billing, withGrowthAt(9900));
  const back = await catalogPrice(h.db, growth);
  expect(back.unitAmount).toBe(9900);
  expect([old.priceId, current.priceId]).not.toContain(back.priceId);
});

test("an apply that was cut after the new price is finished by the next", async () => {
  const old = await catalogPrice(h.db, growth);
  const cut = await h.stripe.prices.create({
    product: "farebox_growth",
    currency: "usd",
    unit_amount: 13900,
    recurring: { interval: "month" },
    lookup_key: "growth_month_usd",
    transfer_lookup_key: true,
    metadata: { farebox_plan: "growth", farebox_price: "growth_month_usd" },
  });
  const applied = await applyCatalog(h.billing, withGrowthAt(13900));
  expect(applied).toMatchObject({ created: [], archived: ["growth_month_usd"] });
  expect(await catalogPrice(h.db, growth)).toEqual({ priceId: cut.id, unitAmount: 13900 });
  expect((await h.stripe.prices.retrieve(old.priceId)).active).toBe(false);
});

test("a plan that left the catalogue is not sold any more; what was made by hand stays", async () => {
  const byHand = await h.stripe.products.create({ name: "Consulting" });
  const { free, growth: kept } = catalog.plans;
  const applied = await applyCatalog(h.billing, { free, growth: kept });
  expect(applied.archived.filter((key) => key.startsWith("starter_"))).toHaveLength(6);
  expect((await h.stripe.products.retrieve("farebox_starter")).active).toBe(false);
  expect((await h.stripe.products.retrieve(byHand.id)).active).toBe(true);
  await expect(
    catalogPrice(h.db, { planId: "starter", interval: "month", currency: "eur" }),
  ).rejects.toMatchObject({
    code: "NOT_ALLOWED",
    reason: "price_not_available",
    message: "Starter cannot be bought per month in EUR.",
  });
});

test("a webhook that is late does not take the lookup key from its new holder", async () => {
  await applyCatalog(h.billing);
  const { priceId } = await catalogPrice(h.db, growth);
  const price = await h.stripe.prices.retrieve(priceId);
  await mirror({ ...price, id: "price_replaced", lookup_key: null, active: false });
  await Promise.all([mirror(price), mirror(price)]);
  expect(await catalogPrice(h.db, growth)).toMatchObject({ priceId });
  expect(await planOfPrice(h.db, "price_unknown")).toBeNull();
});
