import type { Tx } from "../../transaction";
import { enterNextPhase } from "../subscription-schedules/phases";
import { endSubscription } from "./cancel";
import { endTrial } from "./end-trial";
import { billWaiting } from "./pending-interval";
import { planTurn } from "./plan";
import { renewSubscription } from "./renew";

const turning = ["trialing", "active", "past_due", "unpaid"];

/** Everything that is due for a subscription now, in order: collection resumes, it ends, its phase or trial ends, it renews. */
export function turnSubscription(tx: Tx, id: string): void {
  const subscription = tx.get("subscriptions", id);
  if (!subscription || ["canceled", "incomplete_expired"].includes(subscription.status)) return;
  const resumes = subscription.pause_collection?.resumes_at;
  if (resumes && resumes <= tx.now) {
    tx.patch("subscriptions", id, { pause_collection: null });
    tx.emit("customer.subscription.updated", "subscriptions", id);
  }
  if (subscription.cancel_at !== null && subscription.cancel_at <= tx.now) {
    endSubscription(tx, id, { invoice_now: true });
    return;
  }
  if (subscription.schedule) enterNextPhase(tx, subscription.schedule);
  rollOn(tx, id);
  if (turning.includes(tx.need("subscriptions", id).status)) billWaiting(tx, id);
  planTurn(tx, id);
}

function rollOn(tx: Tx, id: string): void {
  const { status, trial_end: end } = tx.need("subscriptions", id);
  if (!turning.includes(status)) return;
  if (status !== "trialing") renewSubscription(tx, id);
  else if (end && end <= tx.now) endTrial(tx, id);
}
