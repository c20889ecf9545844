import { checkCatalog } from "./check-catalog";
import type { Amounts, Interval, UnitPricing } from "./pricing";

export { lookupKey } from "./lookup-key";
export type { Interval } from "./units";

export interface FeatureDefinition {
  name: string;
}

/** Counts usage. How it adds up can never change at Stripe: another sum is another meter. */
export interface MeterDefinition {
  name: string;
  /** One of what is counted, in small letters: "call". */
  unit: string;
  aggregation: "sum" | "count" | "last";
}

export interface SeatsDefinition {
  /** Seats that the price of the plan contains already. */
  included?: number;
  /** The fewest that can be bought; `included`, or one, when it is not said. */
  minimum?: number;
  maximum?: number;
  prices: Partial<Record<Interval, UnitPricing>>;
}

/** Usage is billed at the end of each period, for the period that ended. */
export interface UsageDefinition<MeterId extends string = string> {
  meter: MeterId;
  prices: Partial<Record<Interval, UnitPricing>>;
}

/** Costs a fixed price, a price for each seat, usage, or any of these together. */
export interface PlanDefinition<FeatureId extends string = string, MeterId extends string = string> {
  name: string;
  description: string;
  features: readonly FeatureId[];
  highlighted?: boolean;
  /** Days before the first charge. */
  trialDays?: number;
  /** Whether a trial starts with a card, as when nothing is said, or without: then it ends with the plan unless one comes. */
  trialCard?: "required" | "later";
  /** Per interval and currency, in minor units. */
  prices?: Partial<Record<Interval, Amounts>>;
  seats?: SeatsDefinition;
  usage?: readonly UsageDefinition<MeterId>[];
}

export interface AddOnDefinition<FeatureId extends string = string, PlanId extends string = string> {
  name: string;
  description: string;
  /** The plans it can be added to. */
  plans: readonly PlanId[];
  features?: readonly FeatureId[];
  /** How many of it one subscription can have; one when nothing is said. */
  maximum?: number;
  prices: Partial<Record<Interval, Amounts>>;
}

export interface CreditPackDefinition {
  name: string;
  description: string;
  credits: number;
  /** Days until what is left of it is gone; never when nothing is said. */
  expiresAfterDays?: number;
  prices: Amounts;
}

export interface OneTimeDefinition {
  name: string;
  description: string;
  prices: Amounts;
}

export interface CouponDefinition<PlanId extends string = string> {
  name: string;
  off: { percent: number } | { amount: Amounts };
  /** The next invoice, every invoice of so many months, or every invoice. */
  duration: "once" | { months: number } | "forever";
  /** Only what these plans cost, without their seats, usage and add-ons; everything when nothing is said. */
  plans?: readonly PlanId[];
  maxRedemptions?: number;
}

export interface PromotionCodeDefinition<CouponId extends string = string> {
  coupon: CouponId;
  firstPurchaseOnly?: boolean;
  minimum?: Amounts;
  maxRedemptions?: number;
  /** The day and time it ends, as an ISO string. */
  expiresAt?: string;
}

export type RetentionOffer<PlanId extends string = string, CouponId extends string = string> =
  | { kind: "pause"; months: readonly number[] }
  | { kind: "coupon"; coupon: CouponId }
  | { kind: "downgrade"; plan: PlanId };

export interface PolicyDefinition<PlanId extends string = string, CouponId extends string = string> {
  /** Days after a failed renewal in which a customer keeps everything. */
  graceDays: number;
  /** On which days after the first failure the customer is told, and what becomes of the plan after the last. */
  dunning: { remindOnDays: readonly number[]; thenPlan: "canceled" | "unpaid" };
  /** What somebody who cancels is offered, in this order, each of them once. */
  retention: readonly RetentionOffer<PlanId, CouponId>[];
}

/** What Stripe's own page for customers allows. Plans of one fixed price only: it cannot change any other. */
export interface PortalDefinition<PlanId extends string = string> {
  headline: string;
  plans: readonly PlanId[];
  cancel: boolean;
}

/** A catalogue whose ids are any strings: how the code that works for every installation sees it. */
export interface Catalog {
  features: Record<string, FeatureDefinition>;
  meters: Record<string, MeterDefinition>;
  plans: Record<string, PlanDefinition>;
  addOns: Record<string, AddOnDefinition>;
  creditPacks: Record<string, CreditPackDefinition>;
  products: Record<string, OneTimeDefinition>;
  coupons: Record<string, CouponDefinition>;
  promotionCodes: Record<string, PromotionCodeDefinition>;
  policy: PolicyDefinition;
  portal: PortalDefinition | null;
}

type Ids<Section> = Extract<keyof Section, string>;
type Nothing = Record<never, never>;

const defaultPolicy = {
  graceDays: 7,
  dunning: { remindOnDays: [1, 4], thenPlan: "canceled" },
  retention: [],
} as const satisfies PolicyDefinition;

/** Keeps every id as a literal type, so that a wrong one does not compile anywhere, and refuses what cannot be sold. */
export function defineCatalog<
  const Features extends Record<string, FeatureDefinition>,
  const Plans extends Record<string, PlanDefinition<Ids<Features>, Ids<Meters>>>,
  const Meters extends Record<string, MeterDefinition> = Nothing,
  const AddOns extends Record<string, AddOnDefinition<Ids<Features>, Ids<Plans>>> = Nothing,
  const CreditPacks extends Record<string, CreditPackDefinition> = Nothing,
  const Products extends Record<string, OneTimeDefinition> = Nothing,
  const Coupons extends Record<string, CouponDefinition<Ids<Plans>>> = Nothing,
  const Codes extends Record<string, PromotionCodeDefinition<Ids<Coupons>>> = Nothing,
>(definition: {
  features: Features;
  plans: Plans;
  meters?: Meters;
  addOns?: AddOns;
  creditPacks?: CreditPacks;
  products?: Products;
  coupons?: Coupons;
  promotionCodes?: Codes;
  policy?: PolicyDefinition<Ids<Plans>, Ids<Coupons>>;
  portal?: PortalDefinition<Ids<Plans>>;
}) {
  const catalog = {
    features: definition.features,
    meters: definition.meters ?? ({} as Meters),
    plans: definition.plans,
    addOns: definition.addOns ?? ({} as AddOns),
    creditPacks: definition.creditPacks ?? ({} as CreditPacks),
    products: definition.products ?? ({} as Products),
    coupons: definition.coupons ?? ({} as Coupons),
    promotionCodes: definition.promotionCodes ?? ({} as Codes),
    policy: definition.policy ?? (defaultPolicy as PolicyDefinition<Ids<Plans>, Ids<Coupons>>),
    portal: definition.portal ?? null,
  };
  checkCatalog(catalog);
  return catalog;
}
