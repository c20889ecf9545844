import type { Confirmation, Currency, Interval, PlanView, SubscriptionView } from "@farebox/billing";
import { amountOf } from "@farebox/billing/schemas/plans";

type Money = NonNullable<SubscriptionView["price"]>;

export interface DueToday {
  today: Money;
  /** The first charge after a trial; null when it is today or never. */
  later: (Money & { at: string }) | null;
  /** The plan has a trial, but this customer has had one. */
  trialUsed: boolean;
}

const dayMs = 86_400_000;

/** What a period costs without usage; with the fewest seats the plan can have when none are said. */
export function priceOf(
  { prices, seats }: Pick<PlanView, "prices" | "seats">,
  interval: Interval,
  currency: Currency,
  count = seats?.minimum ?? 1,
): Money | null {
  const isIt = (price: { interval: Interval; currency: Currency }) =>
    price.interval === interval && price.currency === currency;
  const smallest = prices.find(isIt);
  if (!smallest) return null;
  const rate = seats?.prices.find(isIt);
  const more = rate && seats ? amountOf(rate, count) - amountOf(rate, seats.minimum) : 0;
  return { amount: smallest.amount + more, currency };
}

/**
 * What a purchase costs now and later. The catalogue gives the estimate; once the purchase is open,
 * its confirmation decides: a card saved for later is a trial, a payment is charged today. `trialEnd` is that of a
 * trial that already runs.
 */
export function dueToday(
  plan: Pick<PlanView, "trialDays">,
  price: Money,
  confirmation: Confirmation | null,
  now: number,
  trialEnd: string | null = null,
): DueToday {
  const { currency } = price;
  if (confirmation?.kind === "payment") {
    const today = { amount: confirmation.amount, currency: confirmation.currency };
    return { today, later: null, trialUsed: plan.trialDays > 0 };
  }
  const trial = price.amount > 0 && plan.trialDays > 0 && confirmation?.kind !== "none";
  if (!trial) return { today: { amount: price.amount, currency }, later: null, trialUsed: false };
  const at = trialEnd ?? new Date(now + plan.trialDays * dayMs).toISOString();
  return { today: { amount: 0, currency }, later: { amount: price.amount, currency, at }, trialUsed: false };
}
