import { finalizationWaits } from "../../deliveries/invoice-webhooks";
import type { Invoice } from "../../tables";
import type { Tx } from "../../transaction";
import { followInvoice } from "../subscriptions/follow-invoice";
import { collectInvoice, paymentMethodFor } from "./collect";
import { countAttempt, giveUp, hardDeclines, planRetry } from "./dunning";
import { finalizeByItself } from "./finalize-or-tell";
import { paymentIntentOf } from "./payment-of";
import { linesOf } from "./present";

const hourMs = 60 * 60 * 1000;

/** An hour after it was made, a draft that advances by itself is finalized and charged. */
export function advance(tx: Tx, id: string): void {
  const invoice = tx.get("invoices", id);
  if (invoice?.status !== "draft" || !invoice.auto_advance) return;
  if (finalizationWaits(tx, id)) {
    tx.schedule(hourMs, "invoice.advance", id);
    return;
  }
  if (linesOf(tx, id).length === 0 && invoice.billing_reason === "manual") return;
  const open = finalizeByItself(tx, id);
  if (open?.status === "open" && open.collection_method === "charge_automatically") attemptByItself(tx, open);
}

/** One of the planned attempts after the first one failed. */
export function retry(tx: Tx, id: string): void {
  const invoice = tx.get("invoices", id);
  if (invoice?.status !== "open" || !invoice.auto_advance) return;
  attemptByItself(tx, invoice);
}

/** A sent invoice that is not paid when it is due puts its subscription past due. */
export function fallDue(tx: Tx, id: string): void {
  const invoice = tx.get("invoices", id);
  const owner = tx.get("subscriptions", invoice?.parent?.subscription_details?.subscription ?? "");
  if (invoice?.status !== "open" || owner?.status !== "active" || owner.latest_invoice !== id) return;
  tx.patch("subscriptions", owner.id, { status: "past_due" });
  tx.emit("customer.subscription.updated", "subscriptions", owner.id);
}

function attemptByItself(tx: Tx, invoice: Invoice): void {
  const method = paymentMethodFor(tx, invoice);
  if (!method) failWithoutMethod(tx, invoice);
  else if (wasRefusedForGood(tx, invoice.id, method)) skipAttempt(tx, invoice.id);
  else collectInvoice(tx, invoice.id, method, { offSession: true, automatic: true });
}

/** The lack of a card counts as a failed attempt. */
function failWithoutMethod(tx: Tx, { id, customer }: Invoice): void {
  countAttempt(tx, id, true);
  const goesOn = planRetry(tx, id, true);
  tx.emit("invoice.payment_failed", "invoices", id);
  followInvoice(tx, id);
  if (customer) {
    tx.patch("customers", customer, { delinquent: true });
    tx.emit("customer.updated", "customers", customer);
  }
  if (!goesOn) giveUp(tx, id);
}

function wasRefusedForGood(tx: Tx, id: string, method: string): boolean {
  const error = tx.get("payment_intents", paymentIntentOf(tx, id) ?? "")?.last_payment_error;
  if (error?.payment_method?.id !== method) return false;
  return [error.code, error.decline_code].some((code) => hardDeclines.includes(code ?? ""));
}

/** The plan goes on and counts, but a card that was refused for good is not charged again. */
function skipAttempt(tx: Tx, id: string): void {
  countAttempt(tx, id, true);
  const goesOn = planRetry(tx, id, true);
  tx.emit("invoice.updated", "invoices", id);
  if (!goesOn) giveUp(tx, id);
}
