import type Stripe from "stripe";
import type { KindOfOperation, Operation } from "../operations/kinds";
import { keyOf, paramsOf } from "../operations/params";
import { idOf } from "../stripe/fields";
import { release } from "./schedule-at-stripe";

/** What changes no price: an ending, its undoing, a pause. Asking twice for it changes nothing more. */
export const subscriptionUpdate: KindOfOperation = {
  call: update,
  probe: (stripe, operation) => update(stripe, operation),
  movesMoney: false,
  provenBy: "answer",
};

/** Stripe lets nobody but its schedule end a scheduled subscription, so the schedule lets go of it first. */
async function update(stripe: Stripe, operation: Operation): Promise<Stripe.Subscription> {
  const { targetId } = operation;
  if (!targetId) throw new Error(`operation ${operation.id} names no subscription`);
  const params = paramsOf<Stripe.SubscriptionUpdateParams>(operation);
  if (params.cancel_at_period_end) {
    const { schedule } = await stripe.subscriptions.retrieve(targetId);
    if (schedule) await release(stripe, idOf(schedule) ?? "");
  }
  return stripe.subscriptions.update(targetId, params, keyOf(operation));
}
