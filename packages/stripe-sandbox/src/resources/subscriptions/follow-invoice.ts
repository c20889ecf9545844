import { endsByVoiding } from "../../decisions/endings";
import type { Invoice, Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import { paymentIntentOf } from "../invoices/payment-of";
import { followParked } from "./pending-update";
import { followResumption } from "./resume";

const ended = ["canceled", "incomplete_expired"];

/** What the state of an invoice means for the subscription it bills. */
export function followInvoice(tx: Tx, invoiceId: string): void {
  const invoice = tx.need("invoices", invoiceId);
  const subscription = tx.get("subscriptions", invoice.parent?.subscription_details?.subscription ?? "");
  if (!subscription || ended.includes(subscription.status)) return;
  if (followParked(tx, subscription.id, invoice) || followResumption(tx, subscription.id, invoice)) return;
  const changes = changesFor(tx, subscription, invoice);
  if (!changes) return;
  tx.patch("subscriptions", subscription.id, changes);
  if (changes.status) tx.unschedule(subscription.id, "subscription.expire");
  tx.emit("customer.subscription.updated", "subscriptions", subscription.id);
}

function changesFor(tx: Tx, subscription: Subscription, invoice: Invoice): Partial<Subscription> | undefined {
  const isLatest = subscription.latest_invoice === invoice.id;
  if (invoice.status === "paid" || invoice.status === "uncollectible") {
    const revived = ["incomplete", "past_due", "unpaid"].includes(subscription.status);
    return {
      ...(revived &&
        isLatestFinalized(tx, invoice, subscription.id) && { status: running(subscription, tx.now) }),
      ...(invoice.status === "paid" && savedMethod(tx, subscription, invoice)),
    };
  }
  if (invoice.status === "void") {
    return endsByVoiding(subscription.status, isLatest)
      ? { status: "incomplete_expired", ended_at: tx.now }
      : undefined;
  }
  const failed = invoice.status === "open" && invoice.attempted && isLatest;
  return failed && subscription.status === "active" ? { status: "past_due" } : undefined;
}

function running(subscription: Subscription, now: number): "active" | "trialing" {
  return subscription.trial_end && subscription.trial_end > now ? "trialing" : "active";
}

/** Drafts made while a subscription is unpaid do not keep it from coming back. */
function isLatestFinalized(tx: Tx, { id }: Invoice, subscription: string): boolean {
  const finalized = tx
    .by("invoices", "parent.subscription_details.subscription", subscription)
    .filter((invoice) => invoice.status !== "draft");
  return finalized.at(-1)?.id === id;
}

function savedMethod(tx: Tx, subscription: Subscription, invoice: Invoice): Partial<Subscription> {
  if (subscription.payment_settings?.save_default_payment_method !== "on_subscription") return {};
  const intent = tx.get("payment_intents", paymentIntentOf(tx, invoice.id) ?? "");
  return intent?.status === "succeeded" && intent.payment_method
    ? { default_payment_method: intent.payment_method }
    : {};
}
