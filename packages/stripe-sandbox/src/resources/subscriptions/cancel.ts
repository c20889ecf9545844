import { endOfPeriods } from "../../decisions/endings";
import { lastInvoiceWaits } from "../../decisions/timing";
import { invalid } from "../../http/errors";
import type { Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import { finalizeInvoice } from "../invoices/finalize";
import { pendingItems } from "../invoices/items";
import { stopCollecting } from "../invoices/stop-collecting";
import { endWithSubscription } from "../subscription-schedules/end";
import { billSubscription } from "./bill";
import { isMetered } from "./items";
import type { CancelParams } from "./params";
import { creditItem } from "./prorate";

export function periodEnd(subscription: Subscription): number {
  return endOfPeriods(subscription.items.data.map((item) => item.current_period_end));
}

/** The fields that say when a subscription is going to end. */
export function cancelTime(
  tx: Tx,
  subscription: Subscription,
  given: { cancel_at_period_end?: boolean; cancel_at?: number | "min_period_end" | "max_period_end" | null },
): Partial<Subscription> {
  const { cancel_at: at, cancel_at_period_end: atPeriodEnd } = given;
  if (at && atPeriodEnd) {
    throw invalid(
      "You may only specify one of these parameters: cancel_at, cancel_at_period_end.",
      "parameters_exclusive",
      "cancel_at",
    );
  }
  if (atPeriodEnd === true) {
    return {
      cancel_at_period_end: true,
      cancel_at: periodEnd(subscription),
      canceled_at: tx.now,
      ...requested(subscription),
    };
  }
  if (at) {
    const ends = subscription.items.data.map((item) => item.current_period_end);
    const time =
      typeof at === "number" ? at : at === "min_period_end" ? Math.min(...ends) : Math.max(...ends);
    if (time <= tx.now) throw invalid("cancel_at must be in the future.", undefined, "cancel_at");
    return { cancel_at_period_end: false, cancel_at: time, canceled_at: tx.now, ...requested(subscription) };
  }
  if (atPeriodEnd === undefined && at === undefined) return {};
  return {
    cancel_at_period_end: false,
    cancel_at: null,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
  };
}

function requested(subscription: Subscription): Partial<Subscription> {
  const details = subscription.cancellation_details ?? {
    comment: null,
    feedback: null,
    feedback_option: null,
    reason: null,
  };
  return { cancellation_details: { ...details, reason: "cancellation_requested" } };
}

export interface Ending extends CancelParams {
  reason?: "cancellation_requested" | "payment_disputed" | "payment_failed" | null;
}

export function endSubscription(tx: Tx, id: string, given: Ending): void {
  const { status_details: _paused, ...subscription } = tx.need("subscriptions", id);
  const { comment, feedback } = given.cancellation_details ?? {};
  if (given.prorate) for (const item of subscription.items.data) creditItem(tx, subscription, item, tx.now);
  else if (!given.invoice_now) dropPendingProrations(tx, subscription);
  tx.put("subscriptions", {
    ...subscription,
    status: "canceled",
    pending_update: null,
    canceled_at: subscription.canceled_at ?? tx.now,
    ended_at: tx.now,
    cancellation_details: {
      comment: comment ?? subscription.cancellation_details?.comment ?? null,
      feedback: feedback ?? subscription.cancellation_details?.feedback ?? null,
      feedback_option: null,
      reason: given.reason === undefined ? "cancellation_requested" : given.reason,
    },
  });
  tx.unschedule(id);
  stopCollecting(tx, tx.by("invoices", "parent.subscription_details.subscription", id));
  if (subscription.schedule) endWithSubscription(tx, subscription.schedule, given.reason);
  tx.emit("customer.subscription.deleted", "subscriptions", id);
  if (given.invoice_now) lastInvoice(tx, subscription);
}

function dropPendingProrations(tx: Tx, { id, customer }: Subscription): void {
  for (const item of pendingItems(tx, customer, id)) {
    if (!item.proration) continue;
    tx.emit("invoiceitem.deleted", "invoice_items", item.id);
    tx.remove("invoice_items", item.id);
  }
}

/** What is still unbilled goes on a last invoice. */
function lastInvoice(tx: Tx, subscription: Subscription): void {
  const pending = pendingItems(tx, subscription.customer, subscription.id);
  const charges = subscription.status !== "trialing";
  const metered = subscription.items.data.filter(({ price }) => charges && isMetered(price));
  if (pending.length === 0 && metered.length === 0) return;
  const usage = metered.map((item) => ({ ...item, current_period_end: tx.now }));
  const waits = lastInvoiceWaits();
  const draft = billSubscription(tx, subscription, { reason: "subscription_update", pending, usage, waits });
  if (!waits) finalizeInvoice(tx, draft.id, { daysUntilDue: subscription.days_until_due });
}
