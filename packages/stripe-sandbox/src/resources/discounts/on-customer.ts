import { clockOf } from "../../http/clock-for";
import type { Discount } from "../../tables";
import type { Tx } from "../../transaction";
import { dropDiscount } from "./drop";
import { redeemAll } from "./redeem";

/** A discount for all that a customer buys. No endpoint of this version gives one; the Dashboard can. */
export function discountCustomer(
  tx: Tx,
  id: string,
  given: { coupon?: string; promotion_code?: string },
): Discount {
  tx.enter(clockOf(tx, id));
  const customer = tx.need("customers", id);
  if (customer.discount) dropDiscount(tx, customer.discount.id);
  const [discount = ""] = redeemAll(tx, [given], {
    customer: id,
    currency: customer.currency ?? null,
    amount: null,
  });
  const row = tx.need("discounts", discount);
  tx.patch("customers", id, { discount: row });
  tx.emit("customer.updated", "customers", id);
  return row;
}
