import Stripe from "stripe";
import { makeCustomer } from "../../testing/world";
import { refused } from "../refused";
import type { Scenario } from ".";

export const catalog: Scenario = async (stripe) => {
  const product = await stripe.products.create({
    name: "Team",
    description: "For teams",
    unit_label: "seat",
    images: ["https://example.com/a.png"],
    marketing_features: [{ name: "Fast" }],
    metadata: { plan: "team" },
    default_price_data: { currency: "usd", unit_amount: 900, recurring: { interval: "month" } },
  });
  await stripe.products.retrieve(product.id);
  await stripe.products.update(product.id, { active: false, description: "" });
  await stripe.products.list({ active: false });
  await stripe.products.search({ query: "name~'Tea'" });
  const gone = await stripe.products.create({ name: "Gone" });
  await stripe.products.del(gone.id);
  await refused(stripe.products.retrieve(gone.id));
  await refused(stripe.products.del(product.id));
  await prices(stripe, product.id);
  await plans(stripe, product.id);
};

async function prices(stripe: Stripe, product: string): Promise<void> {
  const monthly = { interval: "month" as const };
  const decimal = await stripe.prices.create({
    product,
    currency: "usd",
    unit_amount_decimal: Stripe.Decimal.from("0.5"),
    recurring: monthly,
    lookup_key: "tiny",
    nickname: "Tiny",
    tax_behavior: "exclusive",
  });
  await stripe.prices.retrieve(decimal.id);
  await stripe.prices.create({
    product,
    currency: "usd",
    unit_amount: 1000,
    currency_options: { eur: { unit_amount: 900 }, jpy: { unit_amount: 1500 } },
    expand: ["currency_options", "product"],
  });
  await stripe.prices.create({
    product,
    currency: "usd",
    billing_scheme: "tiered",
    tiers_mode: "volume",
    recurring: { interval: "year" },
    tiers: [
      { up_to: 10, unit_amount: 100, flat_amount: 500 },
      { up_to: "inf", unit_amount_decimal: Stripe.Decimal.from("99.9") },
    ],
    expand: ["tiers"],
  });
  await stripe.prices.create({
    product_data: { name: "Inline" },
    currency: "eur",
    unit_amount: 100,
    transform_quantity: { divide_by: 10, round: "up" },
  });
  await stripe.prices.update(decimal.id, { active: false, nickname: "Old", metadata: { a: "b" } });
  await stripe.prices.list({ lookup_keys: ["tiny"], expand: ["data.product"] });
  await stripe.prices.list({ product, type: "recurring" });
  await stripe.prices.search({ query: "active:'true'" });
  await refused(stripe.prices.create({ product, currency: "usd", unit_amount: -1 }));
}

async function plans(stripe: Stripe, product: string): Promise<void> {
  const price = await stripe.prices.create({
    product,
    currency: "usd",
    unit_amount: 700,
    recurring: { interval: "week", interval_count: 2 },
  });
  await stripe.plans.retrieve(price.id, { expand: ["product"] });
}

export const entitlements: Scenario = async (stripe) => {
  const feature = await stripe.entitlements.features.create({ name: "SSO", lookup_key: "sso" });
  const other = await stripe.entitlements.features.create({ name: "API", lookup_key: "api" });
  await stripe.entitlements.features.update(other.id, { name: "The API", metadata: { a: "1" } });
  await stripe.entitlements.features.update(other.id, { active: false });
  await stripe.entitlements.features.retrieve(feature.id);
  await stripe.entitlements.features.list({ archived: true });
  const product = await stripe.products.create({ name: "Pro" });
  const attached = await stripe.products.createFeature(product.id, { entitlement_feature: feature.id });
  await stripe.products.retrieveFeature(product.id, attached.id);
  await stripe.products.listFeatures(product.id);
  const { id: price } = await stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 100,
    recurring: { interval: "month" },
  });
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price }] });
  const active = await stripe.entitlements.activeEntitlements.list({
    customer: customer.id,
    expand: ["data.feature"],
  });
  await stripe.entitlements.activeEntitlements.retrieve(active.data[0]?.id ?? "");
  await stripe.products.deleteFeature(product.id, attached.id);
  await stripe.subscriptions.cancel(subscription.id);
};
