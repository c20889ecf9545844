import { eventsOfResumption } from "../../decisions/events";
import { invalid } from "../../http/errors";
import { hash, int, oneOf } from "../../http/params";
import type { Invoice, Subscription, SubscriptionItem } from "../../tables";
import type { Tx } from "../../transaction";
import { wireList } from "../../wire";
import { collectInvoice, paymentMethodFor } from "../invoices/collect";
import { finalizeInvoice } from "../invoices/finalize";
import { pendingItems } from "../invoices/items";
import { voidInvoice } from "../invoices/void";
import { billSubscription } from "./bill";
import { intervalOf } from "./items";
import { periodOf } from "./period";
import { planTurn } from "./plan";
import { debitItem, forgetBilled } from "./prorate";
import { naturalEnd, waitingItems } from "./renew";

export const resumeParams = hash({
  billing_cycle_anchor: hash({ type: oneOf("now", "unchanged") }, ["type"]),
  payment_behavior: oneOf("resume_on_payment_attempt", "resume_on_payment_success"),
  proration_behavior: oneOf("always_invoice", "create_prorations", "none"),
  proration_date: int,
});
type ResumeParams = ReturnType<typeof resumeParams>;

const patienceMs = 23 * 60 * 60 * 1000;

export function resumeSubscription(tx: Tx, id: string, given: ResumeParams): void {
  const subscription = tx.need("subscriptions", id);
  if (subscription.status !== "paused")
    throw invalid("Only a paused subscription can be resumed.", undefined, "id");
  if (subscription.collection_method !== "charge_automatically")
    throw invalid("Only subscriptions that are charged automatically can be resumed.", undefined, "id");
  const invoice =
    given.billing_cycle_anchor?.type === "unchanged"
      ? goOn(tx, subscription, given)
      : startAgain(tx, subscription);
  if (!invoice) {
    becomeActive(tx, id);
    return;
  }
  tx.put("resumptions", { id, invoice: invoice.id });
  const open = finalizeInvoice(tx, invoice.id, { autoAdvance: false });
  tx.emit("customer.subscription.updated", "subscriptions", id);
  if (open.status !== "open") return;
  tx.schedule(patienceMs, "subscription.resumption_expires", id);
  const method = paymentMethodFor(tx, open);
  if (method && attemptsNow(given)) collectInvoice(tx, open.id, method, { offSession: true });
}

/** Whether the resumption invoice is charged in the request itself, or waits to be paid. */
function attemptsNow({ payment_behavior: behavior }: ResumeParams): boolean {
  return behavior !== "resume_on_payment_success";
}

/** A new period begins now and is billed in full. */
function startAgain(tx: Tx, before: Subscription): Invoice {
  const moved = tx.patch("subscriptions", before.id, {
    billing_cycle_anchor: tx.now,
    billing_cycle_anchor_config: null,
  });
  const data = moved.items.data.map((item): SubscriptionItem => {
    forgetBilled(tx, item.id);
    return { ...item, current_period_start: tx.now, current_period_end: naturalEnd(tx, moved, item, tx.now) };
  });
  const subscription = tx.patch("subscriptions", before.id, { items: wireList(moved.items.url, data) });
  const pending = waitingItems(tx, subscription);
  return billSubscription(tx, subscription, { reason: "subscription_update", pending, items: data });
}

/** The old rhythm goes on: only the rest of the period that runs now is billed. */
function goOn(tx: Tx, before: Subscription, given: ResumeParams): Invoice | undefined {
  const at = given.proration_date ?? tx.now;
  const data = before.items.data.map((item): SubscriptionItem => {
    const interval = intervalOf(tx.need("prices", item.price.id));
    const { start } = periodOf(before, interval, tx.now);
    return { ...item, current_period_start: start, current_period_end: naturalEnd(tx, before, item, start) };
  });
  const subscription = tx.patch("subscriptions", before.id, { items: wireList(before.items.url, data) });
  for (const item of given.proration_behavior === "none" ? [] : data) {
    const runs = tx.by("billed_spans", "item", item.id).some((span) => span.end > at);
    if (!runs) debitItem(tx, subscription, item, at);
  }
  const pending = pendingItems(tx, subscription.customer, subscription.id);
  if (given.proration_behavior !== "always_invoice" || pending.length === 0) return undefined;
  return billSubscription(tx, subscription, { reason: "subscription_update", pending, prorationDate: at });
}

function becomeActive(tx: Tx, id: string): void {
  const { status_details: _paused, ...subscription } = tx.need("subscriptions", id);
  tx.put("subscriptions", { ...subscription, status: "active" });
  tx.unschedule(id, "subscription.resumption_expires");
  tx.remove("resumptions", id);
  for (const type of eventsOfResumption()) tx.emit(type, "subscriptions", id);
  planTurn(tx, id);
}

/** Paid or forgiven, the resumption invoice brings the subscription back; voided, it does not. */
export function followResumption(tx: Tx, id: string, invoice: Invoice): boolean {
  if (tx.get("resumptions", id)?.invoice !== invoice.id) return false;
  if (invoice.status === "paid" || invoice.status === "uncollectible") becomeActive(tx, id);
  if (invoice.status === "void") tx.remove("resumptions", id);
  return true;
}

/** 23 hours without any attempt to pay end the resumption. */
export function expireResumption(tx: Tx, id: string): void {
  const invoice = tx.get("invoices", tx.get("resumptions", id)?.invoice ?? "");
  if (invoice?.status === "open" && !invoice.attempted) voidInvoice(tx, invoice.id);
}
