import { invalid, notModelled } from "../../http/errors";
import { mergeMetadata } from "../../http/params";
import type { Subscription, SubscriptionItem } from "../../tables";
import type { Tx } from "../../transaction";
import { wireList } from "../../wire";
import { planOf } from "../plans";
import { presentPrice, priceIn } from "../prices/read";
import { checkTogether, intervalOf, newItem, usablePrice } from "./items";
import type { UpdateParams } from "./params";
import { creditItem, debitItem } from "./prorate";

type ItemChange = NonNullable<UpdateParams["items"]>[number];

/** The new list of items, with pending credits and debits made on the way; undefined when nothing was asked. */
export function changeItems(
  tx: Tx,
  subscription: Subscription,
  given: UpdateParams,
  prorateAt: number | null,
): Subscription["items"] | undefined {
  if (!given.items) return undefined;
  const at = subscription.status === "trialing" ? null : prorateAt;
  let items = subscription.items.data;
  for (const [position, change] of given.items.entries()) {
    const param = `items[${position}]`;
    if (!change.id) items = [...items, addItem(tx, subscription, change, param, at)];
    else items = changeItem(tx, subscription, items, { ...change, id: change.id }, param, at);
  }
  if (items.length === 0)
    throw invalid("A subscription must have at least one item. Cancel it instead.", undefined, "items");
  checkTogether(items.map((item) => tx.need("prices", item.price.id)));
  return wireList(subscription.items.url, items);
}

function addItem(
  tx: Tx,
  subscription: Subscription,
  change: ItemChange,
  param: string,
  at: number | null,
): SubscriptionItem {
  const price = priceIn(usablePrice(tx, change.price, `${param}[price]`), subscription.currency);
  const first = subscription.items.data[0];
  const period = { start: first?.current_period_start ?? tx.now, end: first?.current_period_end ?? tx.now };
  const details = { quantity: change.quantity ?? 1, metadata: mergeMetadata(null, change.metadata) };
  const item = newItem(subscription.id, tx.need("prices", price.id), details, period, tx.now);
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
    if (at !== null) creditItem(tx, subscription, item, at);
    return items.filter((candidate) => candidate !== item);
  }
  const switched = change.price !== undefined && change.price !== item.price.id;
  const price = switched
    ? usablePrice(tx, change.price, `${param}[price]`)
    : tx.need("prices", item.price.id);
  priceIn(price, subscription.currency);
  if (JSON.stringify(intervalOf(price)) !== JSON.stringify(intervalOf(tx.need("prices", item.price.id)))) {
    throw notModelled("a change of the billing interval");
  }
  const quantity = change.quantity ?? (switched ? 1 : item.quantity) ?? 1;
  const next: SubscriptionItem = {
    ...item,
    price: presentPrice(price),
    plan: planOf(price),
    quantity,
    ...(change.metadata !== undefined && { metadata: mergeMetadata(item.metadata, change.metadata) }),
  };
  if (at !== null && (switched || quantity !== item.quantity)) {
    creditItem(tx, subscription, item, at);
    debitItem(tx, subscription, next, at);
  }
  return items.map((candidate) => (candidate === item ? next : candidate));
}
