import type { Tx } from "../../transaction";

const daySeconds = 24 * 60 * 60;
const noticeSeconds = 3 * daySeconds;
const over = ["canceled", "incomplete_expired"];

/** The next moment at which something happens to a subscription by itself. */
export function planTurn(tx: Tx, id: string): void {
  tx.unschedule(id, "subscription.turn");
  const subscription = tx.get("subscriptions", id);
  if (!subscription || over.includes(subscription.status)) return;
  const schedule = tx.get("subscription_schedules", subscription.schedule ?? "");
  const moments = [
    subscription.cancel_at,
    subscription.pause_collection?.resumes_at,
    schedule?.current_phase?.end_date,
    subscription.status === "paused" ? null : subscription.next_pending_invoice_item_invoice,
    ...(subscription.status === "paused"
      ? []
      : subscription.items.data.map((item) => item.current_period_end)),
  ].filter((moment) => typeof moment === "number");
  if (moments.length === 0) return;
  tx.schedule(Math.max(0, Math.min(...moments) - tx.now) * 1000, "subscription.turn", id);
  planUpcoming(tx, id);
}

/** Three days before a trial ends, or at once when less is left. */
export function announceTrialEnd(tx: Tx, id: string): void {
  tx.unschedule(id, "subscription.trial_will_end");
  const { status, trial_end: end } = tx.need("subscriptions", id);
  if (!end || status !== "trialing") return;
  const notice = end - noticeSeconds - tx.now;
  if (notice <= 0) tx.emit("customer.subscription.trial_will_end", "subscriptions", id);
  else tx.schedule(notice * 1000, "subscription.trial_will_end", id);
}

/** Renewals that are charged by themselves are announced; sent invoices and planned endings are not. */
function planUpcoming(tx: Tx, id: string): void {
  tx.unschedule(id, "subscription.upcoming");
  const subscription = tx.need("subscriptions", id);
  if (subscription.collection_method !== "charge_automatically" || subscription.status === "paused") return;
  const end = Math.min(...subscription.items.data.map((item) => item.current_period_end));
  if (subscription.cancel_at !== null && subscription.cancel_at <= end) return;
  const notice = end - tx.settings.upcomingDays * daySeconds - tx.now;
  if (notice >= 0) tx.schedule(notice * 1000, "subscription.upcoming", id);
}
