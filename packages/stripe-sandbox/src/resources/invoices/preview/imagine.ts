import { statusOfNothingComing } from "../../../decisions/http";
import { invalid } from "../../../http/errors";
import type { Subscription } from "../../../tables";
import type { Tx } from "../../../transaction";
import { redeemAll } from "../../discounts/redeem";
import { endSubscription } from "../../subscriptions/cancel";
import { createSubscription } from "../../subscriptions/create";
import { migrateSubscription } from "../../subscriptions/migrate";
import { pauseSubscription } from "../../subscriptions/pause";
import { resumeSubscription } from "../../subscriptions/resume";
import { taxSettingOf } from "../../subscriptions/settings";
import { turnSubscription } from "../../subscriptions/turn";
import { updateSubscription } from "../../subscriptions/update";
import { draftInvoice } from "../draft";
import { pendingItems, sweepItems } from "../items";
import { putPreviewItems } from "./items";
import { customerOf } from "./owners";
import type { PreviewParams } from "./params";
import { imagineSchedule } from "./schedule";

const mostTurns = 24;

/** Does for real what is asked about, inside a trial that is taken back: so a preview cannot differ from reality. */
export function imagineInvoice(tx: Tx, given: PreviewParams, at: number): string {
  const { customer, subscription } = customerOf(tx, given);
  if (!subscription && given.subscription_details?.items) return newSubscription(tx, customer, given);
  putPreviewItems(tx, given, customer, subscription);
  const known = subscription?.latest_invoice ?? null;
  const scheduled = imagineSchedule(tx, given, customer);
  if (scheduled) return invoiceOf(tx, given, scheduled, known, at);
  if (!subscription) return oneOff(tx, customer, given);
  change(tx, subscription, given);
  return invoiceOf(tx, given, subscription.id, known, at);
}

/** The invoice that was just made, or the next one. */
function invoiceOf(tx: Tx, given: PreviewParams, id: string, known: string | null, at: number): string {
  const made = latestOf(tx, id);
  if (made !== known && given.preview_mode !== "recurring") return made ?? nothingComing();
  if (given.preview_mode === "recurring") dropPending(tx, tx.need("subscriptions", id));
  return nextInvoice(tx, id, made, at);
}

function change(tx: Tx, subscription: Subscription, given: PreviewParams): void {
  const { id } = subscription;
  const { cancel_now: ends, resume_at: resumes, billing_mode, ...details } = given.subscription_details ?? {};
  const { billing_cycle_anchor: anchor, start_date, pause, billing_schedules, ...changes } = details;
  if (start_date !== undefined || anchor?.type === "timestamp") {
    const param = start_date === undefined ? "billing_cycle_anchor][timestamp" : "start_date";
    const message = "Only a subscription that does not exist yet can be given its start.";
    throw invalid(message, undefined, `subscription_details[${param}]`);
  }
  if (billing_mode && billing_mode.type !== subscription.billing_mode.type)
    migrateSubscription(tx, id, { billing_mode: { ...billing_mode, type: flexibleOnly(billing_mode.type) } });
  if (given.automatic_tax)
    tx.patch("subscriptions", id, { automatic_tax: taxSettingOf(given.automatic_tax.enabled) });
  if (pause) {
    pauseSubscription(tx, id, { invoicing_behavior: "invoice", ...pause });
    return;
  }
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

function flexibleOnly(type: "classic" | "flexible"): "flexible" {
  if (type === "flexible") return type;
  const message = "A subscription cannot go back to classic billing.";
  throw invalid(message, undefined, "subscription_details[billing_mode]");
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
    cancel_at,
    cancel_at_period_end,
    start_date: start,
  } = given.subscription_details ?? {};
  const { id } = createSubscription(tx, {
    customer,
    items: items.map(({ id: _id, deleted: _deleted, clear_usage: _usage, ...item }) => item),
    payment_behavior: "default_incomplete",
    ...(given.currency && { currency: given.currency }),
    ...(given.automatic_tax && { automatic_tax: given.automatic_tax }),
    ...(start !== undefined && start < tx.now && { backdate_start_date: start }),
    ...(cancel_at && { cancel_at }),
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
  const taxed = given.automatic_tax?.enabled ?? false;
  const draft = draftInvoice(tx, {
    customer: row,
    currency,
    billing_reason: "manual",
    automatic_tax: taxed,
    ...(given.discounts && { discounts: [] }),
  });
  if (given.discounts) {
    const amount = billed.reduce((sum, item) => sum + item.amount, 0);
    const discounts = redeemAll(tx, given.discounts, {
      customer,
      currency,
      amount,
      on: { invoice: draft.id },
    });
    tx.patch("invoices", draft.id, { discounts });
  }
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
  throw invalid(
    "No upcoming invoices for customer",
    "invoice_upcoming_none",
    undefined,
    statusOfNothingComing(),
  );
}
