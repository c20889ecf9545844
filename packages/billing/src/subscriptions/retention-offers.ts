import { catalog } from "../catalog";
import { notAllowed } from "../errors";
import { listPlans } from "../plans/list";
import { couponStripeId } from "../plans/wanted";
import type { CustomerCtx } from "../trpc/procedures";
import type { ChangeInput, RetentionOffer } from "./change-schemas";
import { changeSubscription, liveSubscription } from "./change-subscription";
import { offersTaken, refuseTaken } from "./offers-taken";
import { currentSubscription } from "./queries";
import type { LiveSubscription } from "./rules";
import type { SubscriptionView } from "./schemas";

/** What the catalogue has for somebody who wants to leave, as far as it was not used before. */
export async function retentionOffers(ctx: CustomerCtx): Promise<RetentionOffer[]> {
  const live = await liveSubscription(ctx.db, ctx.actor.customerId);
  if (!isUndisturbed(live)) return [];
  const taken = await offersTaken(ctx.db, { customerId: ctx.actor.customerId, subscriptionId: live.id });
  return policyOffers(live).filter(({ kind }) => !taken.has(kind));
}

/** A plan that is going to change or to end has been decided about already. */
const isUndisturbed = (live: LiveSubscription): boolean =>
  live.status === "active" &&
  !live.cancelAt &&
  !live.scheduleId &&
  !live.pauseBehavior &&
  !live.pendingChangeExpiresAt;

function policyOffers({ planId }: LiveSubscription): RetentionOffer[] {
  const plans = listPlans();
  const place = plans.findIndex(({ id }) => id === planId);
  return catalog.policy.retention.flatMap((offer): RetentionOffer[] => {
    if (offer.kind === "pause") return [{ kind: "pause", months: [...offer.months] }];
    if (offer.kind === "coupon") return [{ kind: "coupon", name: catalog.coupons[offer.coupon].name }];
    const smaller = plans.findIndex(({ id }) => id === offer.plan);
    const plan = plans[smaller];
    return plan && smaller < place ? [{ kind: "downgrade", planId: plan.id, planName: plan.name }] : [];
  });
}

/** The discount that is offered, on top of those there are. */
export async function acceptDiscount(
  ctx: CustomerCtx,
  { operationId }: ChangeInput,
): Promise<SubscriptionView | null> {
  const { customerId } = ctx.actor;
  await changeSubscription(ctx, {
    operationId,
    kind: "subscription_update",
    request: { offer: "coupon" },
    decide: async (live, tx) => {
      const offer = catalog.policy.retention.find(({ kind }) => kind === "coupon");
      if (offer?.kind !== "coupon" || !isUndisturbed(live)) {
        throw notAllowed("not_offered", "This is not offered for your plan now.");
      }
      await refuseTaken(tx, { customerId, subscriptionId: live.id, offer: "coupon" });
      const held = await tx.subscriptionDiscount.findMany({
        where: { customerId, subscriptionId: live.id },
        select: { id: true },
      });
      const coupon = couponStripeId(offer.coupon, catalog.coupons[offer.coupon]);
      return {
        discounts: [...held.map(({ id }) => ({ discount: id })), { coupon }],
        metadata: { retention_offer: "coupon" },
      };
    },
  });
  return currentSubscription(ctx);
}
