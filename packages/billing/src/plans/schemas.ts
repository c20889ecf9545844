import {
  type AddOnId,
  type CreditPackId,
  catalog,
  type FeatureId,
  type MeterId,
  type PlanId,
  type ProductId,
} from "../catalog";
import type { Rate } from "./pricing";
import type { Currency, Interval } from "./units";

export const planIds = Object.keys(catalog.plans) as [PlanId, ...PlanId[]];
export const addOnIds = Object.keys(catalog.addOns) as [AddOnId, ...AddOnId[]];

/** What a quantity costs per billing period, in one currency; `amountOf` works it out. */
export interface RateView extends Rate {
  interval: Interval;
  currency: Currency;
}

export interface PlanView {
  id: PlanId;
  name: string;
  description: string;
  highlighted: boolean;
  trialDays: number;
  /** Whether a trial starts with a card, or without one. */
  trialCard: "required" | "later";
  features: { id: FeatureId; name: string }[];
  /** What the smallest purchase costs per period, without usage: the plan with the fewest seats it can have. */
  prices: { interval: Interval; currency: Currency; amount: number }[];
  /** null for a plan whose price does not depend on how many people use it. */
  seats: SeatsView | null;
  usage: { meter: MeterId; name: string; unit: string; prices: RateView[] }[];
  /** What can be added to it. */
  addOns: AddOnId[];
}

export interface SeatsView {
  included: number;
  minimum: number;
  maximum: number | null;
  /** Of all seats together, the included ones too. */
  prices: RateView[];
}

export interface AddOnView {
  id: AddOnId;
  name: string;
  description: string;
  features: { id: FeatureId; name: string }[];
  plans: PlanId[];
  maximum: number;
  prices: { interval: Interval; currency: Currency; amount: number }[];
}

interface PaidOnce {
  name: string;
  description: string;
  prices: { currency: Currency; amount: number }[];
}

export interface CreditPackView extends PaidOnce {
  id: CreditPackId;
  credits: number;
  expiresAfterDays: number | null;
}

export interface ProductView extends PaidOnce {
  id: ProductId;
}

/** Everything there is to buy. */
export interface CatalogView {
  currencies: Currency[];
  plans: PlanView[];
  addOns: AddOnView[];
  creditPacks: CreditPackView[];
  products: ProductView[];
}
