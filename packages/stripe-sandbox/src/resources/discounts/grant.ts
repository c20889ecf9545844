import { round } from "../../engine/money";
import { amountFor } from "../../engine/price-amount";
import type { Subscription, SubscriptionItem } from "../../tables";
import type { Tx } from "../../transaction";
import { wireList } from "../../wire";
import { priceIn } from "../prices/read";
import { givenRates } from "../tax-rates";
import { retireDiscount } from "./drop";
import type { DiscountGiven } from "./params";
import { redeemAll } from "./redeem";

interface ItemGrants {
  id?: string;
  discounts?: DiscountGiven[];
  tax_rates?: string[];
}

export interface Grants {
  discounts?: DiscountGiven[];
  default_tax_rates?: string[];
  items?: ItemGrants[];
}

/** Discounts and tax rates of a subscription and its items. What is not given stays, an empty list clears. */
export function grantToSubscription(tx: Tx, id: string, given: Grants, isNew = false): Subscription {
  const subscription = tx.need("subscriptions", id);
  const param = (at: number) => `items[${at}]`;
  (given.items ?? []).forEach((entry, at) => {
    const item = isNew
      ? subscription.items.data[at]
      : subscription.items.data.find((candidate) => candidate.id === entry.id);
    if (item) putItem(tx, id, { ...item, ...itemGrants(tx, subscription, item, entry, param(at)) });
  });
  if (given.discounts) {
    const kept = redeemAll(tx, given.discounts, {
      customer: subscription.customer,
      currency: subscription.currency,
      amount: subscription.items.data.reduce((sum, item) => sum + amountOf(tx, subscription, item), 0),
      on: { subscription: id },
    });
    retireOthers(tx, subscription.discounts, kept);
    tx.patch("subscriptions", id, { discounts: kept });
  }
  if (given.default_tax_rates) {
    const rates = givenRates(tx, given.default_tax_rates, "default_tax_rates");
    tx.patch("subscriptions", id, { default_tax_rates: rates });
  }
  return tx.need("subscriptions", id);
}

export function itemGrants(
  tx: Tx,
  subscription: Subscription,
  item: SubscriptionItem,
  given: ItemGrants,
  param: string,
): Partial<SubscriptionItem> {
  const kept =
    given.discounts &&
    redeemAll(tx, given.discounts, {
      customer: subscription.customer,
      currency: subscription.currency,
      amount: amountOf(tx, subscription, item),
      on: { subscription: subscription.id, subscription_item: item.id },
      param: `${param}[discounts]`,
    });
  if (kept) retireOthers(tx, item.discounts, kept);
  return {
    ...(kept && { discounts: kept }),
    ...(given.tax_rates && { tax_rates: givenRates(tx, given.tax_rates, `${param}[tax_rates]`) }),
  };
}

function amountOf(tx: Tx, subscription: Subscription, item: SubscriptionItem): number {
  const price = priceIn(tx.need("prices", item.price.id), subscription.currency);
  return round(amountFor(price, item.quantity ?? 0));
}

function putItem(tx: Tx, id: string, item: SubscriptionItem): void {
  const { items } = tx.need("subscriptions", id);
  const data = items.data.map((other) => (other.id === item.id ? item : other));
  tx.patch("subscriptions", id, { items: wireList(items.url, data) });
}

function retireOthers(tx: Tx, before: string[], kept: string[]): void {
  for (const id of before) if (!kept.includes(id)) retireDiscount(tx, id);
}
