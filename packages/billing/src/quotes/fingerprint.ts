import type Stripe from "stripe";
import { idOf } from "../stripe/fields";
import { requestHash } from "../stripe/idempotency";
import { sum } from "./read-preview";

/** Everything about a subscription that a quote depends on. */
export const stateOf = (subscription: Stripe.Subscription): string =>
  requestHash({
    items: subscription.items.data.map((item) => [
      item.id,
      item.price.id,
      item.quantity ?? null,
      item.current_period_end,
    ]),
    status: subscription.status,
    anchor: subscription.billing_cycle_anchor,
    cancelAt: subscription.cancel_at,
    trialEnd: subscription.trial_end,
    schedule: idOf(subscription.schedule),
    pending: subscription.pending_update !== null,
    paused: subscription.pause_collection !== null,
    discounts: subscription.discounts.map((discount) => idOf(discount)),
  });

/** Two previews with the same fingerprint charge the same. */
export const moneyOf = (preview: Stripe.Invoice): string =>
  requestHash({
    currency: preview.currency,
    total: preview.total,
    due: preview.amount_due,
    balance: preview.starting_balance,
    discount: sum(preview.total_discount_amounts),
    tax: sum(preview.total_taxes),
    lines: preview.lines.data.map((line) => [
      line.amount,
      line.quantity,
      line.pricing?.price_details?.price ?? null,
    ]),
  });
