import { recordAudit } from "../audit/record";
import { notAllowed, notFound } from "../errors";
import { minorUnits } from "../money";
import { withCustomerLocked } from "../operations/with-customer-locked";
import { planName } from "../subscriptions/queries";
import type { CustomerCtx } from "../trpc/procedures";
import type { CloseAccountInput, ClosingView } from "./account-schemas";
import { finishClosing } from "./finish-closing";

/** What closing would do, for the question before it. */
export async function previewClosing({ db, actor }: CustomerCtx): Promise<ClosingView> {
  const { customerId } = actor;
  const customer = await db.customer.findUniqueOrThrow({
    where: { id: customerId },
    select: {
      name: true,
      _count: { select: { members: true } },
      subscriptions: {
        where: { liveSlot: "plan" },
        select: { planId: true, status: true, currentPeriodEnd: true },
      },
      invoices: {
        where: { status: "open", remainingAmount: { gt: 0 } },
        select: { id: true, number: true, remainingAmount: true, currency: true, hostedInvoiceUrl: true },
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      },
    },
  });
  const [live] = customer.subscriptions;
  return {
    name: customer.name,
    plan: live
      ? {
          name: planName(live.planId),
          status: live.status,
          paidUntil: live.currentPeriodEnd?.toISOString() ?? null,
        }
      : null,
    unpaid: customer.invoices.map(({ remainingAmount, ...invoice }) => ({
      ...invoice,
      amount: minorUnits(remainingAmount),
    })),
    members: customer._count.members,
  };
}

/**
 * First nothing new can begin, then what would go on charging is cancelled, then everybody's access ends. A crash in
 * between leaves it closing, and asking again, or the worker, goes on.
 */
export async function closeAccount(ctx: CustomerCtx, input: CloseAccountInput): Promise<{ closed: true }> {
  await beginClosing(ctx, input);
  await finishClosing(ctx, ctx.actor.customerId);
  return { closed: true };
}

async function beginClosing(ctx: CustomerCtx, { name, leaveUnpaid }: CloseAccountInput): Promise<void> {
  const { customerId } = ctx.actor;
  await withCustomerLocked(ctx, customerId, async (tx) => {
    const customer = await tx.customer.findUnique({
      where: { id: customerId },
      select: { name: true, closingAt: true },
    });
    if (!customer) throw notFound("customer");
    if (customer.closingAt) return;
    if (customer.name.trim() !== name.trim())
      throw notAllowed("name_mismatch", "Type the name of the account exactly as it is shown.");
    const unpaid = await tx.invoice.count({
      where: { customerId, status: "open", remainingAmount: { gt: 0 } },
    });
    if (unpaid > 0 && !leaveUnpaid) throw unpaidInvoices(unpaid);
    await tx.customer.update({
      where: { id: customerId },
      data: { closingAt: new Date() },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "customers.close",
      customerId,
      targetType: "customer",
      targetId: customerId,
      before: { name: customer.name },
      after: { unpaidInvoices: unpaid },
    });
  });
}

const unpaidInvoices = (count: number) =>
  notAllowed(
    "invoice_unpaid",
    `${count === 1 ? "An invoice is" : `${count} invoices are`} not paid yet. Pay first, or close the account and pay by the link of the invoice.`,
    { count },
  );
