import { inheritsDiscount } from "../../decisions/arithmetic";
import type { DiscountTerms } from "../../engine/discounts";
import type { Customer, InvoiceLine, Subscription, SubscriptionItem, TaxRate } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { couponOf, isOngoing, termsOf } from "./read";

export function discountsFor(
  tx: Tx,
  customer: Pick<Customer, "discount">,
  subscription: Subscription | undefined,
): string[] {
  const own = subscription?.discounts ?? [];
  const inherited = customer.discount && inheritsDiscount(own.length) ? [customer.discount.id] : own;
  return inherited.filter((id) => isOngoing(tx, id, tx.now));
}

export function ratesFor(subscription: Subscription | undefined): TaxRate[] {
  return subscription?.default_tax_rates ?? [];
}

/** The subscription item behind a line or pending item. */
export function itemBehind(read: Read, parent: InvoiceLine["parent"]): SubscriptionItem | undefined {
  const details = parent?.subscription_item_details;
  const subscription = read.get("subscriptions", details?.subscription ?? "");
  return subscription?.items.data.find((candidate) => candidate.id === details?.subscription_item);
}

/** What a proration is computed net of: the item's discounts and those of its subscription. */
export function discountsOfItem(tx: Tx, subscription: Subscription, item: SubscriptionItem): DiscountTerms[] {
  const level = discountsFor(tx, tx.need("customers", subscription.customer), subscription);
  const own = item.discounts.filter((id) => isOngoing(tx, id, tx.now));
  return [...own, ...level].flatMap((id) => termsOf(tx, id, subscription.currency));
}

/** Without the `once` discounts that another invoice has used up since this one was drafted. */
export function unspent(tx: Tx, ids: string[]): string[] {
  return ids.filter((id) => {
    const discount = tx.get("discounts", id);
    if (!discount || couponOf(tx, discount).duration !== "once") return discount !== undefined;
    if (discount.invoice || discount.invoice_item) return true;
    const { discounts = [], items } = tx.get("subscriptions", discount.subscription ?? "") ?? {};
    const onItem = items?.data.some((item) => item.discounts.includes(id));
    const onCustomer = tx.get("customers", discount.customer ?? "")?.discount?.id === id;
    return discounts.includes(id) || onItem || (discount.subscription === null && onCustomer);
  });
}
