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
  /** Nothing to pay now and no card to give: a free plan, or a trial that asks for none. */
  | { kind: "cardless" | "pay"; plan: PlanView; price: Money; seats: number | undefined };

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
    if (same && startedWell(current, plan)) return { kind: "done", subscription: current };
    if (!same || !trialNeedsCard(current)) return { kind: "other_plan", subscription: current };
  }
  if (!mayPurchase(session.member.role)) return { kind: "may_not_buy" };

  const fixed = oneOf(currencies, session.customer.currency);
  if (fixed && fixed !== search.currency) return { kind: "other_currency", currency: fixed };

  const seats = seatsFor(plan, search.seats);
  const price = priceOf(plan, search.interval, search.currency, seats);
  if (!price) return { kind: "not_offered", plan };
  const cardless = price.amount === 0 || (plan.trialCard === "later" && opensTrial(plan, current));
  return { kind: cardless ? "cardless" : "pay", plan, price, seats };
}

/** What the address asks for, as far as the plan has it. */
function seatsFor({ seats }: PlanView, wanted: number | undefined): number | undefined {
  if (!seats) return undefined;
  const most = seats.maximum ?? Number.POSITIVE_INFINITY;
  return Math.min(most, Math.max(seats.minimum, wanted ?? seats.minimum));
}

/** An unpaid purchase of it says that there was no trial left to give. */
const opensTrial = (plan: PlanView, current: SubscriptionView | null): boolean =>
  offersTrial(plan, current) && !(current?.status === "incomplete" && current.planId === plan.id);

/** A trial is given once. Whether it is given is for the API to say; an ended one is what we can know before. */
export const offersTrial = (plan: Pick<PlanView, "trialDays">, current: SubscriptionView | null): boolean =>
  plan.trialDays > 0 && !(current && hasEnded(current) && current.trialEnd !== null);

const startedWell = (subscription: SubscriptionView, { trialCard }: PlanView): boolean =>
  subscription.status === "active" ||
  (subscription.status === "trialing" && (trialCard === "later" || !trialNeedsCard(subscription)));

const isSamePurchase = (
  { planId, interval, price, quantity }: SubscriptionView,
  search: CheckoutSearch,
): boolean =>
  planId === search.plan &&
  interval === search.interval &&
  price?.currency === search.currency &&
  (search.seats ?? quantity) === quantity;
