export interface CouponState {
  redeem_by: number | null;
  max_redemptions: number | null;
  times_redeemed: number;
}

/** Whether a coupon can still be redeemed: not too late, not too often. */
export function isRedeemable(coupon: CouponState, now: number): boolean {
  const inTime = coupon.redeem_by === null || now < coupon.redeem_by;
  return inTime && (coupon.max_redemptions === null || coupon.times_redeemed < coupon.max_redemptions);
}

export interface CodeState {
  active: boolean;
  customer: string | null;
  expires_at: number | null;
  max_redemptions: number | null;
  times_redeemed: number;
  first_time_transaction: boolean;
  /** In the currency of the purchase. */
  minimum_amount: number | null;
}

export interface Purchase {
  now: number;
  customer: string | null;
  hasPaidBefore: boolean;
  /** Before discounts; null where a code is redeemed without a purchase. */
  amount: number | null;
}

export type CodeRefusal =
  | "inactive"
  | "expired"
  | "used_up"
  | "other_customer"
  | "not_first"
  | "below_minimum"
  | "no_purchase";

/** The first rule of a promotion code that a purchase breaks. */
export function refusalOf(code: CodeState, purchase: Purchase): CodeRefusal | null {
  if (code.expires_at !== null && purchase.now >= code.expires_at) return "expired";
  if (code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions) return "used_up";
  if (!code.active) return "inactive";
  if (code.customer !== null && code.customer !== purchase.customer) return "other_customer";
  if (code.first_time_transaction && purchase.hasPaidBefore) return "not_first";
  if (code.minimum_amount === null) return null;
  if (purchase.amount === null) return "no_purchase";
  return purchase.amount < code.minimum_amount ? "below_minimum" : null;
}
