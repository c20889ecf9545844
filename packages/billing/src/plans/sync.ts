import type pg from "pg";
import type Stripe from "stripe";
import { catalogueTable, type Write } from "../db/sql/mirror-table";
import { writePrice } from "../db/sql/prices";
import { idOf, instant, storable } from "../stripe/fields";
import { marksOf, rateOfPrice } from "./found-price";

interface ProductRow {
  id: string;
  name: string;
  planId: string | null;
  active: boolean;
  createdAt: Date;
  deletedAt: Date | null;
}

const writeProduct = catalogueTable<ProductRow>("product", [
  "name",
  "planId",
  "active",
  "createdAt",
  "deletedAt",
]);

/** Bare, a tiered price does not say what it costs. */
export const readPrice = (stripe: Stripe, id: string): Promise<Stripe.Price> =>
  stripe.prices.retrieve(id, { expand: ["tiers"] });

/** Mirrors a Stripe price with its tiers expanded; call it in a transaction. */
export const syncPrice = (client: pg.PoolClient, price: Stripe.Price): Promise<void> =>
  writePrice(client, {
    ...marksOf(price),
    id: price.id,
    productId: idOf(price.product) ?? "",
    lookupKey: price.lookup_key,
    currency: price.currency,
    interval: price.recurring?.interval ?? null,
    unitAmount: price.unit_amount,
    active: price.active,
    usageType: price.recurring?.usage_type ?? null,
    rate: rateOfPrice(price),
  });

/** Mirrors a Stripe product; call it in a transaction. */
export const syncProduct = (client: pg.PoolClient, product: Stripe.Product, write: Write) =>
  writeProduct(
    client,
    {
      id: product.id,
      name: storable(product.name),
      planId: product.metadata.farebox_plan ?? null,
      active: product.active,
      createdAt: instant(product.created),
      deletedAt: null,
    },
    write,
  );
