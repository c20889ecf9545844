import type { Confirmation, Currency, Interval, PlanView, SubscriptionView } from "@farebox/billing";

type Money = NonNullable<SubscriptionView["price"]>;

export interface DueToday {
  today: Money;
  /** The first charge after a trial; null when it is today or never. */
  later: (Money & { at: string }) | null;
  /** The plan has a trial, but this customer has had one. */
  trialUsed: boolean;
}

const dayMs = 86_400_000;

export const priceOf = (plan: PlanView, interval: Interval, currency: Currency): Money | null =>
  plan.prices.find((price) => price.interval === interval && price.currency === currency) ?? null;

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
