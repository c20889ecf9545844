import { mergeMetadata } from "../../http/params";
import { newId } from "../../ids";
import type { Customer, Subscription, SubscriptionSchedule } from "../../tables";
import type { Tx } from "../../transaction";
import { modeOf } from "../subscriptions/settings";
import type { Phase } from "./build-phases";
import { blankDefaults, changedDefaults } from "./defaults";
import type { ScheduleGiven } from "./params";

export function insertSchedule(
  tx: Tx,
  customer: Customer,
  given: ScheduleGiven,
  made: { phases: Phase[]; subscription: Subscription | null },
): SubscriptionSchedule {
  const { phases, subscription } = made;
  const row = tx.put("subscription_schedules", {
    id: newId("sub_sched"),
    object: "subscription_schedule",
    application: null,
    billing_mode: subscription?.billing_mode ?? modeOf(given.billing_mode),
    canceled_at: null,
    completed_at: null,
    created: tx.now,
    current_phase: null,
    customer: customer.id,
    customer_account: null,
    default_settings: changedDefaults(blankDefaults(subscription), given.default_settings ?? {}),
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
