import { mergeMetadata } from "../../http/params";
import { newId } from "../../ids";
import type { Customer, Subscription, SubscriptionSchedule } from "../../tables";
import type { Tx } from "../../transaction";
import { type Phase, settingsOf } from "./build-phases";
import type { ScheduleGiven } from "./params";

const classic = { flexible: null, type: "classic" };
const flexible = { flexible: { proration_discounts: "included" }, type: "flexible" };

export function insertSchedule(
  tx: Tx,
  customer: Customer,
  given: ScheduleGiven,
  made: { phases: Phase[]; subscription: Subscription | null },
): SubscriptionSchedule {
  const { phases, subscription } = made;
  const mode = subscription?.billing_mode.type ?? given.billing_mode?.type;
  const row = tx.put("subscription_schedules", {
    id: newId("sub_sched"),
    object: "subscription_schedule",
    application: null,
    billing_mode: mode === "classic" ? classic : flexible,
    canceled_at: null,
    completed_at: null,
    created: tx.now,
    current_phase: null,
    customer: customer.id,
    customer_account: null,
    default_settings: defaultsOf(given, subscription),
    end_behavior: given.end_behavior ?? "release",
    livemode: false,
    metadata: mergeMetadata(null, given.metadata),
    pause_schedules: [],
    phases,
    released_at: null,
    released_subscription: null,
    status: "not_started",
    subscription: subscription?.id ?? null,
    test_clock: customer.test_clock ?? null,
  });
  tx.emit("subscription_schedule.created", "subscription_schedules", row.id);
  return row;
}

function defaultsOf(
  { default_settings: given }: ScheduleGiven,
  subscription: Subscription | null,
): SubscriptionSchedule["default_settings"] {
  return {
    application_fee_percent: null,
    billing_cycle_anchor: given?.billing_cycle_anchor ?? "automatic",
    billing_thresholds: null,
    collection_method: given?.collection_method ?? subscription?.collection_method ?? "charge_automatically",
    default_payment_method: given?.default_payment_method ?? subscription?.default_payment_method ?? null,
    description: given?.description ?? null,
    invoice_settings: {
      ...settingsOf(given?.invoice_settings?.days_until_due ?? subscription?.days_until_due ?? undefined),
      issuer: { type: "self" },
    },
    on_behalf_of: null,
    transfer_data: null,
  };
}
