import type Stripe from "stripe";
import { mirrorTable } from "../db/sql/mirror-table";
import { idOf, instant, storable } from "../stripe/fields";
import { mainItem, planOf, seatCount } from "./rules";

interface SubscriptionRow {
  customerId: string;
  id: string;
  status: string;
  planId: string | null;
  priceId: string | null;
  interval: string | null;
  currency: string;
  quantity: number;
  currentPeriodStart: Date | null;
  currentPeriodEnd: Date | null;
  startedAt: Date;
  trialStart: Date | null;
  trialEnd: Date | null;
  cancelAt: Date | null;
  cancelAtPeriodEnd: boolean;
  canceledAt: Date | null;
  endedAt: Date | null;
  latestInvoiceId: string | null;
  pendingSetupIntentId: string | null;
  defaultPaymentMethodId: string | null;
  scheduleId: string | null;
  collectionMethod: string;
  pauseBehavior: string | null;
  pauseResumesAt: Date | null;
  pendingChangePriceId: string | null;
  pendingChangeExpiresAt: Date | null;
  cancellationReason: string | null;
  cancellationFeedback: string | null;
  cancellationComment: string | null;
  operationId: string | null;
  createdAt: Date;
}

export interface SubscriptionItemRow {
  id: string;
  priceId: string;
  quantity: number | null;
  currentPeriodStart: Date;
  currentPeriodEnd: Date;
}

export interface SubscriptionDiscountRow {
  id: string;
  couponId: string;
  promotionCodeId: string | null;
  startAt: Date;
  endAt: Date | null;
}

export const writeSubscription = mirrorTable<SubscriptionRow>("subscription", [
  "status",
  "planId",
  "priceId",
  "interval",
  "currency",
  "quantity",
  "currentPeriodStart",
  "currentPeriodEnd",
  "startedAt",
  "trialStart",
  "trialEnd",
  "cancelAt",
  "cancelAtPeriodEnd",
  "canceledAt",
  "endedAt",
  "latestInvoiceId",
  "pendingSetupIntentId",
  "defaultPaymentMethodId",
  "scheduleId",
  "collectionMethod",
  "pauseBehavior",
  "pauseResumesAt",
  "pendingChangePriceId",
  "pendingChangeExpiresAt",
  "cancellationReason",
  "cancellationFeedback",
  "cancellationComment",
  "operationId",
  "createdAt",
]);

/** Periods live on the items; that of the plan speaks for the subscription. */
export function subscriptionRow(customerId: string, subscription: Stripe.Subscription): SubscriptionRow {
  const { data: items } = subscription.items;
  const item = mainItem(items);
  return {
    customerId,
    id: subscription.id,
    status: subscription.status,
    planId: planOf(item?.price.metadata),
    priceId: item?.price.id ?? null,
    interval: item?.price.recurring?.interval ?? null,
    currency: subscription.currency,
    quantity: seatCount(items),
    currentPeriodStart: instant(item?.current_period_start),
    currentPeriodEnd: instant(item?.current_period_end),
    startedAt: instant(subscription.start_date),
    trialStart: instant(subscription.trial_start),
    trialEnd: instant(subscription.trial_end),
    cancelAt: instant(subscription.cancel_at),
    cancelAtPeriodEnd: subscription.cancel_at_period_end,
    canceledAt: instant(subscription.canceled_at),
    endedAt: instant(subscription.ended_at),
    latestInvoiceId: idOf(subscription.latest_invoice),
    pendingSetupIntentId: idOf(subscription.pending_setup_intent),
    defaultPaymentMethodId: idOf(subscription.default_payment_method),
    scheduleId: idOf(subscription.schedule),
    collectionMethod: subscription.collection_method,
    pauseBehavior: subscription.pause_collection?.behavior ?? null,
    pauseResumesAt: instant(subscription.pause_collection?.resumes_at),
    pendingChangePriceId: mainItem(subscription.pending_update?.subscription_items ?? [])?.price.id ?? null,
    pendingChangeExpiresAt: instant(subscription.pending_update?.expires_at),
    cancellationReason: subscription.cancellation_details?.reason ?? null,
    cancellationFeedback: subscription.cancellation_details?.feedback ?? null,
    cancellationComment: storable(subscription.cancellation_details?.comment),
    operationId: subscription.metadata.operation_id ?? null,
    createdAt: instant(subscription.created),
  };
}

export const itemRows = (subscription: Stripe.Subscription): SubscriptionItemRow[] =>
  subscription.items.data.map((item) => ({
    id: item.id,
    priceId: item.price.id,
    quantity: item.quantity ?? null,
    currentPeriodStart: instant(item.current_period_start),
    currentPeriodEnd: instant(item.current_period_end),
  }));

/** Null where they were not expanded: bare ids do not say what they take off. */
export function discountRows({ discounts }: Stripe.Subscription): SubscriptionDiscountRow[] | null {
  const expanded = discounts.filter((discount) => typeof discount === "object");
  if (expanded.length < discounts.length) return null;
  return expanded.map(({ id, source, promotion_code: code, start, end }) => ({
    id,
    couponId: idOf(source.coupon) ?? "",
    promotionCodeId: idOf(code),
    startAt: instant(start),
    endAt: instant(end),
  }));
}
