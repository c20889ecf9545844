import { notAllowed } from "../errors";
import type { CustomerCtx } from "../trpc/procedures";
import type { ChangeInput } from "./change-schemas";
import { changeSubscription } from "./change-subscription";
import { currentSubscription } from "./queries";
import type { SubscriptionView } from "./schemas";

/** The plan stays as it is; what was going to happen at the end of the period does not. */
export async function undoScheduledChange(
  ctx: CustomerCtx,
  { operationId }: ChangeInput,
): Promise<SubscriptionView | null> {
  await changeSubscription(ctx, {
    operationId,
    kind: "schedule_release",
    request: { scheduled: null },
    decide: ({ scheduleId }) => {
      if (!scheduleId) throw notAllowed("nothing_scheduled", "No change is scheduled.");
      return { scheduleId };
    },
  });
  return currentSubscription(ctx);
}

/** Gives up a change whose payment was not completed: nothing is charged for it any more. */
export async function dropPendingChange(
  ctx: CustomerCtx,
  { operationId }: ChangeInput,
): Promise<SubscriptionView | null> {
  await changeSubscription(ctx, {
    operationId,
    kind: "change_drop",
    request: { pending: null },
    decide: () => ({}),
  });
  return currentSubscription(ctx);
}
