import type { Currency, Interval, PlanView, SubscriptionView } from "@farebox/billing";
import { currencies, intervals } from "@farebox/billing/schemas";
import { oneOf } from "../../lib/paths";
import { hasEnded, isLive } from "../subscriptions/rules";

export interface PlanPrice {
  interval: Interval;
  currency: Currency;
  amount: number;
}

/** The price to show; a free plan has one price and shows it under every interval. */
export function shownPrice(plan: PlanView, interval: Interval, currency: Currency): PlanPrice | null {
  const inCurrency = plan.prices.filter((price) => price.currency === currency);
  const exact = inCurrency.find((price) => price.interval === interval);
  return exact ?? inCurrency.find((price) => price.amount === 0) ?? null;
}

/** How much a year costs less than twelve months, in whole percent; 0 when it saves nothing. */
export function yearlySaving(plans: readonly PlanView[], currency: Currency): number {
  const savings = plans.map((plan) => {
    const month = plan.prices.find((price) => price.interval === "month" && price.currency === currency);
    const year = plan.prices.find((price) => price.interval === "year" && price.currency === currency);
    return month && year && month.amount > 0 ? 1 - year.amount / (month.amount * 12) : 0;
  });
  return Math.max(0, Math.floor(Math.max(0, ...savings) * 100));
}

interface Choice {
  interval?: Interval;
  currency?: Currency;
}

/** What the page opens with: the address, else what the customer has, else monthly dollars. A first payment fixes the currency. */
export function openingChoice(
  search: Choice,
  customerCurrency: string | null,
  current: SubscriptionView | null,
): Required<Choice> & { currencyLocked: boolean } {
  const fixed = oneOf(currencies, customerCurrency);
  return {
    interval: search.interval ?? oneOf(intervals, current?.interval) ?? "month",
    currency: fixed ?? search.currency ?? oneOf(currencies, current?.price?.currency) ?? "usd",
    currencyLocked: fixed !== undefined,
  };
}

export type PlanStanding = "current" | "waiting" | "open" | "blocked";

/** What a customer can do with one plan: have it, finish buying it, buy it, or not while another one runs. */
export function planStanding(planId: string, current: SubscriptionView | null): PlanStanding {
  if (!current || hasEnded(current)) return "open";
  const same = current.planId === planId;
  if (isLive(current)) return same ? "current" : "blocked";
  return same ? "waiting" : "open";
}

export function allFeatures(plans: readonly PlanView[]): PlanView["features"] {
  const byId = new Map(plans.flatMap((plan) => plan.features).map((feature) => [feature.id, feature]));
  return [...byId.values()];
}
