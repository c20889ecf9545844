import { invalid } from "../../http/errors";
import type { BilledSpan, Invoice, Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import { voidInvoice } from "../invoices/void";
import type { UpdateGiven } from "./params";
import { announceTrialEnd, planTurn } from "./plan";

const patienceSeconds = 23 * 60 * 60;
const allowed = [
  "billing_cycle_anchor",
  "cancel_at_period_end",
  "discounts",
  "items",
  "metadata",
  "off_session",
  "payment_behavior",
  "proration_behavior",
  "proration_date",
  "trial_end",
  "trial_from_plan",
];
const parked = [
  "items",
  "billing_cycle_anchor",
  "trial_end",
  "trial_start",
  "status",
  "discounts",
  "metadata",
  "cancel_at",
  "cancel_at_period_end",
  "canceled_at",
] as const;

export function checkParkable(given: UpdateGiven): void {
  const refused = Object.keys(given).find((key) => !allowed.includes(key));
  if (!refused) return;
  const message = `${refused} cannot be combined with payment_behavior=pending_if_incomplete.`;
  throw invalid(message, undefined, refused);
}

export interface Snapshot {
  subscription: Subscription;
  spans: BilledSpan[];
}

export function snapshotOf(tx: Tx, id: string): Snapshot {
  const subscription = tx.need("subscriptions", id);
  return { subscription, spans: spansOf(tx, subscription) };
}

function spansOf(tx: Tx, subscription: Subscription): BilledSpan[] {
  return subscription.items.data.flatMap((item) => tx.by("billed_spans", "item", item.id));
}

/** The change waits for its payment: the subscription stays as it was, and remembers what it is going to be. */
export function parkUnlessPaid(tx: Tx, before: Snapshot, invoiceId: string): void {
  if (tx.need("invoices", invoiceId).status !== "open") return;
  const { id } = before.subscription;
  const after = tx.need("subscriptions", id);
  const spans = spansOf(tx, after);
  const changes: Partial<Subscription> = Object.fromEntries(
    parked.filter((key) => after[key] !== before.subscription[key]).map((key) => [key, after[key]]),
  );
  if (changes.status === "past_due") changes.status = before.subscription.status;
  replaceSpans(tx, spans, before.spans);
  const ends = before.subscription.items.data.map((item) => item.current_period_end);
  const expires = Math.min(tx.now + patienceSeconds, ...ends);
  tx.put("subscriptions", {
    ...before.subscription,
    latest_invoice: invoiceId,
    pending_update: {
      billing_cycle_anchor: changes.billing_cycle_anchor ?? null,
      cancel_at_period_end: changes.cancel_at_period_end ?? null,
      discount: null,
      discounts: changes.discounts ?? null,
      expires_at: expires,
      metadata: changes.metadata ?? null,
      subscription_items: changes.items?.data ?? null,
      trial_end: changes.trial_end ?? null,
      trial_from_plan: null,
    },
  });
  tx.put("parked_updates", { id, invoice: invoiceId, changes, spans });
  tx.unschedule(id, "subscription.pending_update");
  tx.schedule((expires - tx.now) * 1000, "subscription.pending_update", id);
}

function replaceSpans(tx: Tx, old: BilledSpan[], next: BilledSpan[]): void {
  for (const span of old) tx.remove("billed_spans", span.id);
  for (const span of next) tx.put("billed_spans", span);
}

/** True when the invoice belongs to a change that waits; then nothing else follows from it. */
export function followParked(tx: Tx, id: string, invoice: Invoice): boolean {
  if (tx.get("parked_updates", id)?.invoice !== invoice.id) return false;
  if (invoice.status === "paid") applyUpdate(tx, id);
  if (invoice.status === "void") dropUpdate(tx, id);
  return true;
}

function applyUpdate(tx: Tx, id: string): void {
  const update = tx.need("parked_updates", id);
  replaceSpans(tx, spansOf(tx, tx.need("subscriptions", id)), update.spans);
  tx.patch("subscriptions", id, { ...update.changes, pending_update: null });
  forget(tx, id);
  tx.emit("customer.subscription.pending_update_applied", "subscriptions", id);
  tx.emit("customer.subscription.updated", "subscriptions", id);
  announceTrialEnd(tx, id);
  planTurn(tx, id);
}

function dropUpdate(tx: Tx, id: string): void {
  forget(tx, id);
  tx.patch("subscriptions", id, { pending_update: null });
  tx.emit("customer.subscription.pending_update_expired", "subscriptions", id);
}

function forget(tx: Tx, id: string): void {
  tx.remove("parked_updates", id);
  tx.unschedule(id, "subscription.pending_update");
}

/** Its time is over, or another change takes its place. */
export function expireUpdate(tx: Tx, id: string): void {
  const update = tx.get("parked_updates", id);
  if (!update) return;
  dropUpdate(tx, id);
  if (tx.get("invoices", update.invoice)?.status === "open") voidInvoice(tx, update.invoice);
}
