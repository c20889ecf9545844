import { notAllowed } from "../errors";
import type { CustomerCtx } from "../trpc/procedures";
import type { ChangeInput, PauseSubscriptionInput } from "./change-schemas";
import { changeSubscription } from "./change-subscription";
import { refuseTaken } from "./offers-taken";
import { currentSubscription } from "./queries";
import { pauseEnd } from "./rules";
import type { SubscriptionView } from "./schemas";

/** Nothing is collected for so many months; what would have been invoiced then is waived. */
export async function pauseSubscription(
  ctx: CustomerCtx,
  { operationId, months }: PauseSubscriptionInput,
): Promise<SubscriptionView | null> {
  await changeSubscription(ctx, {
    operationId,
    kind: "subscription_update",
    request: { pauseMonths: months },
    decide: async (live, tx) => {
      if (live.pauseBehavior) throw notAllowed("already_paused", "Your plan is paused already.");
      if (live.status !== "active") throw notAllowed("not_active", "Only an active plan can be paused.");
      if (live.cancelAt || live.scheduleId || live.pendingChangeExpiresAt) {
        throw notAllowed("change_scheduled", "Another change is under way. Undo it first.");
      }
      await refuseTaken(tx, { customerId: ctx.actor.customerId, subscriptionId: live.id, offer: "pause" });
      const resumesAt = pauseEnd(live.currentPeriodEnd ?? new Date(), months);
      return {
        pause_collection: { behavior: "void", resumes_at: Math.floor(resumesAt.getTime() / 1000) },
        metadata: { retention_offer: "pause" },
      };
    },
  });
  return currentSubscription(ctx);
}

export async function resumeSubscription(
  ctx: CustomerCtx,
  { operationId }: ChangeInput,
): Promise<SubscriptionView | null> {
  await changeSubscription(ctx, {
    operationId,
    kind: "subscription_update",
    request: { pauseMonths: null },
    decide: ({ pauseBehavior }) => {
      if (!pauseBehavior) throw notAllowed("not_paused", "Your plan is not paused.");
      return { pause_collection: "" };
    },
  });
  return currentSubscription(ctx);
}
