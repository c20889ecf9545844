import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Started, start } from "../../testing/start";
import { makeCustomer, makePrice } from "../../testing/world";

let world: Started;
let stripe: Stripe;
let made = 0;
const type = "entitlements.active_entitlement_summary.updated";

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

/** A price whose product grants these features. */
async function priceWith(...features: Stripe.Entitlements.Feature[]) {
  const price = await makePrice(stripe);
  for (const { id } of features) await attach(price, id);
  return price;
}

function attach(price: Stripe.Price, feature: string) {
  return stripe.products.createFeature(String(price.product), { entitlement_feature: feature });
}

function makeFeature() {
  made += 1;
  return stripe.entitlements.features.create({ name: `Feature ${made}`, lookup_key: `feature-${made}` });
}

async function keysOf(customer: string) {
  const active = await stripe.entitlements.activeEntitlements.list({ customer });
  return active.data.map((row) => row.lookup_key).sort();
}

async function summaries(customer: string) {
  const events = await stripe.events.list({ type, limit: 100 });
  return events.data.filter(({ data }) => Reflect.get(data.object, "customer") === customer);
}

it("keeps one active feature per key and never brings an archived one back", async () => {
  const feature = await makeFeature();
  expect(feature).toMatchObject({ object: "entitlements.feature", active: true });
  const again = () => stripe.entitlements.features.create({ name: "B", lookup_key: feature.lookup_key });
  await expect(again()).rejects.toMatchObject({ param: "lookup_key" });
  await stripe.entitlements.features.update(feature.id, { active: false });
  expect((await again()).active).toBe(true);
  await expect(stripe.entitlements.features.update(feature.id, { active: true })).rejects.toMatchObject({
    param: "active",
  });
  const archived = await stripe.entitlements.features.list({ archived: true });
  expect(archived.data.map((row) => row.id)).toEqual([feature.id]);
});

it("attaches features to a product, once", async () => {
  const [feature, price] = [await makeFeature(), await makePrice(stripe)];
  const product = String(price.product);
  const attached = await attach(price, feature.id);
  expect(attached).toMatchObject({ object: "product_feature", entitlement_feature: { id: feature.id } });
  await expect(attach(price, feature.id)).rejects.toMatchObject({ statusCode: 400 });
  expect((await stripe.products.listFeatures(product)).data).toHaveLength(1);
  expect((await stripe.products.retrieveFeature(product, attached.id)).id).toBe(attached.id);
  expect(await stripe.products.deleteFeature(product, attached.id)).toMatchObject({ deleted: true });
  expect((await stripe.products.listFeatures(product)).data).toEqual([]);
});

it("follows subscriptions: their start, another price, their end", async () => {
  const [sso, audit] = [await makeFeature(), await makeFeature()];
  const [small, large] = [await priceWith(sso), await priceWith(sso, audit)];
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: small.id }],
  });
  expect(await keysOf(customer.id)).toEqual([sso.lookup_key]);
  const [item] = subscription.items.data;
  await stripe.subscriptions.update(subscription.id, { items: [{ id: item?.id ?? "", price: large.id }] });
  expect(await keysOf(customer.id)).toEqual([sso.lookup_key, audit.lookup_key].sort());
  await stripe.subscriptions.update(subscription.id, { metadata: { a: "b" } });
  await stripe.subscriptions.cancel(subscription.id);
  expect(await keysOf(customer.id)).toEqual([]);
  const events = await summaries(customer.id);
  const keys = (list: unknown) =>
    (list as Stripe.Entitlements.ActiveEntitlementSummary["entitlements"]).data
      .map((row) => row.lookup_key)
      .sort();
  const steps = events
    .reverse()
    .map(({ data }) => [
      keys(Reflect.get(data.previous_attributes ?? {}, "entitlements")),
      keys(Reflect.get(data.object, "entitlements")),
    ]);
  const both = [sso.lookup_key, audit.lookup_key].sort();
  expect(steps).toEqual([
    [[], [sso.lookup_key]],
    [[sso.lookup_key], both],
    [both, []],
  ]);
  expect(events[0]?.data.object).toMatchObject({ object: "entitlements.active_entitlement_summary" });
  expect(events[0]?.data.object).not.toHaveProperty("id");
});

it("grants nothing before the first payment, and a new feature only from the next period", async () => {
  const [feature, later] = [await makeFeature(), await makeFeature()];
  const price = await priceWith(feature);
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const waiting = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    payment_behavior: "default_incomplete",
  });
  expect(await keysOf(customer.id)).toEqual([]);
  await stripe.invoices.pay(String(waiting.latest_invoice));
  expect(await keysOf(customer.id)).toEqual([feature.lookup_key]);
  await attach(price, later.id);
  await stripe.subscriptions.update(waiting.id, { metadata: { touched: "yes" } });
  expect(await keysOf(customer.id)).toEqual([feature.lookup_key]);
  const newcomer = await makeCustomer(stripe, "pm_card_visa");
  await stripe.subscriptions.create({ customer: newcomer.id, items: [{ price: price.id }] });
  expect(await keysOf(newcomer.id)).toEqual([feature.lookup_key, later.lookup_key].sort());
  const active = await stripe.entitlements.activeEntitlements.list({
    customer: newcomer.id,
    expand: ["data.feature"],
  });
  expect(active.data[0]?.feature).toMatchObject({ object: "entitlements.feature" });
  await world.advance(32 * 24 * 60 * 60);
  expect(await keysOf(customer.id)).toEqual([feature.lookup_key, later.lookup_key].sort());
});
