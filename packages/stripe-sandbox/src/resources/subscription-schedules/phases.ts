import { mergeMetadata } from "../../http/params";
import type { Subscription, SubscriptionItem, SubscriptionSchedule } from "../../tables";
import type { Tx } from "../../transaction";
import { wireList } from "../../wire";
import { changeItems } from "../subscriptions/change-items";
import { intervalOf } from "../subscriptions/items";
import { updateSubscription } from "../subscriptions/update";
import type { Phase } from "./build-phases";
import { release } from "./end";
import { asGiven } from "./start";

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
export function applyPhase(tx: Tx, schedule: SubscriptionSchedule, phase: Phase, proration: string): void {
  const id = schedule.subscription ?? "";
  const before = tx.need("subscriptions", id);
  const items = itemChanges(before, phase);
  const atBoundary = before.items.data.every((item) => item.current_period_end <= tx.now);
  const resets = phaseResets(tx, before, schedule, phase);
  if (atBoundary && items.length > 0) switchAtBoundary(tx, before, items, resets);
  const inside = !atBoundary && items.length > 0;
  const behavior = (["none", "always_invoice"] as const).find((name) => name === proration);
  updateSubscription(
    tx,
    id,
    {
      ...(inside && { items }),
      ...(inside && resets && { billing_cycle_anchor: { type: "now" as const } }),
      ...(phase.trial_end !== null && { trial_end: phase.trial_end }),
      ...(phase.default_payment_method && { default_payment_method: phase.default_payment_method }),
      ...(phase.description && { description: phase.description }),
      ...(phase.discounts.length > 0 && { discounts: phase.discounts.map(asGiven) }),
      ...(phase.default_tax_rates && { default_tax_rates: phase.default_tax_rates.map((rate) => rate.id) }),
      ...(phase.metadata && { metadata: mergeMetadata(before.metadata, phase.metadata) }),
      proration_behavior: behavior ?? "create_prorations",
    },
    true,
  );
}

type ItemChange = NonNullable<Parameters<typeof changeItems>[2]["items"]>[number];

/** Items keep their id where the price stays; others change their price, come or go. */
function itemChanges(before: Subscription, phase: Phase): ItemChange[] {
  const left = [...before.items.data];
  const take = (found: SubscriptionItem | undefined) => found && left.splice(left.indexOf(found), 1)[0];
  const matched = phase.items.map((wanted) => ({
    wanted,
    item: take(left.find((item) => item.price.id === wanted.price)),
  }));
  const changes = matched.flatMap(({ wanted, item = take(left[0]) }): ItemChange[] => {
    const same = item?.price.id === wanted.price && item.quantity === wanted.quantity;
    if (same && wanted.discounts.length === 0) return [];
    return [
      {
        ...(item && { id: item.id }),
        price: String(wanted.price),
        ...(wanted.quantity !== undefined && { quantity: wanted.quantity }),
        ...(wanted.discounts.length > 0 && { discounts: wanted.discounts.map(asGiven) }),
        metadata: wanted.metadata,
      },
    ];
  });
  return [...changes, ...left.map((item) => ({ id: item.id, deleted: true }))];
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
    ...(resets && { billing_cycle_anchor: tx.now }),
  });
}
