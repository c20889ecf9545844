import { invalid, notModelled } from "../../../http/errors";
import type { Subscription } from "../../../tables";
import type { Tx } from "../../../transaction";
import { endSubscription } from "../../subscriptions/cancel";
import { createSubscription } from "../../subscriptions/create";
import { resumeSubscription } from "../../subscriptions/resume";
import { turnSubscription } from "../../subscriptions/turn";
import { updateSubscription } from "../../subscriptions/update";
import { draftInvoice } from "../draft";
import { pendingItems, sweepItems } from "../items";
import { putPreviewItems } from "./items";
import { customerOf } from "./owners";
import type { PreviewParams } from "./params";

const mostTurns = 24;

/** Does for real what is asked about, inside a trial that is taken back: so a preview cannot differ from reality. */
export function imagineInvoice(tx: Tx, given: PreviewParams, at: number): string {
  const { customer, subscription } = customerOf(tx, given);
  if (!subscription && given.subscription_details?.items) return newSubscription(tx, customer, given);
  putPreviewItems(tx, given, customer, subscription);
  if (!subscription) return oneOff(tx, customer, given);
  const before = subscription.latest_invoice;
  change(tx, subscription, given);
  const made = latestOf(tx, subscription.id);
  if (made !== before && given.preview_mode !== "recurring") return made ?? nothingComing();
  if (given.preview_mode === "recurring") dropPending(tx, subscription);
  return nextInvoice(tx, subscription.id, made, at);
}

function change(tx: Tx, subscription: Subscription, given: PreviewParams): void {
  const { id } = subscription;
  const { cancel_now: ends, resume_at: resumes, billing_mode, ...details } = given.subscription_details ?? {};
  const { billing_cycle_anchor: anchor, start_date, pause, billing_schedules, ...changes } = details;
  if (billing_mode && billing_mode.type !== subscription.billing_mode.type)
    throw notModelled("subscription_details[billing_mode] of an existing subscription");
  if (anchor?.type === "timestamp")
    throw notModelled("subscription_details[billing_cycle_anchor][timestamp]");
  if (ends) {
    endSubscription(tx, id, { invoice_now: true, prorate: changes.proration_behavior !== "none" });
    return;
  }
  if (resumes) {
    resumeSubscription(tx, id, {
      ...(anchor && { billing_cycle_anchor: { type: anchor.type === "now" ? "now" : "unchanged" } }),
      ...(changes.proration_behavior && { proration_behavior: changes.proration_behavior }),
      ...(changes.proration_date && { proration_date: changes.proration_date }),
      payment_behavior: "resume_on_payment_success",
    });
    return;
  }
  const recurring = given.preview_mode === "recurring";
  const asked = {
    ...changes,
    ...(anchor && { billing_cycle_anchor: { type: anchor.type === "now" ? "now" : "unchanged" } as const }),
    ...(given.discounts && { discounts: given.discounts }),
    ...(recurring && { proration_behavior: "none" as const }),
  };
  if (Object.keys(asked).length === 0) return;
  updateSubscription(tx, id, { ...asked, payment_behavior: "default_incomplete" });
}

/** Lives on from one thing that happens by itself to the next, until one of them makes an invoice. */
function nextInvoice(tx: Tx, id: string, known: string | null, now: number): string {
  for (let turns = 0; turns < mostTurns; turns++) {
    const timer = tx.by("timers", "subject", id).find((row) => row.kind === "subscription.turn");
    if (!timer) break;
    const at = Math.max(now, Math.floor(timer.due / 1000));
    tx.unschedule(id, "subscription.turn");
    tx.goTo(at);
    turnSubscription(tx, id);
    const made = latestOf(tx, id);
    if (made && made !== known) return made;
  }
  return nothingComing();
}

function newSubscription(tx: Tx, customer: string, given: PreviewParams): string {
  const {
    items = [],
    proration_behavior,
    trial_end,
    metadata,
    default_tax_rates,
  } = given.subscription_details ?? {};
  const {
    billing_cycle_anchor: anchor,
    billing_mode,
    cancel_at_period_end,
  } = given.subscription_details ?? {};
  const { id } = createSubscription(tx, {
    customer,
    items: items.map(({ id: _id, deleted: _deleted, ...item }) => item),
    payment_behavior: "default_incomplete",
    ...(given.currency && { currency: given.currency }),
    ...(given.discounts && { discounts: given.discounts }),
    ...(proration_behavior && { proration_behavior }),
    ...(trial_end !== undefined && { trial_end }),
    ...(metadata !== undefined && { metadata }),
    ...(default_tax_rates && { default_tax_rates }),
    ...(anchor?.timestamp && { billing_cycle_anchor: anchor.timestamp }),
    ...(billing_mode && { billing_mode }),
    ...(cancel_at_period_end !== undefined && { cancel_at_period_end }),
  });
  const first = latestOf(tx, id);
  if (given.preview_mode === "recurring") return nextInvoice(tx, id, first, tx.now);
  return first ?? nextInvoice(tx, id, null, tx.now);
}

function oneOff(tx: Tx, customer: string, given: PreviewParams): string {
  const pending = pendingItems(tx, customer);
  const currency = given.currency ?? pending[0]?.currency;
  const billed = pending.filter((item) => item.currency === currency);
  if (!currency || billed.length === 0) return nothingComing();
  const row = tx.need("customers", customer);
  const draft = draftInvoice(tx, { customer: row, currency, billing_reason: "manual" });
  sweepItems(tx, draft.id, billed);
  return draft.id;
}

function dropPending(tx: Tx, subscription: Subscription): void {
  for (const item of pendingItems(tx, subscription.customer)) tx.remove("invoice_items", item.id);
}

function latestOf(tx: Tx, id: string): string | null {
  return tx.need("subscriptions", id).latest_invoice;
}

function nothingComing(): never {
  throw invalid("No upcoming invoices for customer", "invoice_upcoming_none", undefined, 404);
}
