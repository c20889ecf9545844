import { catalog, type FeatureId, type PlanId } from "../catalog";
import type { Currency, Interval } from "./define-catalog";

export const planIds = Object.keys(catalog.plans) as [PlanId, ...PlanId[]];

export interface PlanView {
  id: PlanId;
  name: string;
  description: string;
  highlighted: boolean;
  trialDays: number;
  features: { id: FeatureId; name: string }[];
  prices: { interval: Interval; currency: Currency; amount: number }[];
}
