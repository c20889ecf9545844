import type Stripe from "stripe";
import { catalog } from "../catalog";
import type { Billing } from "../context";
import { CatalogError } from "./check-catalog";
import type { Catalog } from "./define-catalog";
import { readOffers } from "./read-offers";
import { type CatalogChange, catalogChanges, conflictsOf, type Found } from "./rules";
import { wantedOf } from "./wanted";

export interface CatalogComparison {
  changes: CatalogChange[];
  found: Found;
  /** Prices of ours at Stripe, before any change. */
  prices: Stripe.Price[];
  unchanged: number;
}

/** Reads every product and price this catalogue ever made at Stripe, and changes nothing. */
export async function compareCatalog(
  { stripe }: Pick<Billing, "stripe">,
  offered: Catalog = catalog,
): Promise<CatalogComparison> {
  const wanted = wantedOf(offered);
  const { found, prices } = await readOffers(stripe, wanted);
  const conflicts = conflictsOf(wanted, found);
  if (conflicts.length > 0) throw new CatalogError(conflicts);
  const changes = catalogChanges(wanted, found);
  const created = changes.filter(({ kind }) => kind === "create_price").length;
  return { changes, found, prices, unchanged: wanted.prices.length - created };
}
