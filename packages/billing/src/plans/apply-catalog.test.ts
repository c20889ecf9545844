import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { catalog } from "../catalog";
import { inTransaction } from "../db/sql/transaction";
import { type Harness, harness } from "../testing/harness";
import { applyCatalog } from "./apply-catalog";
import { compareCatalog } from "./compare-catalog";
import type { Catalog, PlanDefinition } from "./define-catalog";
import { describeChanges } from "./describe-changes";
import { catalogPrice, planOfPrice } from "./queries";
import { readPrice, syncPrice } from "./sync";

let h: Harness;
const mirror = (price: Stripe.Price) => inTransaction(h.pool, (client) => syncPrice(client, price));

beforeAll(async () => {
  h = await harness();
});
afterAll(() => h.close());

const growth = { planId: "growth", interval: "month", currency: "usd" } as const;
const book: Catalog = catalog;
const allPrices = 80;

function withGrowthAt(usd: number): Catalog {
  const plan: PlanDefinition = catalog.plans.growth;
  const month = { ...catalog.plans.growth.prices.month, usd };
  return { ...book, plans: { ...book.plans, growth: { ...plan, prices: { ...plan.prices, month } } } };
}

test("the first apply made everything, and the next changes nothing", async () => {
  const products = await h.stripe.products.list({ limit: 100 });
  expect(products.data.map(({ id }) => id).sort()).toEqual([
    "farebox_addon_extra_projects",
    "farebox_addon_sso",
    "farebox_free",
    "farebox_growth",
    "farebox_pack_credits_1000",
    "farebox_pack_credits_10000",
    "farebox_product_onboarding",
    "farebox_scale",
    "farebox_scale_api_calls",
    "farebox_scale_seats",
    "farebox_starter",
    "farebox_team",
  ]);
  const before = h.sandbox.calls().length;
  expect(await applyCatalog(h.billing)).toEqual({
    created: [],
    archived: [],
    changes: 0,
    unchanged: allPrices,
  });
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
    expect.stringMatching(/^~ customer portal configuration \(bpc_/),
  ]);
  expect(await applyCatalog(h.billing, withGrowthAt(12900))).toEqual({
    created: ["growth_month_usd"],
    archived: ["growth_month_usd"],
    changes: 3,
    unchanged: allPrices - 1,
  });
  const current = await catalogPrice(h.db, growth);
  expect(current).toMatchObject({ unitAmount: 12900 });
  expect(await h.stripe.prices.retrieve(old.priceId)).toMatchObject({ active: false, lookup_key: null });
  expect(await planOfPrice(h.db, old.priceId)).toEqual({ planId: "growth", interval: "month" });
  expect(await shownInPortal()).toContain(current.priceId);
  expect(await shownInPortal()).not.toContain(old.priceId);
  await applyCatalog(h.billing, withGrowthAt(9900));
  const back = await catalogPrice(h.db, growth);
  expect(back.unitAmount).toBe(9900);
  expect([old.priceId, current.priceId]).not.toContain(back.priceId);
});

async function shownInPortal(): Promise<string[]> {
  const { data } = await h.stripe.billingPortal.configurations.list();
  expect(data).toHaveLength(1);
  return (data[0]?.features.subscription_update.products ?? []).flatMap(({ prices }) => prices);
}

test("a price that was taken off sale by hand is on sale again, the same one", async () => {
  const { priceId } = await catalogPrice(h.db, growth);
  await h.stripe.prices.update(priceId, { active: false });
  const { changes } = await compareCatalog(h.billing);
  expect(describeChanges(changes)).toEqual(["~ price growth_month_usd: on sale again"]);
  await applyCatalog(h.billing);
  expect(await catalogPrice(h.db, growth)).toEqual({ priceId, unitAmount: 9900 });
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
    metadata: {
      farebox_plan: "growth",
      farebox_price: "growth_month_usd",
      farebox_kind: "base",
      farebox_id: "growth",
    },
  });
  const applied = await applyCatalog(h.billing, withGrowthAt(13900));
  expect(applied).toMatchObject({ created: [], archived: ["growth_month_usd"] });
  expect(await catalogPrice(h.db, growth)).toEqual({ priceId: cut.id, unitAmount: 13900 });
  expect((await h.stripe.prices.retrieve(old.priceId)).active).toBe(false);
});

test("a plan that left the catalogue is not sold any more; what was made by hand stays", async () => {
  const byHand = await h.stripe.products.create({ name: "Consulting" });
  const ownPrice = await h.stripe.prices.create({
    product: "farebox_starter",
    currency: "usd",
    unit_amount: 1500,
    recurring: { interval: "month" },
  });
  const { starter: _gone, ...plans } = book.plans;
  const addOns = { extra_projects: { ...catalog.addOns.extra_projects, plans: ["growth"] } };
  const portal = { headline: "Your plan", plans: ["growth"], cancel: false };
  const applied = await applyCatalog(h.billing, { ...book, plans, addOns, portal });
  expect(applied.archived.filter((key) => key.startsWith("starter_"))).toHaveLength(8);
  expect(applied.archived.filter((key) => key.startsWith("addon_sso_"))).toHaveLength(8);
  expect((await h.stripe.products.retrieve("farebox_starter")).active).toBe(false);
  expect((await h.stripe.products.retrieve(byHand.id)).active).toBe(true);
  expect((await h.stripe.prices.retrieve(ownPrice.id)).active).toBe(true);
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
  const price = await readPrice(h.stripe, priceId);
  await mirror({ ...price, id: "price_replaced", lookup_key: null, active: false });
  await Promise.all([mirror(price), mirror(price)]);
  expect(await catalogPrice(h.db, growth)).toMatchObject({ priceId });
  expect(await planOfPrice(h.db, "price_unknown")).toBeNull();
});
