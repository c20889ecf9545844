import { compare } from "../../engine/money";
import { amountFor } from "../../engine/price-amount";
import { invalid } from "../../http/errors";
import type { Price, Subscription, SubscriptionItem } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { priceIn } from "../prices/read";
import { intervalOf, isMetered } from "../subscriptions/items";
import type { Features } from "./features";

export interface Change {
  price?: string | undefined;
  quantity?: number | undefined;
}

/** The one item of a subscription that may be changed here; refuses what the page does not offer. */
export function checkChange(
  tx: Tx,
  subscription: Subscription,
  features: Features,
  change: Change,
  param: string,
): SubscriptionItem {
  const rules = features.subscription_update;
  const [item, second] = subscription.items.data;
  if (!rules.enabled) throw invalid("Subscriptions cannot be updated here.", undefined, param);
  if (!item || second)
    throw invalid("Subscriptions with multiple items cannot be updated here.", undefined, param);
  const obstacle = obstacleTo(subscription, item);
  if (obstacle) throw invalid(obstacle, undefined, param);
  const price = change.price ?? item.price.id;
  const product = (rules.products ?? []).find(({ prices }) => prices.includes(price));
  if (price !== item.price.id) {
    if (!rules.default_allowed_updates.includes("price"))
      throw invalid("The price cannot be changed here.", undefined, `${param}[price]`);
    if (!product)
      throw invalid(
        `The price ${price} is not among the products of the configuration.`,
        undefined,
        `${param}[price]`,
      );
    checkPrice(tx.need("prices", price, `${param}[price]`), subscription, `${param}[price]`);
  }
  if (change.quantity !== undefined && change.quantity !== item.quantity)
    checkQuantity(rules, product, change.quantity, `${param}[quantity]`);
  return item;
}

/** Why a subscription cannot be changed at all, or nothing. */
export function obstacleTo(subscription: Subscription, item: SubscriptionItem): string | undefined {
  if (subscription.schedule) return "Subscriptions managed by a schedule cannot be updated here.";
  if (subscription.cancel_at !== null || subscription.cancel_at_period_end)
    return "A subscription that is set to be canceled cannot be updated here.";
  if (subscription.collection_method !== "charge_automatically")
    return "Subscriptions paid by invoice cannot be updated here.";
  if (!["active", "trialing", "past_due"].includes(subscription.status))
    return `A subscription with status ${subscription.status} cannot be updated here.`;
  return isMetered(item.price) ? "Subscriptions to metered prices cannot be updated here." : undefined;
}

function checkPrice(price: Price, subscription: Subscription, param: string): void {
  if (!price.active) throw invalid(`The price ${price.id} is not active.`, undefined, param);
  const fits = price.currency === subscription.currency || price.currency_options?.[subscription.currency];
  if (!fits)
    throw invalid(`The price ${price.id} is not sold in ${subscription.currency}.`, undefined, param);
}

type Rules = Features["subscription_update"];

function checkQuantity(
  rules: Rules,
  product: NonNullable<Rules["products"]>[number] | undefined,
  quantity: number,
  param: string,
): void {
  const limits = product?.adjustable_quantity;
  if (!rules.default_allowed_updates.includes("quantity") || !limits?.enabled)
    throw invalid("The quantity cannot be changed here.", undefined, param);
  if (quantity >= limits.minimum && quantity <= (limits.maximum ?? Number.MAX_SAFE_INTEGER)) return;
  const most = limits.maximum === null ? "" : ` and at most ${limits.maximum}`;
  throw invalid(`The quantity must be at least ${limits.minimum}${most}.`, undefined, param);
}

/** Whether one of the configuration's conditions moves this change to the end of the period. */
export function waitsForPeriodEnd(
  read: Read,
  features: Features,
  subscription: Subscription,
  next: { item: SubscriptionItem; price: string; quantity: number },
): boolean {
  const old = read.get("prices", next.item.price.id);
  const price = read.get("prices", next.price);
  if (!old || !price) return false;
  return features.subscription_update.schedule_at_period_end.conditions.some(({ type }) => {
    if (type === "shortening_interval") return lengthOf(price) < lengthOf(old);
    const amount = (of: Price, quantity: number) => amountFor(priceIn(of, subscription.currency), quantity);
    return compare(amount(price, next.quantity), amount(old, next.item.quantity ?? 1)) < 0;
  });
}

const seconds: Record<string, number> = { day: 86_400, week: 604_800, month: 2_629_800, year: 31_557_600 };

function lengthOf(price: Price): number {
  const { unit, count } = intervalOf(price);
  return (seconds[unit] ?? 0) * count;
}
