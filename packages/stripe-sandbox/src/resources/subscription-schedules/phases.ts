import { mergeMetadata } from "../../http/params";
import type { Subscription, SubscriptionItem, SubscriptionSchedule } from "../../tables";
import type { Tx } from "../../transaction";
import { wireList } from "../../wire";
import { changeItems } from "../subscriptions/change-items";
import { intervalOf } from "../subscriptions/items";
import type { ItemChange } from "../subscriptions/params";
import { updateSubscription } from "../subscriptions/update";
import { putAddedItems } from "./added-items";
import type { Phase } from "./build-phases";
import { release } from "./end";
import { asThresholds, settingsOf } from "./phase-settings";
import { asGiven } from "./start";
import { stillValid } from "./still-valid";

/** When the current phase is over, the next one begins; after the last, the schedule lets go. */
export function enterNextPhase(tx: Tx, id: string): void {
  const schedule = tx.get("subscription_schedules", id);
  if (schedule?.status !== "active" || !schedule.current_phase || !schedule.subscription) return;
  if (schedule.current_phase.end_date > tx.now) return;
  const { end_date: end } = schedule.current_phase;
  const next = schedule.phases.find((phase) => phase.start_date === end);
  if (!next) {
    release(tx, id, false);
    return;
  }
  tx.patch("subscription_schedules", id, {
    current_phase: { start_date: next.start_date, end_date: next.end_date },
  });
  applyPhase(tx, schedule, next, next.proration_behavior);
  tx.emit("subscription_schedule.updated", "subscription_schedules", id);
}

/** Makes the subscription what the phase says it is. */
export function applyPhase(tx: Tx, schedule: SubscriptionSchedule, planned: Phase, proration: string): void {
  const phase = stillValid(tx, schedule, planned, tx.now);
  const id = schedule.subscription ?? "";
  const before = tx.need("subscriptions", id);
  const items = itemChanges(before, phase);
  const atBoundary = before.items.data.every((item) => item.current_period_end <= tx.now);
  const resets = phaseResets(tx, before, schedule, phase);
  if (atBoundary && items.length > 0) switchAtBoundary(tx, before, items, resets);
  const inside = !atBoundary && items.length > 0;
  const anew = !atBoundary && (phase.billing_cycle_anchor === "phase_start" || (inside && resets));
  const settings = settingsOf(schedule, phase);
  const { days_until_due: days, ...texts } = settings.invoice_settings;
  const method = (["charge_automatically", "send_invoice"] as const).find(
    (name) => name === settings.collection_method,
  );
  putAddedItems(tx, tx.need("subscriptions", id), phase);
  const behavior = (["none", "always_invoice"] as const).find((name) => name === proration);
  updateSubscription(
    tx,
    id,
    {
      ...(inside && { items }),
      ...(anew && { billing_cycle_anchor: { type: "now" as const } }),
      ...(phase.trial_end !== null && { trial_end: phase.trial_end }),
      ...(endsTrial(before, phase) && { trial_end: "now" as const }),
      automatic_tax: { enabled: settings.automatic_tax.enabled },
      billing_thresholds: asThresholds(settings.billing_thresholds),
      ...(method && { collection_method: method }),
      ...(method === "send_invoice" && { days_until_due: days ?? 30 }),
      ...(settings.default_payment_method && { default_payment_method: settings.default_payment_method }),
      description: settings.description,
      discounts: phase.discounts.map(asGiven),
      invoice_settings: texts,
      ...(phase.default_tax_rates && { default_tax_rates: phase.default_tax_rates.map((rate) => rate.id) }),
      ...(phase.metadata && { metadata: mergeMetadata(before.metadata, phase.metadata) }),
      proration_behavior: behavior ?? "create_prorations",
    },
    true,
  );
}

/** Items keep their id where the price stays; others change their price, come or go. */
function itemChanges(before: Subscription, phase: Phase): ItemChange[] {
  const left = [...before.items.data];
  const take = (found: SubscriptionItem | undefined) => found && left.splice(left.indexOf(found), 1)[0];
  const matched = phase.items.map((wanted) => ({
    wanted,
    item: take(left.find((item) => item.price.id === wanted.price)),
  }));
  const changes = matched.flatMap(({ wanted, item = take(left[0]) }): ItemChange[] => {
    if (item && isAs(item, wanted)) return [];
    return [
      {
        ...(item && { id: item.id }),
        planned: true,
        price: String(wanted.price),
        ...(wanted.quantity !== undefined && { quantity: wanted.quantity }),
        discounts: wanted.discounts.map(asGiven),
        metadata: wanted.metadata,
        tax_rates: (wanted.tax_rates ?? []).map((rate) => rate.id),
      },
    ];
  });
  return [...changes, ...left.map((item) => ({ id: item.id, deleted: true }))];
}

function isAs(item: SubscriptionItem, wanted: Phase["items"][number]): boolean {
  const rates = (list: { id: string }[] | null | undefined) => (list ?? []).map((rate) => rate.id).join();
  return (
    item.price.id === wanted.price &&
    item.quantity === wanted.quantity &&
    rates(item.tax_rates) === rates(wanted.tax_rates) &&
    item.discounts.join() === wanted.discounts.map((one) => one.discount).join() &&
    Object.entries(wanted.metadata ?? {}).every(([key, value]) => item.metadata[key] === value)
  );
}

/** A phase without a trial that begins inside one ends it. */
function endsTrial(before: Subscription, phase: Phase): boolean {
  return (
    phase.trial_end === null && before.status === "trialing" && (before.trial_end ?? 0) > phase.start_date
  );
}

function phaseResets(tx: Tx, before: Subscription, schedule: SubscriptionSchedule, phase: Phase): boolean {
  if ((phase.billing_cycle_anchor ?? schedule.default_settings.billing_cycle_anchor) === "phase_start")
    return true;
  const length = (price: string) => JSON.stringify(intervalOf(tx.need("prices", price)));
  const lengths = before.items.data.map((item) => length(item.price.id));
  return phase.items.some((item) => !lengths.includes(length(String(item.price))));
}

/** Between two periods nothing is prorated: the renewal that follows bills the new items. */
function switchAtBoundary(tx: Tx, before: Subscription, items: ItemChange[], resets: boolean): void {
  const changed = changeItems(tx, before, { items }, null) ?? before.items;
  const data = changed.data.map((item) => ({
    ...item,
    current_period_start: before.items.data[0]?.current_period_start ?? tx.now,
    current_period_end: tx.now,
  }));
  tx.patch("subscriptions", before.id, {
    items: wireList(changed.url, data),
    ...(resets && { billing_cycle_anchor: tx.now, billing_cycle_anchor_config: null }),
  });
}
