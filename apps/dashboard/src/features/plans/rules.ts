import type { Currency, Interval, PlanView, SubscriptionView } from "@farebox/billing";
import { currencies, intervals } from "@farebox/billing/schemas";
import { oneOf } from "../../lib/paths";
import { priceOf } from "../checkout/due-today";
import { hasEnded, isLive } from "../subscriptions/rules";

export interface PlanPrice {
  interval: Interval;
  currency: Currency;
  amount: number;
}

/** The price to show; a free plan has one price and shows it under every interval. */
export function shownPrice(
  plan: PlanView,
  interval: Interval,
  currency: Currency,
  seats?: number,
): PlanPrice | null {
  const exact = priceOf(plan, interval, currency, seats);
  if (exact) return { interval, currency, amount: exact.amount };
  return plan.prices.find((price) => price.currency === currency && price.amount === 0) ?? null;
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

export type PlanStanding = "current" | "waiting" | "open" | "change";

/** What a customer can do with one plan: have it, finish buying it, buy it, or change to it from another. */
export function planStanding(planId: string, current: SubscriptionView | null): PlanStanding {
  if (!current || hasEnded(current)) return "open";
  const same = current.planId === planId;
  if (isLive(current)) return same ? "current" : "change";
  return same ? "waiting" : "open";
}

export function allFeatures(plans: readonly PlanView[]): PlanView["features"] {
  const byId = new Map(plans.flatMap((plan) => plan.features).map((feature) => [feature.id, feature]));
  return [...byId.values()];
}

/** Whether the choice can differ from what runs; a free plan has one price for all intervals. */
export function offersChange(
  plan: PlanView,
  standing: PlanStanding,
  price: PlanPrice | null,
  current: SubscriptionView | null,
): boolean {
  if (!price || !current || price.currency !== current.price?.currency) return false;
  if (standing === "change") return true;
  return standing === "current" && (plan.seats !== null || price.interval !== current.interval);
}
