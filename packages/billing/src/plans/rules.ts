import { currencies, intervals, lookupKey, type PlanDefinition } from "./define-catalog";

export interface WantedProduct {
  id: string;
  planId: string;
  name: string;
  description: string;
}

export interface WantedPrice {
  lookupKey: string;
  productId: string;
  planId: string;
  interval: string;
  currency: string;
  unitAmount: number;
}

/** What Stripe has, reduced to what the catalogue says about it. */
export interface FoundProduct extends WantedProduct {
  active: boolean;
}

export interface FoundPrice extends Omit<WantedPrice, "lookupKey"> {
  id: string;
  /** The key it was made for; Stripe's own lookup key moves to its replacement. */
  madeFor: string;
  holdsKey: boolean;
}

export type CatalogChange =
  | { kind: "create_product"; product: WantedProduct }
  | { kind: "update_product"; product: WantedProduct }
  | { kind: "archive_product"; productId: string }
  | { kind: "create_price"; price: WantedPrice; replaces: FoundPrice | null }
  | { kind: "archive_price"; price: FoundPrice };

export const productId = (planId: string) => `farebox_${planId}`;

export function wantedOf(plans: Record<string, PlanDefinition>): {
  products: WantedProduct[];
  prices: WantedPrice[];
} {
  const products = Object.entries(plans).map(([planId, { name, description }]) => ({
    id: productId(planId),
    planId,
    name,
    description,
  }));
  return { products, prices: Object.entries(plans).flatMap(([planId, plan]) => pricesOf(planId, plan)) };
}

function pricesOf(planId: string, plan: PlanDefinition): WantedPrice[] {
  return intervals.flatMap((interval) => {
    const amounts = plan.prices[interval];
    if (!amounts) return [];
    return currencies.map((currency) => ({
      lookupKey: lookupKey(planId, interval, currency),
      productId: productId(planId),
      planId,
      interval,
      currency,
      unitAmount: amounts[currency],
    }));
  });
}

/** The steps from what is found to what is wanted; none when they agree. A price is never edited, only replaced. */
export function catalogChanges(
  wanted: ReturnType<typeof wantedOf>,
  found: { products: FoundProduct[]; prices: FoundPrice[] },
): CatalogChange[] {
  const keep = new Set(wanted.products.map(({ id }) => id));
  const current = wanted.prices.map((price) => ({ price, match: found.prices.find(isCurrent(price)) }));
  const kept = new Set(current.map(({ match }) => match?.id));
  return [
    ...wanted.products.flatMap((product) => productChange(product, found.products)),
    ...current.flatMap(({ price, match }): CatalogChange[] => {
      if (match) return [];
      const replaces = found.prices.find(({ madeFor, holdsKey }) => madeFor === price.lookupKey && holdsKey);
      return [{ kind: "create_price", price, replaces: replaces ?? null }];
    }),
    ...found.prices
      .filter(({ id }) => !kept.has(id))
      .map((price): CatalogChange => ({ kind: "archive_price", price })),
    ...found.products
      .filter(({ id, active }) => active && !keep.has(id))
      .map(({ id }): CatalogChange => ({ kind: "archive_product", productId: id })),
  ];
}

function productChange(product: WantedProduct, found: FoundProduct[]): CatalogChange[] {
  const existing = found.find(({ id }) => id === product.id);
  if (!existing) return [{ kind: "create_product", product }];
  const same =
    existing.active && existing.name === product.name && existing.description === product.description;
  return same ? [] : [{ kind: "update_product", product }];
}

const isCurrent = (wanted: WantedPrice) => (found: FoundPrice) =>
  found.holdsKey &&
  found.madeFor === wanted.lookupKey &&
  found.productId === wanted.productId &&
  found.interval === wanted.interval &&
  found.currency === wanted.currency &&
  found.unitAmount === wanted.unitAmount;
