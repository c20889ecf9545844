import { boundary } from "../../engine/periods";
import { invalid } from "../../http/errors";
import { mergeMetadata } from "../../http/params";
import { newId } from "../../ids";
import type { Customer, Price, Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import { wireList } from "../../wire";
import { checkOwner } from "../payment-intents/confirm";
import { usePaymentMethod } from "../payment-methods/use";
import { cancelTime } from "./cancel";
import { intervalOf, newItem } from "./items";
import type { CreateParams } from "./params";

const daySeconds = 24 * 60 * 60;
const longestTrialDays = 730;

export function insertSubscription(
  tx: Tx,
  customer: Customer,
  prices: Price[],
  currency: string,
  given: CreateParams,
): Subscription {
  const id = newId("sub");
  const trialEnd = trialEndOf(tx, given);
  const interval = intervalOf(prices[0] as Price);
  const anchor = anchorOf(tx, given, trialEnd);
  const end = trialEnd ?? (anchor > tx.now ? anchor : boundary(anchor, interval, 1));
  if (anchor > tx.now && !trialEnd && anchor > boundary(tx.now, interval, 1)) {
    throw invalid(
      "billing_cycle_anchor cannot be later than the next natural billing date.",
      undefined,
      "billing_cycle_anchor",
    );
  }
  const sends = given.collection_method === "send_invoice";
  if (sends && given.days_until_due === undefined) {
    throw invalid(
      "You must provide `days_until_due` with `collection_method=send_invoice`.",
      "parameter_missing",
      "days_until_due",
    );
  }
  const items = prices.map((price, at) => {
    const { quantity = 1, metadata } = given.items?.[at] ?? {};
    return newItem(
      id,
      price,
      { quantity, metadata: mergeMetadata(null, metadata) },
      { start: tx.now, end },
      tx.now,
    );
  });
  const method =
    given.default_payment_method &&
    checkOwner(
      tx,
      usePaymentMethod(tx, given.default_payment_method, "default_payment_method").id,
      customer.id,
    );
  const row = tx.put("subscriptions", {
    id,
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: trialEnd ?? anchor,
    billing_cycle_anchor_config: null,
    billing_mode:
      given.billing_mode?.type === "classic"
        ? { flexible: null, type: "classic" }
        : { flexible: { proration_discounts: "included" }, type: "flexible" },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: given.collection_method ?? "charge_automatically",
    created: tx.now,
    currency,
    customer: customer.id,
    customer_account: null,
    days_until_due: sends ? (given.days_until_due ?? null) : null,
    default_payment_method: method ?? null,
    default_source: null,
    default_tax_rates: [],
    description: given.description ?? null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    items: wireList(`/v1/subscription_items?subscription=${id}`, items),
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: mergeMetadata(null, given.metadata),
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: given.payment_settings?.payment_method_types ?? null,
      save_default_payment_method: given.payment_settings?.save_default_payment_method ?? "off",
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: tx.now,
    status: trialEnd ? "trialing" : sends ? "active" : "incomplete",
    test_clock: null,
    transfer_data: null,
    trial_end: trialEnd,
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: given.trial_settings?.end_behavior.billing_cycle_anchor ?? "now",
        missing_payment_method: given.trial_settings?.end_behavior.missing_payment_method ?? "create_invoice",
      },
    },
    trial_start: trialEnd ? tx.now : null,
  });
  return tx.patch("subscriptions", id, cancelTime(tx, row, given));
}

function trialEndOf(tx: Tx, given: CreateParams): number | null {
  const { trial_end: end, trial_period_days: days } = given;
  if (end !== undefined && days !== undefined) {
    throw invalid(
      "You may only specify one of these parameters: trial_end, trial_period_days.",
      "parameters_exclusive",
      "trial_period_days",
    );
  }
  if (days !== undefined && days > longestTrialDays)
    throw invalid("Trials can be at most 730 days long.", undefined, "trial_period_days");
  if (days !== undefined) return days === 0 ? null : tx.now + days * daySeconds;
  if (end === undefined || end === "now") return null;
  if (end <= tx.now)
    throw invalid(
      "Invalid timestamp: must be an integer Unix timestamp in the future.",
      undefined,
      "trial_end",
    );
  return end;
}

function anchorOf(tx: Tx, given: CreateParams, trialEnd: number | null): number {
  const anchor = given.billing_cycle_anchor;
  if (anchor === undefined) return tx.now;
  if (anchor <= tx.now)
    throw invalid("billing_cycle_anchor must be in the future.", undefined, "billing_cycle_anchor");
  if (trialEnd && anchor < trialEnd) {
    throw invalid(
      "billing_cycle_anchor must be after the trial end.",
      "subscription_update_trial_after_billing_cycle_anchor",
      "billing_cycle_anchor",
    );
  }
  return anchor;
}
