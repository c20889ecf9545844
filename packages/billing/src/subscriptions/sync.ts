import type pg from "pg";
import type Stripe from "stripe";
import type { Billing } from "../context";
import { ensureOwner } from "../customers/sync";
import { recordFromStripe } from "../db/sql/audit";
import { lockCustomer } from "../db/sql/customers";
import { claimEffect } from "../db/sql/effects";
import { mirrorList } from "../db/sql/mirror-list";
import type { Write } from "../db/sql/mirror-table";
import { assignLiveSlot, subscriptionStatus } from "../db/sql/subscriptions";
import { notifyChange } from "../live/notify";
import { settleByMetadata, settleCancellation } from "../operations/settle";
import type { Apply } from "../webhooks/objects";
import {
  discountRows,
  itemRows,
  type SubscriptionDiscountRow,
  type SubscriptionItemRow,
  subscriptionRow,
  writeSubscription,
} from "./mirror";
import { hasEnded } from "./rules";

const writeItems = mirrorList<SubscriptionItemRow>("subscription_item", "subscription_id", {
  id: "text",
  priceId: "text",
  quantity: "bigint",
  currentPeriodStart: "timestamptz",
  currentPeriodEnd: "timestamptz",
});

const writeDiscounts = mirrorList<SubscriptionDiscountRow>("subscription_discount", "subscription_id", {
  id: "text",
  couponId: "text",
  promotionCodeId: "text",
  startAt: "timestamptz",
  endAt: "timestamptz",
});

export const refreshSubscription = async (billing: Billing, id: string): Promise<Apply> =>
  applySubscription(
    billing,
    await billing.stripe.subscriptions.retrieve(id, { expand: ["discounts"] }),
    "latest",
  );

/** With its discounts expanded. */
export async function applySubscription(
  billing: Billing,
  subscription: Stripe.Subscription,
  write: Write,
): Promise<Apply> {
  const owner = await ensureOwner(billing, subscription.customer);
  const whole = await withAllItems(billing.stripe, subscription);
  return async (client) => {
    if (owner) await syncSubscription(client, owner, whole, write);
  };
}

/** Stripe inlines the first page of items only. */
async function withAllItems(stripe: Stripe, subscription: Stripe.Subscription): Promise<Stripe.Subscription> {
  if (!subscription.items.has_more) return subscription;
  const data = await stripe.subscriptionItems
    .list({ subscription: subscription.id, limit: 100 })
    .autoPagingToArray({ limit: 1_000 });
  return { ...subscription, items: { ...subscription.items, data } };
}

/** Never fails because of a second live subscription: it is kept without the slot and reported once. */
export async function syncSubscription(
  client: pg.PoolClient,
  customerId: string,
  subscription: Stripe.Subscription,
  write: Write,
): Promise<void> {
  await lockCustomer(client, customerId);
  const before = await subscriptionStatus(client, customerId, subscription.id);
  const changed = await writeSubscription(client, subscriptionRow(customerId, subscription), write);
  if (changed || write === "latest") {
    const parent = { customerId, id: subscription.id };
    await writeItems(client, parent, itemRows(subscription));
    const discounts = discountRows(subscription);
    if (discounts) await writeDiscounts(client, parent, discounts);
  }
  if (changed) await afterChange(client, customerId, subscription, before);
  await settleByMetadata(client, customerId, "subscription.create", subscription);
  if (hasEnded(subscription.status)) await settleCancellation(client, customerId, subscription);
}

async function afterChange(
  client: pg.PoolClient,
  customerId: string,
  { id, status }: Stripe.Subscription,
  before: string | undefined,
): Promise<void> {
  if (before !== status) await reportDuplicates(client, customerId, await assignLiveSlot(client, customerId));
  if (before !== undefined && before !== status) {
    await recordFromStripe(client, {
      action: "subscriptions.status_changed",
      customerId,
      targetType: "subscription",
      targetId: id,
      before: { status: before },
      after: { status },
    });
  }
  await notifyChange(client, { customerId, nouns: ["subscriptions"] });
}

async function reportDuplicates(client: pg.PoolClient, customerId: string, surplus: string[]): Promise<void> {
  for (const id of surplus) {
    const key = `duplicate_subscription:${id}`;
    if (!(await claimEffect(client, { key, customerId, kind: "subscriptions.duplicate_found" }))) continue;
    await recordFromStripe(client, {
      action: "subscriptions.duplicate_found",
      customerId,
      targetType: "subscription",
      targetId: id,
    });
  }
}
