import type Stripe from "stripe";
import { conflict } from "../errors";
import { idOf } from "../stripe/fields";

/**
 * Takes back a change that waits for its payment: Stripe forgets it with its invoice. It refuses to void a paid
 * one, so a payment that arrives in this very moment makes the change instead.
 */
export async function dropPending(stripe: Stripe, subscriptionId: string): Promise<Stripe.Subscription> {
  const subscription = await stripe.subscriptions.retrieve(subscriptionId);
  const invoiceId = idOf(subscription.latest_invoice);
  if (!subscription.pending_update || !invoiceId) return subscription;
  try {
    await stripe.invoices.voidInvoice(invoiceId);
  } catch (error) {
    const { status } = await stripe.invoices.retrieve(invoiceId);
    if (status === "paid")
      throw conflict("change_was_paid", "This change has just been paid, so it was made.");
    if (status !== "void") throw error;
  }
  return stripe.subscriptions.retrieve(subscriptionId);
}
