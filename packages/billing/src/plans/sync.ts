import type pg from "pg";
import type Stripe from "stripe";
import { writePrice } from "../db/sql/prices";
import { idOf } from "../stripe/fields";

/** Mirrors a Stripe price; call it in a transaction. */
export const syncPrice = (client: pg.PoolClient, price: Stripe.Price): Promise<void> =>
  writePrice(client, {
    id: price.id,
    productId: idOf(price.product) ?? "",
    lookupKey: price.lookup_key,
    planId: price.metadata.farebox_plan ?? null,
    currency: price.currency,
    interval: price.recurring?.interval ?? null,
    unitAmount: price.unit_amount,
    active: price.active,
  });
