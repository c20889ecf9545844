import type Stripe from "stripe";
import type { Database } from "../db/client";

/** Mirrors a Stripe price. A lookup key that moved is taken from the price that had it. */
export async function syncPrice(db: Pick<Database, "price">, price: Stripe.Price): Promise<void> {
  const { id, lookup_key: lookupKey } = price;
  if (lookupKey) {
    await db.price.updateMany({ where: { lookupKey, id: { not: id } }, data: { lookupKey: null } });
  }
  const mirrored = {
    productId: typeof price.product === "string" ? price.product : price.product.id,
    lookupKey,
    planId: price.metadata.farebox_plan ?? null,
    currency: price.currency,
    interval: price.recurring?.interval ?? null,
    unitAmount: price.unit_amount === null ? null : BigInt(price.unit_amount),
    active: price.active,
    syncedAt: new Date(),
  };
  await db.price.upsert({
    where: { id },
    create: { id, ...mirrored },
    update: mirrored,
    select: { id: true },
  });
}
