import { catalog } from "../catalog";
import type { Billing } from "../context";
import { newestSubscriptions, type SubscriptionViewRow } from "../db/sql/subscription-views";
import { minorUnits } from "../money";
import type { CustomerCtx } from "../trpc/procedures";
import { periodAmount } from "./period-amount";
import type { SubscriptionView } from "./schemas";

/** The live subscription; without one the newest, so that an unpaid or ended one is seen too. */
export async function currentSubscription(ctx: CustomerCtx): Promise<SubscriptionView | null> {
  const [current] = await subscriptionsOf(ctx, ctx.actor.customerId, 1);
  return current ?? null;
}

export async function subscriptionsOf(
  { pool }: Pick<Billing, "pool">,
  customerId: string,
  limit: number,
): Promise<SubscriptionView[]> {
  return (await newestSubscriptions(pool, customerId, limit)).map(subscriptionView);
}

/** A subscription made by hand at Stripe may have a price the catalogue does not know. */
export function planName(planId: string | null): string {
  const plans: Record<string, { name: string }> = catalog.plans;
  return (planId && plans[planId]?.name) || "Custom";
}

function subscriptionView(row: SubscriptionViewRow): SubscriptionView {
  const at = (time: Date | null) => time?.toISOString() ?? null;
  return {
    id: row.id,
    status: row.status,
    planId: row.planId,
    planName: planName(row.planId),
    interval: row.interval,
    quantity: minorUnits(BigInt(row.quantity)),
    price: priceOf(row),
    currentPeriodStart: at(row.currentPeriodStart),
    currentPeriodEnd: at(row.currentPeriodEnd),
    trialEnd: at(row.trialEnd),
    cancelAt: at(row.cancelAt),
    ...underWay(row),
    endedAt: at(row.endedAt),
    createdAt: row.createdAt.toISOString(),
    paymentMethod: cardOf(row),
  };
}

function underWay(
  row: SubscriptionViewRow,
): Pick<SubscriptionView, "scheduledChange" | "pendingChange" | "paused"> {
  const { scheduledAt, pendingExpiresAt, pauseBehavior } = row;
  return {
    scheduledChange: scheduledAt && {
      planName: planName(row.scheduledPlanId),
      interval: row.scheduledInterval,
      at: scheduledAt.toISOString(),
    },
    pendingChange: pendingExpiresAt && {
      planName: planName(row.pendingPlanId),
      expiresAt: pendingExpiresAt.toISOString(),
    },
    paused: pauseBehavior === null ? null : { until: row.pauseResumesAt?.toISOString() ?? null },
  };
}

function priceOf({ items, currency }: SubscriptionViewRow): SubscriptionView["price"] {
  const amount = periodAmount(items);
  return amount === null ? null : { amount, currency };
}

function cardOf(row: SubscriptionViewRow): SubscriptionView["paymentMethod"] {
  if (row.cardId === null) return null;
  return {
    brand: row.cardBrand ?? row.cardType ?? "",
    last4: row.cardLast4 ?? "",
    expMonth: row.cardExpMonth ?? 0,
    expYear: row.cardExpYear ?? 0,
  };
}
