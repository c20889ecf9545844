import { boundary, periodAt } from "../../engine/periods";
import { invalid } from "../../http/errors";
import { mergeMetadata } from "../../http/params";
import { newId } from "../../ids";
import type { Customer, Price, Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import { wireList } from "../../wire";
import { checkOwner } from "../payment-intents/confirm";
import { usePaymentMethod } from "../payment-methods/use";
import { cancelTime } from "./cancel";
import { intervalOf, newItem, refuseQuantity } from "./items";
import type { CreateParams } from "./params";

const daySeconds = 24 * 60 * 60;
const longestTrialDays = 730;

const blank = {
  object: "subscription",
  application: null,
  application_fee_percent: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null },
  billing_cycle_anchor_config: null,
  billing_schedules: [],
  billing_thresholds: null,
  cancel_at: null,
  cancel_at_period_end: false,
  canceled_at: null,
  cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
  customer_account: null,
  default_source: null,
  default_tax_rates: [],
  discounts: [],
  ended_at: null,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: { type: "self" },
  },
  latest_invoice: null,
  livemode: false,
  managed_payments: null,
  next_pending_invoice_item_invoice: null,
  on_behalf_of: null,
  pause_collection: null,
  pending_invoice_item_interval: null,
  pending_setup_intent: null,
  pending_update: null,
  schedule: null,
  test_clock: null,
  transfer_data: null,
} satisfies Partial<Subscription>;

export function insertSubscription(
  tx: Tx,
  customer: Customer,
  prices: Price[],
  currency: string,
  given: CreateParams,
): Subscription {
  const id = newId("sub");
  const trialEnd = trialEndOf(tx, given);
  const anchor = firstAnchor(tx, prices, given, trialEnd);
  const sends = given.collection_method === "send_invoice";
  const items = prices.map((price, at) => {
    const { quantity = 1, metadata } = given.items?.[at] ?? {};
    refuseQuantity(price, given.items?.[at]?.quantity, `items[${at}]`);
    const details = { quantity, metadata: mergeMetadata(null, metadata) };
    const end = trialEnd ?? periodAt(anchor, intervalOf(price), tx.now).end;
    return newItem(id, price, details, { start: tx.now, end }, tx.now);
  });
  const row = tx.put("subscriptions", {
    ...blank,
    ...asGiven(given),
    id,
    billing_cycle_anchor: given.billing_cycle_anchor ?? trialEnd ?? anchor,
    created: tx.now,
    currency,
    customer: customer.id,
    days_until_due: sends ? daysUntilDue(given) : null,
    default_payment_method: methodFor(tx, customer, given),
    items: wireList(`/v1/subscription_items?subscription=${id}`, items),
    start_date: tx.now,
    status: trialEnd ? "trialing" : sends ? "active" : "incomplete",
    trial_end: trialEnd,
    test_clock: customer.test_clock ?? null,
    trial_start: trialEnd ? tx.now : null,
  });
  return tx.patch("subscriptions", id, cancelTime(tx, row, given));
}

function asGiven(given: CreateParams) {
  const { payment_settings: payment, trial_settings: trial } = given;
  const classic = given.billing_mode?.type === "classic";
  return {
    billing_mode: classic
      ? { flexible: null, type: "classic" }
      : { flexible: { proration_discounts: "included" }, type: "flexible" },
    collection_method: given.collection_method ?? "charge_automatically",
    description: given.description ?? null,
    metadata: mergeMetadata(null, given.metadata),
    payment_settings: {
      payment_method_options: null,
      payment_method_types: payment?.payment_method_types ?? null,
      save_default_payment_method: payment?.save_default_payment_method ?? "off",
    },
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: trial?.end_behavior.billing_cycle_anchor ?? "now",
        missing_payment_method: trial?.end_behavior.missing_payment_method ?? "create_invoice",
      },
    },
  };
}

function firstAnchor(tx: Tx, prices: Price[], given: CreateParams, trialEnd: number | null): number {
  const anchor = anchorOf(tx, given, trialEnd);
  if (prices.some((price) => anchor > boundary(trialEnd ?? tx.now, intervalOf(price), 1))) {
    throw invalid(
      "billing_cycle_anchor cannot be later than the next natural billing date.",
      undefined,
      "billing_cycle_anchor",
    );
  }
  return anchor;
}

function daysUntilDue({ days_until_due: days }: CreateParams): number {
  if (days !== undefined) return days;
  const message = "You must provide `days_until_due` with `collection_method=send_invoice`.";
  throw invalid(message, "parameter_missing", "days_until_due");
}

function methodFor(
  tx: Tx,
  customer: Customer,
  { default_payment_method: token }: CreateParams,
): string | null {
  return token ? checkOwner(tx, usePaymentMethod(tx, token, "default_payment_method").id, customer.id) : null;
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
