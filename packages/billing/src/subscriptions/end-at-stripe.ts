import type Stripe from "stripe";
import type { KindOfOperation, Operation } from "../operations/kinds";
import { keyOf, paramsOf } from "../operations/params";
import { hasEnded } from "./rules";

export const subscriptionEnd: KindOfOperation = {
  call: endNow,
  probe: endNow,
  movesMoney: false,
  provenBy: "answer",
};

/** At once, whatever its state. What has ended already is as it should be. */
async function endNow(stripe: Stripe, operation: Operation): Promise<Stripe.Subscription> {
  const { id, targetId } = operation;
  if (!targetId) throw new Error(`operation ${id} names no subscription`);
  try {
    return await stripe.subscriptions.cancel(
      targetId,
      paramsOf<Stripe.SubscriptionCancelParams>(operation),
      keyOf(operation),
    );
  } catch (error) {
    const found = await stripe.subscriptions.retrieve(targetId);
    if (!hasEnded(found.status)) throw error;
    return found;
  }
}
