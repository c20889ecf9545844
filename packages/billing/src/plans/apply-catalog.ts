import { createHash } from "node:crypto";
import type Stripe from "stripe";
import { catalog } from "../catalog";
import type { Billing } from "../context";
import { inTransaction } from "../db/sql/transaction";
import { compareCatalog } from "./compare-catalog";
import type { PlanDefinition } from "./define-catalog";
import type { CatalogChange, WantedPrice, WantedProduct } from "./rules";
import { syncPrice } from "./sync";

export interface AppliedCatalog {
  created: string[];
  archived: string[];
  unchanged: number;
}

/** Makes Stripe offer what the catalogue says. Can be interrupted anywhere and run again. */
export async function applyCatalog(
  billing: Billing,
  plans: Record<string, PlanDefinition> = catalog.plans,
): Promise<AppliedCatalog> {
  const { changes, prices, unchanged } = await compareCatalog(billing, plans);
  const mirror = (price: Stripe.Price) => inTransaction(billing.pool, (client) => syncPrice(client, price));
  for (const price of prices) await mirror(price);
  const created: string[] = [];
  const archived: string[] = [];
  for (const change of changes) {
    const price = await applyChange(billing.stripe, change);
    if (price) await mirror(price);
    if (change.kind === "create_price") created.push(change.price.lookupKey);
    if (change.kind === "archive_price") archived.push(change.price.madeFor);
  }
  return { created, archived, unchanged };
}

async function applyChange(stripe: Stripe, change: CatalogChange): Promise<Stripe.Price | null> {
  switch (change.kind) {
    case "create_product":
      await createProduct(stripe, change.product);
      return null;
    case "update_product": {
      const { id, name, description } = change.product;
      await stripe.products.update(id, { name, description, active: true });
      return null;
    }
    case "archive_product":
      await stripe.products.update(change.productId, { active: false });
      return null;
    case "create_price":
      return createPrice(stripe, change.price, change.replaces?.id ?? "none");
    case "archive_price":
      return stripe.prices.update(change.price.id, { active: false });
  }
}

const createProduct = (stripe: Stripe, { id, planId, name, description }: WantedProduct) => {
  const params = { id, name, description, metadata: { farebox_plan: planId } };
  return stripe.products.create(params, { idempotencyKey: keyOf("product", params) });
};

/** The key names the price it replaces: going back to an old amount within a day is a new price, not a replay. */
function createPrice(stripe: Stripe, wanted: WantedPrice, replaces: string): Promise<Stripe.Price> {
  const params = {
    product: wanted.productId,
    currency: wanted.currency,
    unit_amount: wanted.unitAmount,
    recurring: { interval: wanted.interval as Stripe.PriceCreateParams.Recurring.Interval },
    lookup_key: wanted.lookupKey,
    transfer_lookup_key: true,
    metadata: { farebox_plan: wanted.planId, farebox_price: wanted.lookupKey },
  };
  return stripe.prices.create(params, { idempotencyKey: keyOf("price", { params, replaces }) });
}

const keyOf = (what: string, params: unknown) =>
  `farebox-catalog-${what}-${createHash("sha256").update(JSON.stringify(params)).digest("hex").slice(0, 32)}`;
