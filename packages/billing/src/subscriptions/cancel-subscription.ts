import { notAllowed } from "../errors";
import type { CustomerCtx } from "../trpc/procedures";
import type { CancelSubscriptionInput, ChangeInput } from "./change-schemas";
import { changeSubscription } from "./change-subscription";
import { currentSubscription } from "./queries";
import type { SubscriptionView } from "./schemas";

/** At the end of what is paid for, or at once; a change scheduled for then is given up with it. */
export async function cancelSubscription(
  ctx: CustomerCtx,
  input: CancelSubscriptionInput,
): Promise<SubscriptionView | null> {
  const { operationId, when, reason = null, comment = null } = input;
  const details = {
    ...(reason ? { feedback: reason } : {}),
    ...(comment ? { comment } : {}),
  };
  await changeSubscription(ctx, {
    operationId,
    kind: when === "now" ? "subscription_end" : "subscription_update",
    request: { cancel: when, reason, comment },
    reason: [reason, comment].filter(Boolean).join(": "),
    decide: ({ cancelAt, pendingChangeExpiresAt }) => {
      if (when === "now") return { cancellation_details: details };
      if (cancelAt) throw notAllowed("already_ending", "Your plan is going to end already.");
      if (pendingChangeExpiresAt)
        throw notAllowed("change_pending", "A change waits for its payment. Drop it first.");
      return { cancel_at_period_end: true, cancellation_details: details };
    },
  });
  return currentSubscription(ctx);
}

export async function undoCancellation(
  ctx: CustomerCtx,
  { operationId }: ChangeInput,
): Promise<SubscriptionView | null> {
  await changeSubscription(ctx, {
    operationId,
    kind: "subscription_update",
    request: { cancel: null },
    decide: ({ cancelAt }) => {
      if (!cancelAt) throw notAllowed("not_ending", "Your plan is not going to end.");
      return { cancel_at_period_end: false };
    },
  });
  return currentSubscription(ctx);
}
