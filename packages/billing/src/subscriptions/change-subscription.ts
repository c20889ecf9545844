import type { Tx } from "../context";
import { conflict, notAllowed } from "../errors";
import { carryOut, decided, refuseAgain } from "../operations/carry-out";
import type { Operation } from "../operations/kinds";
import { intentHash, reserve } from "../operations/reserve";
import { isUndecided, type OperationKind, undecidedStates } from "../operations/rules";
import { withCustomerLocked } from "../operations/with-customer-locked";
import { outcomeUnknown } from "../stripe/errors";
import type { CustomerCtx } from "../trpc/procedures";
import { refreshNow } from "../webhooks/refresh-now";
import type { LiveSubscription } from "./rules";

export interface SubscriptionChange {
  operationId: string;
  kind: OperationKind;
  /** What the person asked for; the same id with another request is refused. */
  request: object;
  /** What Stripe is asked for, from what is live while the customer is locked. Throws when it may not be. */
  decide: (live: LiveSubscription, tx: Tx) => object | Promise<object>;
  reason?: string;
}

type Step = { next: "submit" | "follow" | "wait"; operation: Operation };

/** One change of a subscription at a time, each made once: a repetition gets the outcome of the first. */
export async function changeSubscription(ctx: CustomerCtx, change: SubscriptionChange): Promise<string> {
  for (let round = 0; round < 6; round++) {
    const { next, operation } = await reserveStep(ctx, change);
    if (next === "submit") {
      await carryOut(ctx, operation).catch((error) => refreshed(ctx, operation, error));
      return refreshed(ctx, operation);
    }
    const outcome = await decided(ctx, operation);
    if (isUndecided(outcome)) throw outcomeUnknown();
    if (next === "wait") continue;
    if (outcome.state === "failed") refuseAgain(outcome);
    return refreshed(ctx, outcome);
  }
  throw conflict("change_in_progress", "Another change is on its way. Please look again in a moment.");
}

function reserveStep(ctx: CustomerCtx, change: SubscriptionChange): Promise<Step> {
  const { customerId } = ctx.actor;
  const { operationId: id, kind, request, decide, reason } = change;
  return withCustomerLocked(ctx, customerId, async (tx) => {
    const own = await tx.moneyOperation.findFirst({ where: { id } });
    if (own) {
      if (own.requestHash === intentHash({ kind, customerId, request }))
        return { next: "follow", operation: own };
      throw conflict("operation_reused", "This was used for another choice. Please start again.");
    }
    const open = await tx.moneyOperation.findFirst({
      where: { customerId, openSlot: "plan", state: { in: [...undecidedStates] } },
    });
    if (open) return { next: "wait", operation: open };
    const live = await liveSubscription(tx, customerId);
    const params = await decide(live, tx);
    const operation = await reserve(tx, ctx, {
      id,
      kind,
      customerId,
      request,
      params,
      openSlot: "plan",
      targetId: live.id,
      ...(reason ? { reason } : {}),
    });
    return { next: "submit", operation };
  });
}

export async function liveSubscription(
  db: Pick<Tx, "subscription">,
  customerId: string,
): Promise<LiveSubscription> {
  const live = await db.subscription.findFirst({
    where: { customerId, liveSlot: "plan" },
    select: {
      id: true,
      status: true,
      planId: true,
      currency: true,
      scheduleId: true,
      cancelAt: true,
      pauseBehavior: true,
      pendingChangeExpiresAt: true,
      currentPeriodEnd: true,
    },
  });
  if (live) return live;
  throw notAllowed("no_subscription", "There is no plan to change. Choose one first.");
}

/** So that who asked sees the change in what they read next; a failure may have changed something too. */
async function refreshed(ctx: CustomerCtx, { targetId }: Operation, error?: unknown): Promise<string> {
  const id = targetId ?? "";
  await refreshNow(ctx, "subscription", id);
  const row = await ctx.db.subscription.findFirst({
    where: { customerId: ctx.actor.customerId, id },
    select: { scheduleId: true },
  });
  if (row?.scheduleId) await refreshNow(ctx, "subscription_schedule", row.scheduleId);
  if (error !== undefined) throw error;
  return id;
}
