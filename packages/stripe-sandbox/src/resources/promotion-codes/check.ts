import { isRedeemable } from "../../engine/redemption";
import { invalid } from "../../http/errors";
import type { Coupon } from "../../tables";
import type { Tx } from "../../transaction";
import type { Given } from "./params";

/** Codes are told apart without regard to case, among those that are active for the same customer. */
export function checkUnique(tx: Tx, code: string, customer: string | null, except?: string): void {
  for (const other of tx.newestFirst("promotion_codes")) {
    if (!other.active || other.id === except || other.code.toLowerCase() !== code.toLowerCase()) continue;
    if (customer !== null && other.customer !== null && other.customer !== customer) continue;
    throw invalid(
      `An active promotion code with \`code: ${code}\` already exists.`,
      "resource_already_exists",
      "code",
    );
  }
}

export function checkCode(tx: Tx, given: Given): Coupon {
  const coupon = tx.need("coupons", given.promotion.coupon ?? "", "promotion[coupon]");
  if (!isRedeemable(coupon, tx.now))
    throw invalid(`Coupon expired: ${coupon.id}`, "coupon_expired", "promotion[coupon]");
  if (given.customer) tx.need("customers", given.customer, "customer");
  if (given.expires_at !== undefined && given.expires_at <= tx.now)
    throw invalid("expires_at must be in the future.", undefined, "expires_at");
  if (coupon.redeem_by !== null && (given.expires_at ?? 0) > coupon.redeem_by)
    throw invalid("expires_at cannot be after the coupon's redeem_by.", undefined, "expires_at");
  if (coupon.max_redemptions !== null && (given.max_redemptions ?? 0) > coupon.max_redemptions)
    throw invalid("max_redemptions cannot exceed that of the coupon.", undefined, "max_redemptions");
  const { minimum_amount: amount, minimum_amount_currency: code } = given.restrictions ?? {};
  if ((amount === undefined) !== (code === undefined)) {
    throw invalid(
      "minimum_amount and minimum_amount_currency go together.",
      "parameter_missing",
      amount === undefined ? "restrictions[minimum_amount]" : "restrictions[minimum_amount_currency]",
    );
  }
  return coupon;
}
