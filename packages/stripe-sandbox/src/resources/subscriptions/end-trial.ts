import { eventsOfPause } from "../../decisions/events";
import type { Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import { methodOfSubscription } from "../invoices/collect";
import { endSubscription } from "./cancel";
import { renewSubscription } from "./renew";

/** A trial that comes to its end is billed, or pauses or ends the subscription when nothing can be charged. */
export function endTrial(tx: Tx, id: string): void {
  const subscription = tx.need("subscriptions", id);
  const behavior = subscription.trial_settings?.end_behavior;
  const charges = subscription.collection_method === "charge_automatically";
  const method = methodOfSubscription(tx, subscription, subscription.customer);
  if (charges && !method && behavior?.missing_payment_method === "cancel") {
    endSubscription(tx, id, { reason: null });
    return;
  }
  if (charges && !method && behavior?.missing_payment_method === "pause") {
    pauseNow(tx, id, "trial_end_without_payment_method");
    return;
  }
  const { billing_cycle_anchor: anchor, trial_end: end } = subscription;
  const keeps = behavior?.billing_cycle_anchor === "unchanged" || anchor > tx.now;
  tx.patch("subscriptions", id, { status: "active", billing_cycle_anchor: keeps ? anchor : (end ?? tx.now) });
  tx.emit("customer.subscription.updated", "subscriptions", id);
  renewSubscription(tx, id);
}

type PausedFor = NonNullable<Subscription["status_details"]>["paused"]["subscription"]["type"];

export function pauseNow(tx: Tx, id: string, type: PausedFor): void {
  tx.patch("subscriptions", id, {
    status: "paused",
    status_details: { paused: { subscription: { type }, transitioned_at: tx.now, type: "subscription" } },
  });
  for (const type of eventsOfPause()) tx.emit(type, "subscriptions", id);
}
