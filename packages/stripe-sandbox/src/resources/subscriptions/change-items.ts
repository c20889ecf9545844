import { invalid } from "../../http/errors";
import { mergeMetadata } from "../../http/params";
import type { Price, Subscription, SubscriptionItem } from "../../tables";
import type { Tx } from "../../transaction";
import { wireList } from "../../wire";
import { itemGrants } from "../discounts/grant";
import { planOf } from "../plans";
import { presentPrice, priceIn } from "../prices/read";
import {
  checkTogether,
  chosenPrice,
  intervalOf,
  isMetered,
  newItem,
  refuseQuantity,
  usageThreshold,
} from "./items";
import { leaveUsage } from "./leave-usage";
import type { ItemChange, UpdateGiven } from "./params";
import { periodOf } from "./period";
import { creditItem, debitItem } from "./prorate";

/** The new list of items, with pending credits and debits made on the way; undefined when nothing was asked. */
export function changeItems(
  tx: Tx,
  subscription: Subscription,
  given: Pick<UpdateGiven, "items">,
  prorateAt: number | null,
): Subscription["items"] | undefined {
  if (!given.items) return undefined;
  const at = ["trialing", "paused"].includes(subscription.status) ? null : prorateAt;
  let items = subscription.items.data;
  for (const [position, change] of given.items.entries()) {
    const param = `items[${position}]`;
    if (!change.id) items = [...items, addItem(tx, subscription, change, param, at)];
    else items = changeItem(tx, subscription, items, { ...change, id: change.id }, param, at);
  }
  if (items.length === 0)
    throw invalid("A subscription must have at least one item. Cancel it instead.", undefined, "items");
  checkTogether(
    items.map((item) => tx.need("prices", item.price.id)),
    subscription.billing_mode.type,
  );
  return wireList(subscription.items.url, items);
}

function addItem(
  tx: Tx,
  subscription: Subscription,
  change: ItemChange,
  param: string,
  at: number | null,
): SubscriptionItem {
  const price = priceIn(chosenPrice(tx, change, param), subscription.currency);
  refuseQuantity(price, change.quantity, param);
  const period = periodOfNew(tx, subscription, tx.need("prices", price.id));
  const details = { quantity: change.quantity ?? 1, metadata: mergeMetadata(null, change.metadata) };
  const bare = newItem(subscription.id, tx.need("prices", price.id), details, period, tx.now);
  const item = {
    ...bare,
    ...itemGrants(tx, subscription, bare, change, param),
    billing_thresholds: usageThreshold(price, change.billing_thresholds, param),
  };
  if (at !== null) debitItem(tx, subscription, item, at);
  return item;
}

function changeItem(
  tx: Tx,
  subscription: Subscription,
  items: SubscriptionItem[],
  change: ItemChange & { id: string },
  param: string,
  at: number | null,
): SubscriptionItem[] {
  const item = items.find((candidate) => candidate.id === change.id);
  if (!item) throw invalid(`No such subscription item: '${change.id}'`, "resource_missing", `${param}[id]`);
  if (change.deleted) {
    if (!change.clear_usage) leaveUsage(tx, subscription, item);
    if (at !== null) creditItem(tx, subscription, item, at);
    return items.filter((candidate) => candidate !== item);
  }
  const switched = change.price !== undefined && change.price !== item.price.id;
  const price = switched ? chosenPrice(tx, change, param) : tx.need("prices", item.price.id);
  priceIn(price, subscription.currency);
  refuseQuantity(price, change.quantity, param);
  const quantity = isMetered(price) ? undefined : (change.quantity ?? (switched ? 1 : item.quantity) ?? 1);
  const { quantity: _quantity, ...kept } = item;
  const next: SubscriptionItem = {
    ...kept,
    price: presentPrice(price),
    plan: planOf(price),
    ...(quantity !== undefined && { quantity }),
    ...(switched && subscription.status !== "trialing" && periodAfterSwitch(tx, subscription, item, price)),
    ...(change.billing_thresholds !== undefined && {
      billing_thresholds: usageThreshold(price, change.billing_thresholds, param),
    }),
    ...(change.metadata !== undefined && { metadata: mergeMetadata(item.metadata, change.metadata) }),
  };
  if (switched) leaveUsage(tx, subscription, item);
  if (at !== null && (switched || quantity !== item.quantity)) {
    creditItem(tx, subscription, item, at);
    debitItem(tx, subscription, next, at);
  }
  return items.map((candidate) => (candidate === item ? next : candidate));
}

/** Prices that come with the request are made first, so that all that follows knows them by their id. */
export function settlePrices(tx: Tx, given: UpdateGiven): UpdateGiven {
  if (!given.items?.some((item) => item.price_data)) return given;
  const items = given.items.map((item, at): ItemChange => {
    if (!item.price_data) return item;
    const { price_data: _made, ...rest } = item;
    return { ...rest, price: chosenPrice(tx, item, `items[${at}]`).id, planned: true };
  });
  return { ...given, items };
}

/** With another interval, the anchor stays and the item moves to the period of that interval that holds this moment. */
function periodAfterSwitch(
  tx: Tx,
  subscription: Subscription,
  item: SubscriptionItem,
  price: Price,
): Partial<SubscriptionItem> {
  const [old, next] = [intervalOf(tx.need("prices", item.price.id)), intervalOf(price)];
  if (old.unit === next.unit && old.count === next.count) return {};
  const { start, end } = periodOf(subscription, next, tx.now);
  return { current_period_start: start, current_period_end: end };
}

/** An added item joins the period of the others, or has its own when its interval is another one. */
function periodOfNew(tx: Tx, subscription: Subscription, price: Price): { start: number; end: number } {
  const interval = intervalOf(price);
  const other = subscription.items.data.find((item) => {
    const own = intervalOf(tx.need("prices", item.price.id));
    return own.unit === interval.unit && own.count === interval.count;
  });
  const like = subscription.status === "trialing" ? subscription.items.data[0] : other;
  if (like) return { start: like.current_period_start, end: like.current_period_end };
  return { start: tx.now, end: periodOf(subscription, interval, tx.now).end };
}
