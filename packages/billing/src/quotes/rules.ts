import type { ChangeTiming } from "./schemas";

export interface Standing {
  /** What the plan costs a month, to tell a bigger plan from a smaller one. */
  weight: number;
  interval: string | null;
}

/** More is given at once; less when the time that is paid for is over. A trial has nothing to wait for. */
export function timingOf(
  from: Standing,
  to: Standing,
  { trialing, less }: { trialing: boolean; less: boolean },
): ChangeTiming {
  if (trialing || to.weight > from.weight) return "now";
  if (to.weight < from.weight) return "period_end";
  if (from.interval !== to.interval) return from.interval === "year" ? "period_end" : "now";
  return less ? "period_end" : "now";
}

interface QuotableSubscription {
  status: string;
  pending_update: object | null;
  schedule: object | string | null;
  cancel_at: number | null;
  pause_collection: object | null;
}

/** Why this subscription cannot be quoted as it is; null when it can. */
export function whyNotNow(subscription: QuotableSubscription): { reason: string; message: string } | null {
  if (subscription.pending_update) return refusals.change_pending;
  if (subscription.schedule) return refusals.change_scheduled;
  if (subscription.cancel_at) return refusals.cancellation_scheduled;
  if (subscription.pause_collection || subscription.status === "paused") return refusals.paused;
  return ["active", "trialing"].includes(subscription.status) ? null : refusals.payment_due;
}

const refusals = {
  change_pending: {
    reason: "change_pending",
    message: "Another change waits for its payment. Finish it or drop it first.",
  },
  change_scheduled: {
    reason: "change_scheduled",
    message: "Another change is scheduled for the end of the period. Undo it first.",
  },
  cancellation_scheduled: {
    reason: "cancellation_scheduled",
    message: "Your plan is going to end. Undo the cancellation first.",
  },
  paused: { reason: "paused", message: "Your plan is paused. Resume it first." },
  payment_due: {
    reason: "payment_due",
    message: "The last payment did not go through. Pay the open invoice first.",
  },
};

type Feature = { id: string; name: string };

export function featureDifference(
  from: readonly Feature[],
  to: readonly Feature[],
): { gained: Feature[]; lost: Feature[] } {
  const without = (left: readonly Feature[], right: readonly Feature[]) =>
    left.filter(({ id }) => !right.some((other) => other.id === id));
  return { gained: without(to, from), lost: without(from, to) };
}
