import type { DiscountTerms } from "../../engine/discounts";
import { fromDecimal } from "../../engine/money";
import type { Coupon, Discount } from "../../tables";
import type { Read } from "../../transaction";

/** A deleted coupon stays behind its discounts, also when another took its id. */
export function couponOf(read: Read, discount: Discount): Coupon {
  const id = discount.source.coupon ?? "";
  const live = read.get("coupons", id);
  const retired = read.get("retired_coupons", id);
  const coupon = live && (!retired || live.created <= discount.start) ? live : (retired ?? live);
  if (!coupon) throw new Error(`${discount.id} has no coupon`);
  return coupon;
}

export function termsOf(read: Read, discountId: string, currency: string): DiscountTerms[] {
  const discount = read.get("discounts", discountId);
  if (!discount) return [];
  const coupon = couponOf(read, discount);
  const amountOff = coupon.currency_options?.[currency]?.amount_off ?? 0;
  if (coupon.percent_off === null && amountOff === 0) return [];
  return [
    {
      id: discountId,
      percent: coupon.percent_off === null ? null : fromDecimal(String(coupon.percent_off)),
      amountOff,
      products: coupon.applies_to?.products ?? null,
    },
  ];
}

export function isOngoing(read: Read, discountId: string, at: number): boolean {
  const discount = read.get("discounts", discountId);
  return discount !== undefined && (discount.end === null || discount.end > at);
}
