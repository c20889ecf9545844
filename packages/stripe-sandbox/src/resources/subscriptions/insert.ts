import { nextAnchor } from "../../engine/anchors";
import { boundary } from "../../engine/periods";
import { invalid } from "../../http/errors";
import { mergeMetadata } from "../../http/params";
import { newId } from "../../ids";
import type { Customer, Price, Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import { wireList } from "../../wire";
import { applicationOf } from "../connect/application";
import { changeSubscriptionTerms } from "../connect/subscription-terms";
import { checkOwner } from "../payment-intents/confirm";
import { usePaymentMethod } from "../payment-methods/use";
import { checkBackdate, firstPeriodStart } from "./backdate";
import { blankSubscription } from "./blank";
import { cancelTime } from "./cancel";
import { daysUntilDue } from "./due";
import { intervalOf, newItem, refuseQuantity, usageThreshold } from "./items";
import type { CreateGiven, CreateParams } from "./params";
import { pendingIntervalOf } from "./pending-interval";
import { periodOf } from "./period";
import {
  anchorDayOf,
  changedSettings,
  modeOf,
  noInvoiceSettings,
  taxSettingOf,
  thresholdsOf,
} from "./settings";

const daySeconds = 24 * 60 * 60;
const longestTrialDays = 730;

export function insertSubscription(
  tx: Tx,
  customer: Customer,
  prices: Price[],
  currency: string,
  given: CreateGiven,
): Subscription {
  const id = newId("sub");
  const trialEnd = trialEndOf(tx, given);
  const start = given.backdate_start_date ?? tx.now;
  checkBackdate(start, tx.now);
  const anchor = firstAnchor(tx, prices, given, trialEnd);
  const sends = given.collection_method === "send_invoice";
  const config = given.billing_cycle_anchor_config && anchorDayOf(given.billing_cycle_anchor_config);
  const anchored = { billing_cycle_anchor: anchor, billing_cycle_anchor_config: config ?? null };
  const items = prices.map((price, at) => {
    const { quantity = 1, metadata } = given.items?.[at] ?? {};
    refuseQuantity(price, given.items?.[at]?.quantity, `items[${at}]`);
    const details = { quantity, metadata: mergeMetadata(null, metadata) };
    const interval = intervalOf(price);
    const { end } = periodOf(anchored, interval, tx.now);
    const period = trialEnd
      ? { start: tx.now, end: trialEnd }
      : { start: firstPeriodStart(anchor, interval, start, tx.now), end };
    const limit = usageThreshold(price, given.items?.[at]?.billing_thresholds, `items[${at}]`);
    return { ...newItem(id, price, details, period, tx.now), billing_thresholds: limit };
  });
  const row = tx.put("subscriptions", {
    ...blankSubscription,
    ...asGiven(given),
    ...changeSubscriptionTerms(tx, blankSubscription, given),
    application: applicationOf(tx),
    id,
    billing_cycle_anchor: config ? anchor : (given.billing_cycle_anchor ?? trialEnd ?? anchor),
    billing_cycle_anchor_config: config ?? null,
    created: tx.now,
    currency,
    customer: customer.id,
    days_until_due: daysUntilDue(given, sends),
    default_payment_method: methodFor(tx, customer, given),
    items: wireList(`/v1/subscription_items?subscription=${id}`, items),
    start_date: start,
    status: trialEnd ? "trialing" : sends ? "active" : "incomplete",
    trial_end: trialEnd,
    test_clock: customer.test_clock ?? null,
    trial_start: trialEnd ? tx.now : null,
  });
  return tx.patch("subscriptions", id, {
    ...cancelTime(tx, row, given),
    ...pendingIntervalOf(tx, row, given.pending_invoice_item_interval ?? null),
  });
}

function asGiven(given: CreateParams) {
  const { payment_settings: payment, trial_settings: trial } = given;
  return {
    automatic_tax: taxSettingOf(given.automatic_tax?.enabled ?? false),
    billing_mode: modeOf(given.billing_mode),
    billing_thresholds: thresholdsOf(given.billing_thresholds ?? null),
    collection_method: given.collection_method ?? "charge_automatically",
    description: given.description ?? null,
    invoice_settings: changedSettings(noInvoiceSettings, given.invoice_settings ?? {}),
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

function firstAnchor(tx: Tx, prices: Price[], given: CreateGiven, trialEnd: number | null): number {
  if (given.anchored !== undefined) return given.anchored;
  const anchor = anchorOf(tx, given, trialEnd);
  const named = given.billing_cycle_anchor_config !== undefined;
  if (named && prices.some((price) => !["month", "year"].includes(intervalOf(price).unit))) {
    const message = "billing_cycle_anchor_config needs prices with a monthly or yearly interval.";
    throw invalid(message, undefined, "billing_cycle_anchor_config");
  }
  if (!named && prices.some((price) => anchor > boundary(trialEnd ?? tx.now, intervalOf(price), 1))) {
    throw invalid(
      "billing_cycle_anchor cannot be later than the next natural billing date.",
      undefined,
      "billing_cycle_anchor",
    );
  }
  return anchor;
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
  const { billing_cycle_anchor: anchor, billing_cycle_anchor_config: config } = given;
  if (config && anchor !== undefined) {
    throw invalid(
      "You may only specify one of these parameters: billing_cycle_anchor, billing_cycle_anchor_config.",
      "parameters_exclusive",
      "billing_cycle_anchor_config",
    );
  }
  if (config) return nextAnchor(anchorDayOf(config), trialEnd ?? tx.now);
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
