import { createHash } from "node:crypto";
import type { Catalog, CouponDefinition, MeterDefinition, PromotionCodeDefinition } from "./define-catalog";
import { lookupKey } from "./lookup-key";
import { priceList, type WantedPrice, type WantedProduct, wantedProducts } from "./price-list";
import { currencies, intervals } from "./units";

export interface WantedMeter extends MeterDefinition {
  id: string;
}

export interface WantedFeature {
  id: string;
  name: string;
}

export interface WantedCoupon {
  id: string;
  /** Has a digest of the terms, which cannot be edited at Stripe: other terms are another coupon. */
  stripeId: string;
  coupon: CouponDefinition;
}

export interface WantedCode extends PromotionCodeDefinition {
  code: string;
  couponStripeId: string;
  terms: string;
}

export interface WantedPortal {
  headline: string;
  cancel: boolean;
  plans: { productId: string; lookupKeys: string[] }[];
  terms: string;
}

/** What Stripe must have for a catalogue. */
export interface WantedOffers {
  meters: WantedMeter[];
  features: WantedFeature[];
  products: WantedProduct[];
  prices: WantedPrice[];
  coupons: WantedCoupon[];
  codes: WantedCode[];
  portal: WantedPortal | null;
}

export function wantedOf(catalog: Catalog): WantedOffers {
  const coupons = Object.entries(catalog.coupons).map(([id, coupon]) => ({
    id,
    coupon,
    stripeId: couponStripeId(id, coupon),
  }));
  const stripeIds = new Map(coupons.map(({ id, stripeId }) => [id, stripeId]));
  return {
    meters: Object.entries(catalog.meters).map(([id, meter]) => ({ id, ...meter })),
    features: Object.entries(catalog.features).map(([id, { name }]) => ({ id, name })),
    products: wantedProducts(catalog),
    prices: priceList(catalog),
    coupons,
    codes: Object.entries(catalog.promotionCodes).map(([code, definition]) =>
      wantedCode(code, definition, stripeIds.get(definition.coupon) ?? ""),
    ),
    portal: wantedPortal(catalog),
  };
}

/** The coupon at Stripe of a catalogue coupon: for retention offers and whatever else gives one. */
export function couponStripeId(
  id: string,
  { off, duration, plans, maxRedemptions }: CouponDefinition,
): string {
  const amounts = "amount" in off ? currencies.map((currency) => off.amount[currency]) : null;
  const percent = "percent" in off ? off.percent : null;
  return `farebox_${id}_${digest([percent, amounts, duration, plans ?? null, maxRedemptions ?? null])}`;
}

/** The terms of a code cannot be edited at Stripe either; a digest of them is written on it. */
function wantedCode(code: string, definition: PromotionCodeDefinition, couponId: string): WantedCode {
  const { firstPurchaseOnly = false, minimum, maxRedemptions = null, expiresAt = null } = definition;
  const amounts = minimum ? currencies.map((currency) => minimum[currency]) : null;
  const terms = digest([code, couponId, firstPurchaseOnly, amounts, maxRedemptions, expiresAt]);
  return { ...definition, code, couponStripeId: couponId, terms };
}

const digest = (terms: unknown): string =>
  createHash("sha256").update(JSON.stringify(terms)).digest("hex").slice(0, 8);

function wantedPortal({ portal, plans }: Catalog): WantedPortal | null {
  if (!portal) return null;
  const offered = portal.plans.map((id) => ({
    productId: `farebox_${id}`,
    lookupKeys: intervals
      .filter((interval) => plans[id]?.prices?.[interval])
      .flatMap((interval) => currencies.map((currency) => lookupKey(id, interval, currency))),
  }));
  const { headline, cancel } = portal;
  return { headline, cancel, plans: offered, terms: portalTerms({ headline, cancel, plans: offered }) };
}

export const portalTerms = ({ headline, cancel, plans }: Omit<WantedPortal, "terms">): string =>
  JSON.stringify([
    headline,
    cancel,
    plans.map(({ productId, lookupKeys }) => [productId, [...lookupKeys].sort()]).sort(),
  ]);
