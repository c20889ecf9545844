import type pg from "pg";
import type { Rate } from "../../plans/pricing";
import { statement } from "../statement";

export interface PriceRow {
  id: string;
  productId: string;
  lookupKey: string | null;
  planId: string | null;
  currency: string;
  interval: string | null;
  unitAmount: number | null;
  active: boolean;
  kind: string | null;
  catalogId: string | null;
  meter: string | null;
  usageType: string | null;
  rate: Rate;
}

const lock = statement<Record<string, never>>(
  "price-lock",
  "SELECT FROM price WHERE id = $1 OR lookup_key = $2 ORDER BY id FOR UPDATE",
);

const release = statement<Record<string, never>>(
  "price-release-lookup-key",
  "UPDATE price SET lookup_key = NULL WHERE lookup_key = $2 AND id <> $1",
);

const write = statement<Record<string, never>>(
  "price-write",
  `INSERT INTO price (id, product_id, lookup_key, plan_id, currency, interval, unit_amount, active, kind, catalog_id,
    meter, usage_type, unit_amount_decimal, tiers_mode, tiers, package_size, package_round, synced_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, now())
  ON CONFLICT (id) DO UPDATE SET product_id = excluded.product_id, lookup_key = excluded.lookup_key,
    plan_id = excluded.plan_id, currency = excluded.currency, interval = excluded.interval,
    unit_amount = excluded.unit_amount, active = excluded.active, kind = excluded.kind,
    catalog_id = excluded.catalog_id, meter = excluded.meter, usage_type = excluded.usage_type,
    unit_amount_decimal = excluded.unit_amount_decimal, tiers_mode = excluded.tiers_mode, tiers = excluded.tiers,
    package_size = excluded.package_size, package_round = excluded.package_round, synced_at = now()`,
);

const close = statement<Record<string, never>>(
  "product-close",
  "UPDATE product SET deleted_at = now(), active = false, synced_at = now() WHERE id = $1 AND deleted_at IS NULL",
);

/** A product that is gone at Stripe had no prices any more. */
export const closeProduct = async (client: pg.PoolClient, id: string): Promise<void> => {
  await close(client, [id]);
};

/** A lookup key that moved is taken from the price that had it; both rows are locked first, always in one order. */
export async function writePrice(client: pg.PoolClient, price: PriceRow): Promise<void> {
  const { id, productId, lookupKey, planId, currency, interval, unitAmount, active } = price;
  const { unitAmount: decimal, tiersMode, tiers, packageSize, packageRound } = price.rate;
  await lock(client, [id, lookupKey]);
  await release(client, [id, lookupKey]);
  await write(client, [
    ...[id, productId, lookupKey, planId, currency, interval, unitAmount, active],
    ...[price.kind, price.catalogId, price.meter, price.usageType],
    ...[decimal, tiersMode, tiers && JSON.stringify(tiers), packageSize, packageRound],
  ]);
}
