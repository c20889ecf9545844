import { randomUUID } from "node:crypto";
import { recordAudit } from "../audit/record";
import type { Billing, Ctx } from "../context";
import { notifyChange } from "../live/notify";
import { decided } from "../operations/carry-out";
import { isUndecided, undecidedStates } from "../operations/rules";
import { withCustomerLocked } from "../operations/with-customer-locked";
import { outcomeUnknown, toBillingError } from "../stripe/errors";
import { endSubscription } from "../subscriptions/end-subscription";
import { hasEnded } from "../subscriptions/rules";

/** Each step finds out by itself what is left of it, so that any process can go on. */
export async function finishClosing(ctx: Ctx, customerId: string): Promise<void> {
  await decideEverything(ctx, customerId);
  const { stripeCustomerId } = await ctx.db.customer.findUniqueOrThrow({
    where: { id: customerId },
    select: { stripeCustomerId: true },
  });
  if (stripeCustomerId) {
    await expireCheckouts(ctx, stripeCustomerId);
    for (const id of await chargingSubscriptions(ctx, stripeCustomerId))
      await endSubscription(ctx, { customerId, subscriptionId: id, reason: "the account is being closed" });
  }
  await endAccess(ctx, customerId);
}

/** A purchase without an answer may still become a subscription. */
async function decideEverything(ctx: Ctx, customerId: string): Promise<void> {
  const open = await ctx.db.moneyOperation.findMany({
    where: { customerId, state: { in: [...undecidedStates] } },
    select: { customerId: true, id: true },
  });
  for (const operation of open) {
    if (isUndecided(await decided(ctx, operation))) throw outcomeUnknown();
  }
}

/** Stripe is asked, not the mirror: what was made there a second ago would charge as well. */
async function chargingSubscriptions({ stripe }: Ctx, customer: string): Promise<string[]> {
  try {
    const all = await stripe.subscriptions
      .list({ customer, status: "all", limit: 100 })
      .autoPagingToArray({ limit: 1_000 });
    return all.filter(({ status }) => !hasEnded(status)).map(({ id }) => id);
  } catch (error) {
    throw toBillingError(error);
  }
}

/** A page of Stripe's that is still open in some window must not sell anything any more. */
async function expireCheckouts({ stripe }: Ctx, customer: string): Promise<void> {
  try {
    const open = await stripe.checkout.sessions.list({ customer, status: "open", limit: 100 });
    for (const { id } of open.data) await stripe.checkout.sessions.expire(id);
  } catch (error) {
    throw toBillingError(error);
  }
}

async function endAccess(ctx: Ctx, customerId: string): Promise<void> {
  await withCustomerLocked(ctx, customerId, async (tx) => {
    const customer = await tx.customer.findUniqueOrThrow({
      where: { id: customerId },
      select: { deletedAt: true, members: { select: { loginId: true } } },
    });
    const logins = customer.members.map(({ loginId }) => loginId);
    await tx.member.deleteMany({ where: { customerId } });
    await tx.invitation.updateMany({
      where: { customerId, openSlot: { not: null } },
      data: { revokedAt: new Date(), openSlot: null },
    });
    // A login that belongs to nothing else has nothing to sign in to.
    await tx.login.deleteMany({ where: { id: { in: logins }, members: { none: {} } } });
    if (customer.deletedAt) return;
    await tx.customer.update({
      where: { id: customerId },
      data: { deletedAt: new Date() },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "customers.closed",
      customerId,
      targetType: "customer",
      targetId: customerId,
      after: { members: logins.length },
    });
    await notifyChange(tx, { customerId, nouns: ["members", "customers", "subscriptions"] });
  });
}

/** Closings whose process died. Returns how many it looked at. */
export async function resumeClosings(
  billing: Billing,
  { afterMs, isStopping = () => false }: { afterMs: number; isStopping?: () => boolean },
): Promise<number> {
  const late = await billing.db.customer.findMany({
    where: { deletedAt: null, closingAt: { lt: new Date(Date.now() - afterMs) } },
    select: { id: true },
    orderBy: { closingAt: "asc" },
    take: 20,
  });
  for (const { id } of late) {
    if (isStopping()) break;
    const actor = { kind: "system", id: "worker", name: "Worker" } as const;
    const ctx: Ctx = { ...billing, actor, requestId: randomUUID(), ip: null };
    try {
      await finishClosing(ctx, id);
      billing.log.info({ customerId: id }, "late closing finished");
    } catch (error) {
      billing.log.warn({ err: error, customerId: id }, "late closing not finished");
    }
  }
  return late.length;
}
