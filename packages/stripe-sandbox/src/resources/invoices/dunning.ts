import type { Invoice } from "../../tables";
import type { Tx } from "../../transaction";
import { endSubscription } from "../subscriptions/cancel";
import { markUncollectible } from "./uncollectible";

const hourSeconds = 60 * 60;
const daySeconds = 24 * hourSeconds;

/** Declines after which Stripe charges a card no more; the plan of attempts goes on without it. */
export const hardDeclines = [
  "incorrect_number",
  "lost_card",
  "pickup_card",
  "stolen_card",
  "revocation_of_authorization",
  "revocation_of_all_authorizations",
  "authentication_required",
  "highest_risk_level",
  "transaction_not_allowed",
];

/** The first attempt of any kind counts; after it only automatic ones do. */
export function countAttempt(tx: Tx, id: string, automatic: boolean): void {
  const { attempt_count: count } = tx.need("invoices", id);
  tx.patch("invoices", id, { attempted: true, attempt_count: count === 0 ? 1 : count + (automatic ? 1 : 0) });
}

/** An invoice that was finalized by hand and advances by itself is charged an hour later. */
export function planFirstAttempt(tx: Tx, id: string): void {
  const invoice = tx.need("invoices", id);
  if (!isRetried(tx, invoice)) return;
  tx.patch("invoices", id, { next_payment_attempt: tx.now + hourSeconds });
  tx.schedule(hourSeconds * 1000, "invoice.retry", id);
}

/** When the next attempt is. False when there is none left. */
export function planRetry(tx: Tx, id: string, automatic: boolean): boolean {
  const invoice = tx.need("invoices", id);
  if (!isRetried(tx, invoice)) return true;
  const planned = invoice.next_payment_attempt;
  if (!automatic && planned !== null && planned > tx.now) return true;
  tx.unschedule(id, "invoice.retry");
  const { retryDays } = tx.settings.dunning;
  const next = retryDays[invoice.attempt_count - 1];
  if (next === undefined) {
    tx.patch("invoices", id, { next_payment_attempt: null });
    return false;
  }
  const wait = (next - (retryDays[invoice.attempt_count - 2] ?? 0)) * daySeconds;
  tx.patch("invoices", id, { next_payment_attempt: tx.now + wait });
  tx.schedule(wait * 1000, "invoice.retry", id);
  return true;
}

/** The first invoice of a subscription has 23 hours and no retries. */
function isRetried(tx: Tx, invoice: Invoice): boolean {
  const owner = tx.get("subscriptions", invoice.parent?.subscription_details?.subscription ?? "");
  return (
    invoice.status === "open" &&
    Boolean(invoice.auto_advance) &&
    invoice.collection_method === "charge_automatically" &&
    !["incomplete", "paused"].includes(owner?.status ?? "")
  );
}

/** All attempts failed: what the account's settings say happens to the invoice and its subscription. */
export function giveUp(tx: Tx, id: string): void {
  const { subscription: fate, invoice: invoiceFate } = tx.settings.dunning;
  const invoice = tx.need("invoices", id);
  if (invoiceFate === "mark_uncollectible") markUncollectible(tx, id, "max_payment_attempts");
  const owner = tx.get("subscriptions", invoice.parent?.subscription_details?.subscription ?? "");
  if (!owner || !["past_due", "active"].includes(owner.status)) return;
  if (fate === "cancel") endSubscription(tx, owner.id, { reason: "payment_failed" });
  if (fate !== "mark_unpaid") return;
  tx.patch("subscriptions", owner.id, { status: "unpaid" });
  tx.emit("customer.subscription.updated", "subscriptions", owner.id);
}
