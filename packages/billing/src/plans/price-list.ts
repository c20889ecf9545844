import type { Catalog, PlanDefinition } from "./define-catalog";
import { lookupKey } from "./lookup-key";
import type { Amounts, Rate } from "./pricing";
import { fixedRate, rateOf } from "./rates";
import { type Currency, currencies, type Interval, intervals, type PriceKind } from "./units";

export interface WantedProduct {
  id: string;
  /** What it is in the catalogue: a plan's own, or of its seats and usage, or an add-on, a pack, a product. */
  kind: PriceKind | "plan";
  /** Its id in the catalogue; for what belongs to a plan, the plan's. */
  catalogId: string;
  name: string;
  description: string;
  unitLabel: string | null;
  /** What customers who have it may use. */
  features: readonly string[];
}

export interface WantedPrice extends Rate {
  lookupKey: string;
  productId: string;
  kind: PriceKind;
  planId: string | null;
  /** The id of the plan, add-on, pack or product it sells. */
  catalogId: string;
  meter: string | null;
  interval: Interval | null;
  currency: Currency;
}

export const planProduct = (planId: string) => `farebox_${planId}`;
const partProduct = (planId: string, part: string) => `farebox_${planId}_${part}`;

export function wantedProducts(catalog: Catalog): WantedProduct[] {
  const other = (kind: PriceKind, prefix: string) => {
    return ([id, { name, description, features = [] }]: [
      string,
      { name: string; description: string; features?: readonly string[] },
    ]): WantedProduct => {
      return {
        id: `farebox_${prefix}_${id}`,
        kind,
        catalogId: id,
        name,
        description,
        unitLabel: null,
        features,
      };
    };
  };
  return [
    ...Object.entries(catalog.plans).flatMap(([id, plan]) => planProducts(id, plan, catalog)),
    ...Object.entries(catalog.addOns).map(other("add_on", "addon")),
    ...Object.entries(catalog.creditPacks).map(other("credit_pack", "pack")),
    ...Object.entries(catalog.products).map(other("one_time", "product")),
  ];
}

/** Seats and usage beside a base price are products of their own, so that an invoice names what each line is for. */
function planProducts(planId: string, plan: PlanDefinition, catalog: Catalog): WantedProduct[] {
  const { name, description, features, seats, usage = [] } = plan;
  const part = { catalogId: planId, description: "", features: [] };
  const seatsAlone = seats && !plan.prices;
  return [
    {
      id: planProduct(planId),
      kind: "plan",
      catalogId: planId,
      name,
      description,
      unitLabel: seatsAlone ? "seat" : null,
      features,
    },
    ...(seats && plan.prices
      ? [
          {
            ...part,
            id: partProduct(planId, "seats"),
            kind: "seats" as const,
            name: `${name} seats`,
            unitLabel: "seat",
          },
        ]
      : []),
    ...usage.map(({ meter }) => ({
      ...part,
      id: partProduct(planId, meter),
      kind: "usage" as const,
      name: `${name} ${catalog.meters[meter]?.name ?? meter}`,
      unitLabel: catalog.meters[meter]?.unit ?? null,
    })),
  ];
}

/** Every price the catalogue asks for, one for each billing period and currency. */
export function priceList(catalog: Catalog): WantedPrice[] {
  return [
    ...Object.entries(catalog.plans).flatMap(([id, plan]) => planPrices(id, plan)),
    ...Object.entries(catalog.addOns).flatMap(([id, addOn]) =>
      recurring(addOn.prices, (amounts, interval, currency) => ({
        ...fixedRate(amounts, currency),
        lookupKey: lookupKey(`addon_${id}`, interval, currency),
        productId: `farebox_addon_${id}`,
        kind: "add_on",
        planId: null,
        catalogId: id,
        meter: null,
      })),
    ),
    ...Object.entries(catalog.creditPacks).flatMap(([id, pack]) =>
      oneTime("credit_pack", "pack", id, pack.prices),
    ),
    ...Object.entries(catalog.products).flatMap(([id, product]) =>
      oneTime("one_time", "product", id, product.prices),
    ),
  ];
}

function planPrices(planId: string, { prices, seats, usage = [] }: PlanDefinition): WantedPrice[] {
  const own = { planId, catalogId: planId, meter: null };
  const seatsKey = prices ? `${planId}_seats` : planId;
  return [
    ...recurring(prices ?? {}, (amounts, interval, currency) => ({
      ...own,
      ...fixedRate(amounts, currency),
      kind: "base",
      lookupKey: lookupKey(planId, interval, currency),
      productId: planProduct(planId),
    })),
    ...recurring(seats?.prices ?? {}, (pricing, interval, currency) => ({
      ...own,
      ...rateOf(pricing, currency, seats?.included),
      kind: "seats",
      lookupKey: lookupKey(seatsKey, interval, currency),
      productId: prices ? partProduct(planId, "seats") : planProduct(planId),
    })),
    ...usage.flatMap((each) =>
      recurring(each.prices, (pricing, interval, currency) => ({
        ...own,
        ...rateOf(pricing, currency),
        kind: "usage",
        meter: each.meter,
        lookupKey: lookupKey(`${planId}_${each.meter}`, interval, currency),
        productId: partProduct(planId, each.meter),
      })),
    ),
  ];
}

function recurring<Pricing>(
  perInterval: Partial<Record<Interval, Pricing>>,
  make: (
    pricing: Pricing,
    interval: Interval,
    currency: Currency,
  ) => Omit<WantedPrice, "interval" | "currency">,
): WantedPrice[] {
  return intervals.flatMap((interval) => {
    const pricing = perInterval[interval];
    if (!pricing) return [];
    return currencies.map((currency) => ({ ...make(pricing, interval, currency), interval, currency }));
  });
}

const oneTime = (kind: PriceKind, prefix: string, id: string, amounts: Amounts): WantedPrice[] =>
  currencies.map((currency) => ({
    ...fixedRate(amounts, currency),
    kind,
    lookupKey: `${prefix}_${id}_${currency}`,
    productId: `farebox_${prefix}_${id}`,
    planId: null,
    catalogId: id,
    meter: null,
    interval: null,
    currency,
  }));
