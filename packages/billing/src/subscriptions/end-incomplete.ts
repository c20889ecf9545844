import type Stripe from "stripe";
import { conflict } from "../errors";
import { isMissing } from "../stripe/errors";
import { hasEnded } from "./rules";

/**
 * Ends a subscription whose first payment was never made. The invoice is voided first: Stripe refuses that
 * for a paid one, so a payment that arrives in this very moment is never cancelled away.
 */
export async function endIncomplete(
  stripe: Stripe,
  operation: { id: string; targetId: string | null },
): Promise<Stripe.Subscription> {
  if (!operation.targetId) throw new Error(`operation ${operation.id} names no subscription`);
  const subscription = await stripe.subscriptions.retrieve(operation.targetId, {
    expand: ["latest_invoice"],
  });
  if (hasEnded(subscription.status)) return subscription;
  if (subscription.status !== "incomplete") {
    throw wasPaid();
  }
  const invoice = subscription.latest_invoice;
  if (invoice && typeof invoice !== "string" && invoice.status === "open") {
    await voidUnpaid(stripe, invoice.id);
  }
  const voided = await stripe.subscriptions.retrieve(subscription.id);
  return hasEnded(voided.status) ? voided : cancel(stripe, subscription.id);
}

/** Without a key of ours: voiding twice changes nothing, and a key would repeat a broken answer for a day. */
async function voidUnpaid(stripe: Stripe, id: string): Promise<void> {
  try {
    await stripe.invoices.voidInvoice(id);
  } catch (error) {
    const { status } = await stripe.invoices.retrieve(id);
    if (status === "paid") throw wasPaid();
    if (status !== "void") throw error;
  }
}

const wasPaid = () =>
  conflict("subscription_was_paid", "This subscription has just been paid, so it was kept.");

async function cancel(stripe: Stripe, id: string): Promise<Stripe.Subscription> {
  try {
    return await stripe.subscriptions.cancel(id);
  } catch (error) {
    if (!isMissing(error)) throw error;
    return stripe.subscriptions.retrieve(id);
  }
}
