import { catalog } from "../catalog";
import type { Catalog, FeatureDefinition, PlanDefinition, SeatsDefinition } from "./define-catalog";
import { type Amounts, amountOf } from "./pricing";
import { minimumSeats } from "./purchase-rules";
import { type fixedRate, rateOf } from "./rates";
import {
  type AddOnView,
  addOnIds,
  type CatalogView,
  type PlanView,
  planIds,
  type RateView,
  type SeatsView,
} from "./schemas";
import { type Currency, currencies, type Interval, intervals } from "./units";

const book: Catalog = catalog;

/** The plans as the catalogue file has them, in its order. */
export const listPlans = (): PlanView[] => planIds.map(planView);

export const viewCatalog = (): CatalogView => ({
  currencies: [...currencies],
  plans: listPlans(),
  addOns: addOnIds.map(addOnView),
  creditPacks: idsOf(catalog.creditPacks).map((id) => {
    const { name, description, credits, expiresAfterDays, prices } = catalog.creditPacks[id];
    return {
      id,
      name,
      description,
      credits,
      expiresAfterDays: expiresAfterDays ?? null,
      prices: onceIn(prices),
    };
  }),
  products: idsOf(catalog.products).map((id) => {
    const { name, description, prices } = catalog.products[id];
    return { id, name, description, prices: onceIn(prices) };
  }),
});

const idsOf = <Section extends object>(section: Section) =>
  Object.keys(section) as Extract<keyof Section, string>[];

const onceIn = (amounts: Amounts) => currencies.map((currency) => ({ currency, amount: amounts[currency] }));

type PlanOf = PlanDefinition<PlanView["features"][number]["id"], PlanView["usage"][number]["meter"]>;

function planView(id: PlanView["id"]): PlanView {
  const plan: PlanOf = catalog.plans[id];
  return {
    id,
    name: plan.name,
    description: plan.description,
    highlighted: plan.highlighted ?? false,
    trialDays: plan.trialDays ?? 0,
    trialCard: plan.trialCard ?? "required",
    features: featuresOf(plan.features),
    prices: smallestPrices(plan),
    seats: plan.seats ? seatsView(plan.seats) : null,
    usage: (plan.usage ?? []).map(({ meter, prices }) => ({
      meter,
      name: catalog.meters[meter].name,
      unit: catalog.meters[meter].unit,
      prices: rates(prices, (pricing, currency) => rateOf(pricing, currency)),
    })),
    addOns: addOnIds.filter((addOn) => book.addOns[addOn]?.plans.includes(id)),
  };
}

const featuresOf = <Id extends string>(ids: readonly Id[]) => {
  const features: Record<string, FeatureDefinition> = catalog.features;
  return ids.map((id) => ({ id, name: features[id]?.name ?? id }));
};

const seatsView = (seats: SeatsDefinition): SeatsView => ({
  included: seats.included ?? 0,
  minimum: minimumSeats(seats),
  maximum: seats.maximum ?? null,
  prices: rates(seats.prices, (pricing, currency) => rateOf(pricing, currency, seats.included)),
});

function smallestPrices({ prices, seats }: PlanDefinition): PlanView["prices"] {
  const people = seats ? seatsView(seats) : null;
  return intervals.flatMap((interval) => {
    if (!prices?.[interval] && !seats?.prices[interval]) return [];
    return currencies.map((currency) => {
      const base = prices?.[interval]?.[currency] ?? 0;
      const rate = people?.prices.find((each) => each.interval === interval && each.currency === currency);
      return { interval, currency, amount: base + (rate && people ? amountOf(rate, people.minimum) : 0) };
    });
  });
}

function rates<Pricing>(
  perInterval: Partial<Record<Interval, Pricing>>,
  rate: (pricing: Pricing, currency: Currency) => ReturnType<typeof fixedRate>,
): RateView[] {
  return intervals.flatMap((interval) => {
    const pricing = perInterval[interval];
    if (!pricing) return [];
    return currencies.map((currency) => ({ interval, currency, ...rate(pricing, currency) }));
  });
}

function addOnView(id: AddOnView["id"]): AddOnView {
  const { name, description, plans, prices } = catalog.addOns[id];
  const { maximum = 1 } = book.addOns[id] ?? {};
  return {
    id,
    name,
    description,
    plans: [...plans],
    maximum,
    features: featuresOf((book.addOns[id]?.features ?? []) as AddOnView["features"][number]["id"][]),
    prices: intervals.flatMap((interval) =>
      currencies.map((currency) => ({ interval, currency, amount: prices[interval][currency] })),
    ),
  };
}
