import type { ChangedPlan } from "../quotes/schemas";
import { toBillingError } from "../stripe/errors";
import type { CustomerCtx } from "../trpc/procedures";
import { liveSubscription } from "./change-subscription";
import { expandedChange, paymentOf } from "./pending-change";

/** What the browser must confirm for the change that waits; the secret lives at Stripe only. */
export async function pendingPayment(ctx: CustomerCtx): Promise<ChangedPlan["confirmation"]> {
  const { id } = await liveSubscription(ctx.db, ctx.actor.customerId);
  return confirmationFor(ctx, id);
}

export async function confirmationFor(
  { stripe }: Pick<CustomerCtx, "stripe">,
  subscriptionId: string,
): Promise<ChangedPlan["confirmation"]> {
  try {
    const subscription = await stripe.subscriptions.retrieve(subscriptionId, { expand: expandedChange });
    const pending = subscription.pending_update;
    const payment = pending && (await paymentOf(stripe, subscription));
    if (!pending || !payment?.clientSecret || payment.invoiceStatus !== "open") return null;
    const { status, clientSecret, amount, currency } = payment;
    const step = status === "requires_action" ? "authenticate" : "pay";
    return {
      step,
      clientSecret,
      amount,
      currency,
      expiresAt: new Date(pending.expires_at * 1000).toISOString(),
    };
  } catch (error) {
    throw toBillingError(error);
  }
}
