import { ApiError, invalid } from "../../../http/errors";
import { hash, natural, text } from "../../../http/params";
import type { PromotionCode, Subscription, SubscriptionItem } from "../../../tables";
import type { Tx } from "../../../transaction";
import { paymentIntentOf } from "../../invoices/payment-of";
import { paymentFailed } from "../../payment-intents/attempt";
import { release } from "../../subscription-schedules/end";
import type { UpdateParams } from "../../subscriptions/params";
import { updateSubscription } from "../../subscriptions/update";
import type { Visit } from "../access";
import { ownSubscription } from "../flow";
import { checkChange, waitsForPeriodEnd } from "../update-rules";
import { action } from "./action";
import { scheduleChange } from "./schedule-change";

export const changeParams = hash(
  { price: text, promotion_code: text, quantity: natural, subscription: text },
  ["subscription"],
);
type Given = ReturnType<typeof changeParams>;

export interface Wish {
  subscription: Subscription;
  item: SubscriptionItem;
  price: string;
  quantity: number;
  discount?: { coupon: string } | { promotion_code: string };
  waits: boolean;
}

export const update = action(
  changeParams,
  (tx, visit, given) => carryOut(tx, visit, wishOf(tx, visit, given)),
  { flows: ["subscription_update"] },
);

export const confirmUpdate = action(hash({}), (tx, visit) => carryOut(tx, visit, flowWish(tx, visit)), {
  flows: ["subscription_update_confirm"],
});

export function wishOf(tx: Tx, visit: Visit, given: Given): Wish {
  const { features } = visit.configuration;
  const subscription = ownSubscription(tx, visit.customer.id, given.subscription, "subscription");
  const item = checkChange(tx, subscription, features, given, "subscription");
  const code = given.promotion_code ? codeFor(tx, visit, given.promotion_code) : undefined;
  const price = given.price ?? item.price.id;
  const quantity = given.quantity ?? item.quantity ?? 1;
  if (price === item.price.id && quantity === item.quantity && !code)
    throw invalid("Nothing would change.", undefined, "subscription");
  const waits = waitsForPeriodEnd(tx, features, subscription, { item, price, quantity });
  return {
    subscription,
    item,
    price,
    quantity,
    waits,
    ...(code && { discount: { promotion_code: code.id } }),
  };
}

/** What the flow asks the customer to confirm; it was checked when the session was made, and may have changed since. */
export function flowWish(tx: Tx, visit: Visit): Wish {
  const flow = visit.session.flow?.subscription_update_confirm;
  const [wanted] = flow?.items ?? [];
  if (!flow || !wanted) throw invalid("There is no update to confirm.");
  const { features } = visit.configuration;
  const subscription = ownSubscription(tx, visit.customer.id, flow.subscription, "subscription");
  const item = checkChange(
    tx,
    subscription,
    features,
    { price: wanted.price ?? undefined, quantity: wanted.quantity },
    "subscription",
  );
  const price = wanted.price ?? item.price.id;
  const quantity = wanted.quantity ?? item.quantity ?? 1;
  const { coupon, promotion_code: code } = flow.discounts?.[0] ?? {};
  const waits = waitsForPeriodEnd(tx, features, subscription, { item, price, quantity });
  return {
    subscription,
    item,
    price,
    quantity,
    waits,
    ...(coupon && { discount: { coupon } }),
    ...(code && { discount: { promotion_code: code } }),
  };
}

function codeFor(tx: Tx, { configuration, customer }: Visit, typed: string): PromotionCode {
  if (!configuration.features.subscription_update.default_allowed_updates.includes("promotion_code"))
    throw invalid("Promotion codes are not accepted here.", undefined, "promotion_code");
  for (const row of tx.newestFirst("promotion_codes")) {
    const same = row.code.toLowerCase() === typed.trim().toLowerCase();
    if (same && row.active && (row.customer === null || row.customer === customer.id)) return row;
  }
  throw invalid("This promotion code is not valid.", "resource_missing", "promotion_code");
}

function carryOut(tx: Tx, visit: Visit, wish: Wish): object {
  const { id } = wish.subscription;
  if (wish.waits) {
    const schedule = scheduleChange(tx, wish);
    return { scheduled: true, schedule, subscription: tx.view("subscriptions", id) };
  }
  updateSubscription(tx, id, changesFor(visit, wish));
  const { pending_update: waits, latest_invoice: invoice } = tx.need("subscriptions", id);
  if (!waits) return { subscription: tx.view("subscriptions", id) };
  return paymentOf(tx, id, invoice ?? "");
}

/** After the bank's challenge: the change was made by its payment, or its payment was refused. */
export const finishUpdate = action(
  hash({ subscription: text }, ["subscription"]),
  (tx, visit, given) => {
    const { id, ...subscription } = ownSubscription(
      tx,
      visit.customer.id,
      given.subscription,
      "subscription",
    );
    if (subscription.pending_update) return paymentOf(tx, id, subscription.latest_invoice ?? "");
    return { subscription: tx.view("subscriptions", id) };
  },
  { flows: ["subscription_update", "subscription_update_confirm"] },
);

/** A change whose payment is refused does not happen; one that the bank wants to see waits for the challenge. */
function paymentOf(tx: Tx, id: string, invoice: string): object {
  const intent = tx.need("payment_intents", paymentIntentOf(tx, invoice) ?? "");
  if (intent.status === "requires_action") {
    return {
      requires_action: true,
      payment_intent: intent.id,
      client_secret: intent.client_secret,
      subscription: tx.view("subscriptions", id),
    };
  }
  if (intent.last_payment_error) throw paymentFailed(intent, intent).undone();
  throw new ApiError(402, {
    message: "There is no payment method to charge. Add one first.",
    type: "card_error",
  });
}

export function changesFor({ configuration }: Visit, wish: Wish): UpdateParams {
  const rules = configuration.features.subscription_update;
  const { subscription, discount } = wish;
  const trial = subscription.status === "trialing";
  const proration = (["always_invoice", "create_prorations", "none"] as const).find(
    (name) => name === rules.proration_behavior,
  );
  const anchor = (["now", "unchanged"] as const).find((name) => name === rules.billing_cycle_anchor);
  return {
    items: [{ id: wish.item.id, price: wish.price, quantity: wish.quantity }],
    proration_behavior: proration ?? "none",
    payment_behavior: "pending_if_incomplete",
    ...(anchor && !trial && { billing_cycle_anchor: { type: anchor } }),
    ...(trial && rules.trial_update_behavior === "end_trial" && { trial_end: "now" as const }),
    ...(discount && {
      discounts: [...subscription.discounts.map((one) => ({ discount: one })), discount],
    }),
  };
}

/** Takes back a change that waits for the end of the period. */
export const undoScheduled = action(hash({ subscription: text }, ["subscription"]), (tx, visit, given) => {
  const { id, schedule } = ownSubscription(tx, visit.customer.id, given.subscription, "subscription");
  if (!schedule || !visit.configuration.features.subscription_update.enabled)
    throw invalid("There is no change to take back.", undefined, "subscription");
  release(tx, schedule, false);
  return { subscription: tx.view("subscriptions", id) };
});
