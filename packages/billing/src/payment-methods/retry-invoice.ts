import type Stripe from "stripe";
import { BillingError } from "../errors";
import { carryOutOnce } from "../operations/carry-out-once";
import type { CustomerCtx } from "../trpc/procedures";
import { refreshNow } from "../webhooks/refresh-now";
import { asksToConfirm } from "./rules";
import type { RetriedInvoice, UnpaidInvoice } from "./schemas";

interface Payment {
  operationId: string;
  invoice: UnpaidInvoice;
  card: string;
}

/** Charges a saved card for an open invoice, once per id. A refusal is an answer, not an error: the card stays saved. */
export async function retryInvoice(ctx: CustomerCtx, payment: Payment): Promise<RetriedInvoice> {
  const { invoice } = payment;
  try {
    await charge(ctx, payment);
    return { ...invoice, outcome: "paid", message: null, hostedInvoiceUrl: null };
  } catch (error) {
    if (!(error instanceof BillingError) || error.code === "INTERNAL") throw error;
    const { hostedInvoiceUrl } = await ctx.db.invoice.findUniqueOrThrow({
      where: { customerId_id: { customerId: ctx.actor.customerId, id: invoice.id } },
      select: { hostedInvoiceUrl: true },
    });
    return { ...invoice, outcome: outcomeOf(error), message: error.message, hostedInvoiceUrl };
  } finally {
    await refreshNow(ctx, "invoice", invoice.id);
    await refreshSubscriptionOf(ctx, invoice.id);
  }
}

async function charge(
  ctx: CustomerCtx,
  { operationId: id, invoice, card }: Payment,
): Promise<Stripe.Invoice | null> {
  const { customerId } = ctx.actor;
  const asked = { id, kind: "invoice_pay", customerId, request: { invoice: invoice.id, card } } as const;
  const { answer } = await carryOutOnce(ctx, asked, async (tx) => {
    const openSlot = `invoice:${invoice.id}`;
    const open = await tx.moneyOperation.findFirst({ where: { customerId, openSlot } });
    if (open) return open;
    const { amount, currency } = invoice;
    const params = { invoice: invoice.id, card };
    return { params, openSlot, targetId: invoice.id, amount: BigInt(amount), currency };
  });
  return answer as Stripe.Invoice | null;
}

function outcomeOf({ reason }: BillingError): RetriedInvoice["outcome"] {
  if (reason === "outcome_unknown") return "unknown";
  return asksToConfirm(reason) ? "needs_confirmation" : "declined";
}

async function refreshSubscriptionOf(ctx: CustomerCtx, invoiceId: string): Promise<void> {
  const { subscriptionId } = await ctx.db.invoice.findUniqueOrThrow({
    where: { customerId_id: { customerId: ctx.actor.customerId, id: invoiceId } },
    select: { subscriptionId: true },
  });
  if (subscriptionId) await refreshNow(ctx, "subscription", subscriptionId);
}
