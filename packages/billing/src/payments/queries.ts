import type { CustomerCtx } from "../trpc/procedures";
import type { PaymentStatusInput, PaymentStatusView } from "./schemas";

/**
 * What the webhooks have told us. An intent we have not heard of is `processing`, and so is one of another
 * customer: nothing about it can be learned here.
 */
export async function paymentStatus(ctx: CustomerCtx, input: PaymentStatusInput): Promise<PaymentStatusView> {
  const { customerId } = ctx.actor;
  const { paymentIntentId: id } = input;
  if (id.startsWith("seti_")) return setupStatus(ctx, id);
  const payment = await ctx.db.payment.findUnique({
    where: { customerId_id: { customerId, id } },
    select: { status: true },
  });
  if (!payment) return { status: "processing", subscriptionStatus: null };
  const [subscription] = await ctx.db.$queryRaw<{ status: string }[]>`
    SELECT s.status FROM invoice_payment ip
    JOIN invoice i ON i.customer_id = ip.customer_id AND i.id = ip.invoice_id
    JOIN subscription s ON s.customer_id = i.customer_id AND s.id = i.subscription_id
    WHERE ip.customer_id = ${customerId} AND ip.payment_id = ${id}
    ORDER BY s.created_at DESC LIMIT 1`;
  return { status: payment.status, subscriptionStatus: subscription?.status ?? null };
}

/** A card for later is saved once no subscription waits for it any more. */
async function setupStatus(ctx: CustomerCtx, setupIntentId: string): Promise<PaymentStatusView> {
  const { customerId } = ctx.actor;
  const waiting = await ctx.db.subscription.findFirst({
    where: { customerId, pendingSetupIntentId: setupIntentId },
    select: { status: true },
  });
  if (waiting) return { status: "processing", subscriptionStatus: waiting.status };
  const live = await ctx.db.subscription.findFirst({
    where: { customerId, liveSlot: "plan" },
    select: { status: true },
  });
  return live
    ? { status: "succeeded", subscriptionStatus: live.status }
    : { status: "processing", subscriptionStatus: null };
}
