import { invalid } from "../../../http/errors";
import { clearable, hash, oneOf, text } from "../../../http/params";
import type { Subscription } from "../../../tables";
import type { Tx } from "../../../transaction";
import { release } from "../../subscription-schedules/end";
import { endSubscription } from "../../subscriptions/cancel";
import { updateSubscription } from "../../subscriptions/update";
import type { Visit } from "../access";
import { reasons } from "../configuration-params";
import { ownSubscription } from "../flow";
import { action } from "./action";

const cancelParams = hash(
  { comment: clearable(text), feedback: clearable(oneOf(...reasons)), subscription: text },
  ["subscription"],
);
type Given = ReturnType<typeof cancelParams>;

export const cancel = action(
  cancelParams,
  (tx, { customer, configuration }, given) => {
    const rules = configuration.features.subscription_cancel;
    const subscription = ownSubscription(tx, customer.id, given.subscription, "subscription");
    if (!rules.enabled) throw invalid("Subscriptions cannot be canceled here.", undefined, "subscription");
    if (isEnding(subscription))
      throw invalid("The subscription is already set to be canceled.", undefined, "subscription");
    const details = detailsOf(rules.cancellation_reason, given);
    if (rules.mode === "immediately") {
      endSubscription(tx, subscription.id, {
        cancellation_details: details,
        prorate: rules.proration_behavior === "create_prorations",
      });
    } else cancelLater(tx, subscription, details);
    return { subscription: tx.view("subscriptions", subscription.id) };
  },
  { flows: ["subscription_cancel"] },
);

export function isEnding(subscription: Subscription): boolean {
  return subscription.cancel_at !== null || subscription.cancel_at_period_end;
}

type Details = NonNullable<Parameters<typeof endSubscription>[2]["cancellation_details"]>;

function detailsOf(
  rules: Visit["configuration"]["features"]["subscription_cancel"]["cancellation_reason"],
  { comment = null, feedback = null }: Given,
): Details {
  const asked = feedback !== null || comment !== null;
  if (asked && !rules.enabled)
    throw invalid("No reason is asked for here.", undefined, feedback === null ? "comment" : "feedback");
  if (feedback !== null && !rules.options.includes(feedback))
    throw invalid(`The reason ${feedback} is not offered here.`, undefined, "feedback");
  return { comment, feedback };
}

/** Flexible billing has a date of its own for it; a schedule would decide otherwise, so it lets go. */
function cancelLater(tx: Tx, { id, schedule, billing_mode: mode }: Subscription, details: Details): void {
  if (schedule) release(tx, schedule, false);
  updateSubscription(tx, id, {
    ...(mode.type === "flexible" ? { cancel_at: "max_period_end" } : { cancel_at_period_end: true }),
    cancellation_details: details,
  });
}

const ofSubscription = hash({ subscription: text }, ["subscription"]);

export const undoCancel = action(ofSubscription, (tx, { customer, configuration }, given) => {
  const subscription = ownSubscription(tx, customer.id, given.subscription, "subscription");
  if (!configuration.features.subscription_cancel.enabled)
    throw invalid("A cancellation cannot be taken back here.", undefined, "subscription");
  if (!isEnding(subscription))
    throw invalid("The subscription is not set to be canceled.", undefined, "subscription");
  updateSubscription(
    tx,
    subscription.id,
    subscription.cancel_at_period_end ? { cancel_at_period_end: false } : { cancel_at: null },
  );
  return { subscription: tx.view("subscriptions", subscription.id) };
});

/** The customer stays for the coupon that the flow offers. */
export const acceptOffer = action(
  hash({}),
  (tx, { session, customer }) => {
    const flow = session.flow?.subscription_cancel;
    const coupon = flow?.retention?.coupon_offer?.coupon;
    if (!flow || !coupon) throw invalid("There is no offer to accept.");
    const { id, discounts } = ownSubscription(tx, customer.id, flow.subscription, "subscription");
    updateSubscription(tx, id, { discounts: [...discounts.map((discount) => ({ discount })), { coupon }] });
    return { subscription: tx.view("subscriptions", id) };
  },
  { flows: ["subscription_cancel"] },
);
