import { catalog } from "../catalog";
import type { Tx } from "../context";
import type { PaymentMethod, Price, Subscription } from "../db/generated/client";
import { minorUnits } from "../money";
import type { CustomerCtx } from "../trpc/procedures";
import type { SubscriptionView } from "./schemas";

/** The live subscription; without one the newest, so that an unpaid or ended one is seen too. */
export async function currentSubscription(ctx: CustomerCtx): Promise<SubscriptionView | null> {
  const { customerId } = ctx.actor;
  const subscription = await ctx.db.subscription.findFirst({
    where: { customerId },
    orderBy: [{ liveSlot: { sort: "asc", nulls: "last" } }, { createdAt: "desc" }, { id: "desc" }],
  });
  if (!subscription) return null;
  const [view] = await subscriptionViews(ctx.db, customerId, [subscription]);
  return view ?? null;
}

export async function subscriptionsOf(
  db: Tx,
  customerId: string,
  limit: number,
): Promise<SubscriptionView[]> {
  const subscriptions = await db.subscription.findMany({
    where: { customerId },
    orderBy: [{ liveSlot: { sort: "asc", nulls: "last" } }, { createdAt: "desc" }, { id: "desc" }],
    take: limit,
  });
  return subscriptionViews(db, customerId, subscriptions);
}

async function subscriptionViews(
  db: Tx,
  customerId: string,
  subscriptions: Subscription[],
): Promise<SubscriptionView[]> {
  const prices = await db.price.findMany({
    where: { id: { in: subscriptions.flatMap(({ priceId }) => priceId ?? []) } },
  });
  const cards = await db.paymentMethod.findMany({ where: { customerId, detachedAt: null } });
  const customer = await db.customer.findUnique({
    where: { id: customerId },
    select: { defaultPaymentMethodId: true },
  });
  const priceById = new Map(prices.map((price) => [price.id, price]));
  const cardById = new Map(cards.map((card) => [card.id, card]));
  return subscriptions.map((subscription) => {
    const cardId = subscription.defaultPaymentMethodId ?? customer?.defaultPaymentMethodId;
    return subscriptionView(
      subscription,
      priceById.get(subscription.priceId ?? ""),
      cardById.get(cardId ?? ""),
    );
  });
}

/** A subscription made by hand at Stripe may have a price the catalogue does not know. */
export function planName(planId: string | null): string {
  const plans: Record<string, { name: string }> = catalog.plans;
  return (planId && plans[planId]?.name) || "Custom";
}

function subscriptionView(
  subscription: Subscription,
  price: Price | undefined,
  card: PaymentMethod | undefined,
): SubscriptionView {
  const at = (time: Date | null) => time?.toISOString() ?? null;
  const perPeriod = price?.unitAmount === null ? undefined : price?.unitAmount;
  return {
    id: subscription.id,
    status: subscription.status,
    planId: subscription.planId,
    planName: planName(subscription.planId),
    interval: subscription.interval,
    quantity: minorUnits(subscription.quantity),
    price:
      perPeriod === undefined
        ? null
        : { amount: minorUnits(perPeriod * subscription.quantity), currency: subscription.currency },
    currentPeriodStart: at(subscription.currentPeriodStart),
    currentPeriodEnd: at(subscription.currentPeriodEnd),
    trialEnd: at(subscription.trialEnd),
    cancelAt: at(subscription.cancelAt),
    endedAt: at(subscription.endedAt),
    createdAt: subscription.createdAt.toISOString(),
    paymentMethod: card ? cardView(card) : null,
  };
}

const cardView = (card: PaymentMethod) => ({
  brand: card.brand ?? card.type,
  last4: card.last4 ?? "",
  expMonth: card.expMonth ?? 0,
  expYear: card.expYear ?? 0,
});
