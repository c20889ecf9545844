import type { Interval, PlanView, SubscriptionView } from "@farebox/billing";
import type { Say } from "../subscriptions/plan-sentence";
import type { DueToday } from "./due-today";

type Price = DueToday["today"];

/** Said right before the button. */
export function consequence(due: DueToday, price: Price, interval: Interval, { money, date }: Say): string {
  const each = `${money(price.amount, price.currency)} each ${interval} until you cancel`;
  if (due.later) return `Nothing is charged today. From ${date(due.later.at)} it is ${each}.`;
  return `You pay ${money(due.today.amount, due.today.currency)} today, then ${each}.`;
}

/** The amount is on the button; a trial that already runs is not started a second time. */
export function submitLabel(
  due: DueToday,
  { trialDays }: Pick<PlanView, "trialDays">,
  trialEnd: SubscriptionView["trialEnd"],
  { money }: Pick<Say, "money">,
): string {
  if (!due.later) return `Pay ${money(due.today.amount, due.today.currency)} now`;
  return trialEnd ? "Save card" : `Start ${trialDays}-day trial`;
}
