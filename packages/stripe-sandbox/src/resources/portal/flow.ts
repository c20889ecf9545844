import { isRedeemable } from "../../engine/redemption";
import { invalid } from "../../http/errors";
import type { PortalSession, Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import type { Features } from "./features";
import type { FlowGiven } from "./session-params";
import { checkChange } from "./update-rules";

export type Flow = NonNullable<PortalSession["flow"]>;
const where = "flow_data";

/** Which feature of the configuration a flow needs. */
const needs: Record<FlowGiven["type"], keyof Features> = {
  customer_update: "customer_update",
  payment_method_update: "payment_method_update",
  subscription_cancel: "subscription_cancel",
  subscription_pause: "subscription_pause",
  subscription_update: "subscription_update",
  subscription_update_confirm: "subscription_update",
};

export function flowOf(tx: Tx, customer: string, features: Features, given: FlowGiven): Flow {
  const { type } = given;
  for (const name of [
    "subscription_cancel",
    "subscription_pause",
    "subscription_update",
    "subscription_update_confirm",
  ] as const) {
    if (name !== type && given[name])
      throw invalid(`${name} can only be passed when type=${name}.`, undefined, `${where}[${name}]`);
    if (name === type && !given[name])
      throw invalid(`Missing required param: ${where}[${name}].`, "parameter_missing", `${where}[${name}]`);
  }
  if (!features[needs[type]].enabled) {
    throw invalid(
      `The ${type} flow cannot be used: ${needs[type]} is not enabled in the configuration of this session.`,
      undefined,
      `${where}[type]`,
    );
  }
  return {
    after_completion: afterCompletion(given),
    customer_update: type === "customer_update" ? {} : null,
    subscription_cancel: cancelFlow(tx, customer, given),
    subscription_pause: pauseFlow(tx, customer, given),
    subscription_update: updateFlow(tx, customer, features, given),
    subscription_update_confirm: confirmFlow(tx, customer, features, given),
    type,
  };
}

function afterCompletion({ after_completion: given }: FlowGiven): Flow["after_completion"] {
  const { type = "portal_homepage", redirect, hosted_confirmation: confirmation } = given ?? {};
  if (type === "redirect" && !redirect) {
    const param = `${where}[after_completion][redirect]`;
    throw invalid(`Missing required param: ${param}.`, "parameter_missing", param);
  }
  return {
    hosted_confirmation:
      type === "hosted_confirmation" ? { custom_message: confirmation?.custom_message ?? null } : null,
    redirect: type === "redirect" && redirect ? { return_url: redirect.return_url } : null,
    type,
  };
}

function cancelFlow(
  tx: Tx,
  customer: string,
  { subscription_cancel: given }: FlowGiven,
): Flow["subscription_cancel"] {
  if (!given) return null;
  const param = `${where}[subscription_cancel]`;
  const subscription = ownSubscription(tx, customer, given.subscription, `${param}[subscription]`);
  if (subscription.cancel_at !== null || subscription.cancel_at_period_end)
    throw invalid("The subscription is already set to be canceled.", undefined, `${param}[subscription]`);
  const coupon = given.retention?.coupon_offer.coupon;
  if (coupon) checkCoupon(tx, coupon, `${param}[retention][coupon_offer][coupon]`);
  return {
    retention: coupon ? { coupon_offer: { coupon }, type: "coupon_offer" } : null,
    subscription: subscription.id,
  };
}

function pauseFlow(
  tx: Tx,
  customer: string,
  { subscription_pause: given }: FlowGiven,
): Flow["subscription_pause"] {
  if (!given) return null;
  const param = `${where}[subscription_pause][subscription]`;
  const { id, status } = ownSubscription(tx, customer, given.subscription, param);
  if (status === "paused") throw invalid("The subscription is already paused.", undefined, param);
  return { subscription: id };
}

function updateFlow(
  tx: Tx,
  customer: string,
  features: Features,
  { subscription_update: given }: FlowGiven,
): Flow["subscription_update"] {
  if (!given) return null;
  const param = `${where}[subscription_update][subscription]`;
  const subscription = ownSubscription(tx, customer, given.subscription, param);
  checkChange(tx, subscription, features, {}, param);
  return { subscription: subscription.id };
}

function confirmFlow(
  tx: Tx,
  customer: string,
  features: Features,
  { subscription_update_confirm: given }: FlowGiven,
): Flow["subscription_update_confirm"] {
  if (!given) return null;
  const param = `${where}[subscription_update_confirm]`;
  const subscription = ownSubscription(tx, customer, given.subscription, `${param}[subscription]`);
  const [item, second] = given.items;
  if (!item || second)
    throw invalid("Exactly one item can be updated through this flow.", undefined, `${param}[items]`);
  if (subscription.items.data[0]?.id !== item.id)
    throw invalid(`No such subscription item: '${item.id}'`, "resource_missing", `${param}[items][0][id]`);
  const [discount, another] = given.discounts ?? [];
  if (another)
    throw invalid("Up to one discount can be applied through this flow.", undefined, `${param}[discounts]`);
  if (discount?.coupon) checkCoupon(tx, discount.coupon, `${param}[discounts][0][coupon]`);
  if (discount?.promotion_code)
    tx.need("promotion_codes", discount.promotion_code, `${param}[discounts][0][promotion_code]`);
  checkChange(
    tx,
    subscription,
    features,
    { price: item.price, quantity: item.quantity },
    `${param}[items][0]`,
  );
  return {
    discounts: discount
      ? [{ coupon: discount.coupon ?? null, promotion_code: discount.promotion_code ?? null }]
      : null,
    items: [
      {
        id: item.id,
        price: item.price ?? subscription.items.data[0].price.id,
        ...(item.quantity !== undefined && { quantity: item.quantity }),
      },
    ],
    subscription: subscription.id,
  };
}

export function ownSubscription(tx: Tx, customer: string, id: string, param: string): Subscription {
  const subscription = tx.need("subscriptions", id, param);
  if (subscription.customer !== customer)
    throw invalid(`The subscription ${id} belongs to another customer.`, undefined, param);
  if (["canceled", "incomplete_expired", "incomplete"].includes(subscription.status))
    throw invalid(`A subscription with status ${subscription.status} cannot be changed.`, undefined, param);
  return subscription;
}

function checkCoupon(tx: Tx, id: string, param: string): void {
  if (!isRedeemable(tx.need("coupons", id, param), tx.now))
    throw invalid(`Coupon expired: ${id}`, "coupon_expired", param);
}
