import { notAllowed, notFound } from "../errors";
import { minorUnits } from "../money";
import { applyAnswer } from "../operations/apply-answer";
import { ownCard } from "../payment-methods/queries";
import { retryInvoice } from "../payment-methods/retry-invoice";
import { toBillingError } from "../stripe/errors";
import type { CustomerCtx } from "../trpc/procedures";
import { refreshNow } from "../webhooks/refresh-now";
import type { OpenPayment, OpenPaymentInput, PaidInvoice, PayInvoiceInput } from "./schemas";

/** Pays what is still open with a saved card. Whatever the page believed, what is paid already is never charged. */
export async function payInvoice(ctx: CustomerCtx, input: PayInvoiceInput): Promise<PaidInvoice> {
  const { operationId, invoiceId, paymentMethodId: card } = input;
  const { customerId } = ctx.actor;
  const invoice = await payable(ctx, invoiceId);
  const { detachedAt } = await ownCard(ctx, customerId, card);
  const asked = await ctx.db.moneyOperation.findFirst({ where: { customerId, id: operationId } });
  if (!asked) {
    if (invoice.amount === 0) return paid;
    if (detachedAt) throw notAllowed("card_removed", "This card was removed. Please choose another one.");
    if (invoice.amount !== input.amount) throw amountChanged();
  }
  const { outcome, message } = await retryInvoice(ctx, { operationId, invoice, card });
  if (outcome === "paid") return paid;
  const { clientSecret } = outcome === "needs_confirmation" ? await openPayment(ctx, input) : noSecret;
  return { outcome, message, clientSecret };
}

/** The secret of the one payment of the invoice: cards may be tried with it until it has succeeded, which it can once. */
export async function openPayment(ctx: CustomerCtx, { invoiceId }: OpenPaymentInput): Promise<OpenPayment> {
  const { amount, currency } = await payable(ctx, invoiceId);
  if (amount === 0) return { ...noSecret, amount, currency };
  const invoice = await retrieve(ctx, invoiceId);
  await applyAnswer(ctx, ctx.actor.customerId, invoice);
  if (invoice.amount_remaining === 0 || invoice.status === "paid" || invoice.status === "void") {
    await refreshNow(ctx, "invoice", invoiceId);
    return { ...noSecret, amount: 0, currency };
  }
  const secret = invoice.confirmation_secret?.client_secret;
  if (!secret) throw notAllowed("not_payable_here", "This invoice cannot be paid with a card just now.");
  return { clientSecret: secret, amount: invoice.amount_remaining, currency };
}

const noSecret = { clientSecret: null };
const paid: PaidInvoice = { outcome: "paid", message: null, clientSecret: null };

/** Zero where there is nothing left to pay. */
async function payable({ db, actor }: CustomerCtx, id: string) {
  const invoice = await db.invoice.findUnique({
    where: { customerId_id: { customerId: actor.customerId, id } },
    select: { id: true, number: true, status: true, remainingAmount: true, currency: true },
  });
  if (!invoice || invoice.status === "draft") throw notFound("invoice");
  if (invoice.status === "void") {
    throw notAllowed("invoice_void", "This invoice was voided. There is nothing to pay.");
  }
  const { number, currency, status } = invoice;
  return { id, number, currency, amount: status === "paid" ? 0 : minorUnits(invoice.remainingAmount) };
}

async function retrieve({ stripe }: CustomerCtx, id: string) {
  try {
    return await stripe.invoices.retrieve(id, { expand: ["confirmation_secret", "payments"] });
  } catch (error) {
    throw toBillingError(error);
  }
}

const amountChanged = () =>
  notAllowed(
    "amount_changed",
    "What is still to pay has changed meanwhile. Please look at the new amount first.",
  );
