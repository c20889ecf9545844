import type { Currency, MemberSession, PlanView, SubscriptionView } from "@farebox/billing";
import { currencies } from "@farebox/billing/schemas";
import { oneOf } from "../../lib/paths";
import { mayPurchase } from "../account/rules";
import { hasEnded, isLive, trialNeedsCard } from "../subscriptions/rules";
import { priceOf } from "./due-today";
import type { CheckoutSearch } from "./search";

type Money = NonNullable<SubscriptionView["price"]>;

export type CheckoutStep =
  | { kind: "unknown_plan" }
  | { kind: "not_offered"; plan: PlanView }
  | { kind: "done"; subscription: SubscriptionView }
  | { kind: "other_plan"; subscription: SubscriptionView }
  | { kind: "may_not_buy" }
  | { kind: "other_currency"; currency: Currency }
  | { kind: "free"; plan: PlanView; price: Money }
  | { kind: "pay"; plan: PlanView; price: Money };

interface Known {
  search: CheckoutSearch;
  plans: readonly PlanView[];
  current: SubscriptionView | null;
  session: MemberSession;
}

/** Where this checkout stands by what the database says. What runs already is never offered for payment again. */
export function checkoutStep({ search, plans, current, session }: Known): CheckoutStep {
  const plan = plans.find(({ id }) => id === search.plan);
  if (!plan) return { kind: "unknown_plan" };

  if (current && isLive(current)) {
    const same = isSamePurchase(current, search);
    if (same && startedWell(current)) return { kind: "done", subscription: current };
    if (!same || !trialNeedsCard(current)) return { kind: "other_plan", subscription: current };
  }
  if (!mayPurchase(session.member.role)) return { kind: "may_not_buy" };

  const fixed = oneOf(currencies, session.customer.currency);
  if (fixed && fixed !== search.currency) return { kind: "other_currency", currency: fixed };

  const price = priceOf(plan, search.interval, search.currency);
  if (!price) return { kind: "not_offered", plan };
  return { kind: price.amount === 0 ? "free" : "pay", plan, price };
}

/** A trial is given once. Whether it is given is for the API to say; an ended one is what we can know before. */
export const offersTrial = (plan: Pick<PlanView, "trialDays">, current: SubscriptionView | null): boolean =>
  plan.trialDays > 0 && !(current && hasEnded(current) && current.trialEnd !== null);

const startedWell = (subscription: SubscriptionView): boolean =>
  subscription.status === "active" || (subscription.status === "trialing" && !trialNeedsCard(subscription));

const isSamePurchase = ({ planId, interval, price }: SubscriptionView, search: CheckoutSearch): boolean =>
  planId === search.plan && interval === search.interval && price?.currency === search.currency;
