import type Stripe from "stripe";
import { catalog } from "../catalog";
import type { Billing } from "../context";
import type { PlanDefinition } from "./define-catalog";
import { type CatalogChange, catalogChanges, type FoundPrice, type FoundProduct, wantedOf } from "./rules";

export interface CatalogComparison {
  changes: CatalogChange[];
  /** Active prices of ours at Stripe, before any change. */
  prices: Stripe.Price[];
  unchanged: number;
}

/** Reads every product and price this catalogue ever made at Stripe, and changes nothing. */
export async function compareCatalog(
  { stripe }: Pick<Billing, "stripe">,
  plans: Record<string, PlanDefinition> = catalog.plans,
): Promise<CatalogComparison> {
  const products = await ours(stripe.products.list({ limit: 100 }));
  const prices = (
    await Promise.all(
      products.map(({ id }) => ours(stripe.prices.list({ product: id, active: true, limit: 100 }))),
    )
  ).flat();
  const wanted = wantedOf(plans);
  const changes = catalogChanges(wanted, {
    products: products.map(foundProduct),
    prices: prices.map(foundPrice),
  });
  const created = changes.filter(({ kind }) => kind === "create_price").length;
  return { changes, prices, unchanged: wanted.prices.length - created };
}

/** Only what carries our mark: a product somebody made by hand is none of our business. */
async function ours<T extends { metadata: Stripe.Metadata }>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const entry of list) if (entry.metadata.farebox_plan) found.push(entry);
  return found;
}

const foundProduct = ({ id, name, description, active, metadata }: Stripe.Product): FoundProduct => ({
  id,
  name,
  active,
  description: description ?? "",
  planId: metadata.farebox_plan ?? "",
});

const foundPrice = (price: Stripe.Price): FoundPrice => ({
  id: price.id,
  productId: typeof price.product === "string" ? price.product : price.product.id,
  planId: price.metadata.farebox_plan ?? "",
  madeFor: price.metadata.farebox_price ?? "",
  holdsKey: price.lookup_key !== null && price.lookup_key === price.metadata.farebox_price,
  interval: price.recurring?.interval ?? "",
  currency: price.currency,
  unitAmount: price.unit_amount ?? 0,
});
