import { catalog } from "../catalog";
import { currencies, type FeatureDefinition, intervals, type PlanDefinition } from "./define-catalog";
import { type PlanView, planIds } from "./schemas";

/** The plans as the catalogue file has them, in its order. */
export const listPlans = (): PlanView[] => planIds.map(planView);

function planView(id: PlanView["id"]): PlanView {
  const plan: PlanDefinition<PlanView["features"][number]["id"]> = catalog.plans[id];
  const features: Record<string, FeatureDefinition> = catalog.features;
  return {
    id,
    name: plan.name,
    description: plan.description,
    highlighted: plan.highlighted ?? false,
    trialDays: plan.trialDays ?? 0,
    features: plan.features.map((feature) => ({ id: feature, name: features[feature]?.name ?? feature })),
    prices: pricesOf(plan),
  };
}

function pricesOf(plan: PlanDefinition): PlanView["prices"] {
  return intervals.flatMap((interval) => {
    const amounts = plan.prices[interval];
    return amounts ? currencies.map((currency) => ({ interval, currency, amount: amounts[currency] })) : [];
  });
}
