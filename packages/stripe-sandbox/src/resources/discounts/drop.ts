import type { Tx } from "../../transaction";
import { wireList } from "../../wire";
import { couponOf } from "./read";

/** Takes discounts off whatever goes on renewing; invoices that used them keep them. */
export function dropDiscount(tx: Tx, id: string): void {
  const discount = tx.need("discounts", id);
  if (!isOn(tx, id)) return;
  retireDiscount(tx, id);
  const subscription = discount.subscription && tx.get("subscriptions", discount.subscription);
  if (subscription) {
    const without = (ids: string[]) => ids.filter((other) => other !== id);
    const items = subscription.items.data.map((item) => ({ ...item, discounts: without(item.discounts) }));
    tx.patch("subscriptions", subscription.id, {
      discounts: without(subscription.discounts),
      items: wireList(subscription.items.url, items),
    });
    tx.emit("customer.subscription.updated", "subscriptions", subscription.id);
  } else if (discount.customer && tx.get("customers", discount.customer)) {
    tx.patch("customers", discount.customer, { discount: null });
    tx.emit("customer.updated", "customers", discount.customer);
  }
}

export function retireDiscount(tx: Tx, id: string): void {
  tx.unschedule(id, "discount.end");
  tx.emit("customer.discount.deleted", "discounts", id);
}

function isOn(tx: Tx, id: string): boolean {
  const discount = tx.need("discounts", id);
  const subscription = tx.get("subscriptions", discount.subscription ?? "");
  if (subscription) {
    return [subscription.discounts, ...subscription.items.data.map((item) => item.discounts)].some((ids) =>
      ids.includes(id),
    );
  }
  return tx.get("customers", discount.customer ?? "")?.discount?.id === id;
}

/** A `once` coupon is spent by the first finalized invoice on which it took something off. */
export function useUpDiscounts(tx: Tx, invoiceId: string): void {
  const { total_discount_amounts: amounts } = tx.need("invoices", invoiceId);
  for (const { discount: id, amount } of amounts ?? []) {
    const discount = tx.get("discounts", id);
    if (discount && amount > 0 && couponOf(tx, discount).duration === "once") dropDiscount(tx, id);
  }
}
