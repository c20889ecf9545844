import { invalid } from "../../http/errors";
import type { SubscriptionSchedule } from "../../tables";
import type { Tx } from "../../transaction";
import { planTurn } from "../subscriptions/plan";

/** A schedule that cancels in the end plans that end on its subscription. */
export function syncEnding(tx: Tx, id: string): void {
  const { end_behavior: behavior, phases, subscription } = tx.need("subscription_schedules", id);
  if (!subscription) return;
  const cancelAt = behavior === "cancel" ? (phases.at(-1)?.end_date ?? null) : null;
  if (tx.need("subscriptions", subscription).cancel_at === cancelAt) return;
  tx.patch("subscriptions", subscription, {
    cancel_at: cancelAt,
    canceled_at: cancelAt === null ? null : tx.now,
  });
  tx.emit("customer.subscription.updated", "subscriptions", subscription);
}

/** Leaves the subscription to itself. */
export function release(tx: Tx, id: string, keepsCancelDate: boolean): void {
  const schedule = tx.need("subscription_schedules", id);
  requireOpen(schedule, "released");
  const { subscription } = schedule;
  close(tx, id, {
    status: "released",
    released_at: tx.now,
    released_subscription: subscription,
    subscription: null,
  });
  tx.emit("subscription_schedule.released", "subscription_schedules", id);
  if (!subscription) return;
  tx.patch("subscriptions", subscription, {
    schedule: null,
    ...(schedule.end_behavior === "cancel" && !keepsCancelDate && { cancel_at: null, canceled_at: null }),
  });
  tx.emit("customer.subscription.updated", "subscriptions", subscription);
  planTurn(tx, subscription);
}

export function requireOpen(schedule: SubscriptionSchedule, verb: string): void {
  if (["active", "not_started"].includes(schedule.status)) return;
  const message = `A subscription schedule with status ${schedule.status} cannot be ${verb}.`;
  throw invalid(message, undefined, "id");
}

export function close(tx: Tx, id: string, changes: Partial<SubscriptionSchedule>): void {
  tx.unschedule(id);
  tx.patch("subscription_schedules", id, { current_phase: null, ...changes });
}

/** A subscription that ends takes its schedule along: completed as planned, aborted without payment, or canceled. */
export function endWithSubscription(tx: Tx, id: string, reason: string | null | undefined): void {
  const schedule = tx.get("subscription_schedules", id);
  if (schedule?.status !== "active") return;
  const last = schedule.phases.at(-1)?.end_date ?? 0;
  if (schedule.end_behavior === "cancel" && last <= tx.now) {
    close(tx, id, { status: "completed", completed_at: tx.now });
    tx.emit("subscription_schedule.completed", "subscription_schedules", id);
    return;
  }
  close(tx, id, { status: "canceled", canceled_at: tx.now });
  const aborted = reason === "payment_failed";
  tx.emit(`subscription_schedule.${aborted ? "aborted" : "canceled"}`, "subscription_schedules", id);
}

export function cancelSchedule(tx: Tx, id: string): void {
  close(tx, id, { status: "canceled", canceled_at: tx.now });
  tx.emit("subscription_schedule.canceled", "subscription_schedules", id);
}
