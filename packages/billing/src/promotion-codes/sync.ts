import type pg from "pg";
import type Stripe from "stripe";
import type { Billing } from "../context";
import { closeCoupon } from "../db/sql/coupons";
import { catalogueTable, type Write } from "../db/sql/mirror-table";
import { idOf, instant, storable } from "../stripe/fields";
import { type Apply, markForRefresh } from "../webhooks/objects";

interface CouponRow {
  id: string;
  name: string | null;
  percentOff: number | null;
  amountOff: number | null;
  currency: string | null;
  duration: string;
  durationInMonths: number | null;
  maxRedemptions: number | null;
  timesRedeemed: number;
  redeemBy: Date | null;
  valid: boolean;
  createdAt: Date;
}

interface PromotionCodeRow {
  id: string;
  code: string;
  couponId: string;
  active: boolean;
  stripeCustomerId: string | null;
  firstTimeOnly: boolean;
  minimumAmount: number | null;
  minimumCurrency: string | null;
  maxRedemptions: number | null;
  timesRedeemed: number;
  expiresAt: Date | null;
  createdAt: Date;
}

const writeCoupon = catalogueTable<CouponRow>("coupon", [
  "name",
  "percentOff",
  "amountOff",
  "currency",
  "duration",
  "durationInMonths",
  "maxRedemptions",
  "timesRedeemed",
  "redeemBy",
  "valid",
  "createdAt",
]);

const writePromotionCode = catalogueTable<PromotionCodeRow>("promotion_code", [
  "code",
  "couponId",
  "active",
  "stripeCustomerId",
  "firstTimeOnly",
  "minimumAmount",
  "minimumCurrency",
  "maxRedemptions",
  "timesRedeemed",
  "expiresAt",
  "createdAt",
]);

export async function refreshCoupon(billing: Billing, id: string): Promise<Apply> {
  const coupon = await billing.stripe.coupons.retrieve(id);
  return (client) => syncCoupon(client, coupon, "latest");
}

export async function refreshPromotionCode(billing: Billing, id: string): Promise<Apply> {
  const code = await billing.stripe.promotionCodes.retrieve(id);
  return (client) => syncPromotionCode(client, code, "latest");
}

export async function syncCoupon(client: pg.PoolClient, coupon: Stripe.Coupon, write: Write): Promise<void> {
  await writeCoupon(
    client,
    {
      id: coupon.id,
      name: storable(coupon.name),
      percentOff: coupon.percent_off,
      amountOff: coupon.amount_off,
      currency: coupon.currency,
      duration: coupon.duration,
      durationInMonths: coupon.duration_in_months,
      maxRedemptions: coupon.max_redemptions,
      timesRedeemed: coupon.times_redeemed,
      redeemBy: instant(coupon.redeem_by),
      valid: coupon.valid,
      createdAt: instant(coupon.created),
    },
    write,
  );
}

/** Redeeming a code redeems its coupon, and no event says so. */
export async function syncPromotionCode(
  client: pg.PoolClient,
  code: Stripe.PromotionCode,
  write: Write,
): Promise<void> {
  const couponId = idOf(code.promotion.coupon) ?? "";
  const row: PromotionCodeRow = {
    id: code.id,
    code: code.code,
    couponId,
    active: code.active,
    stripeCustomerId: idOf(code.customer),
    firstTimeOnly: code.restrictions.first_time_transaction,
    minimumAmount: code.restrictions.minimum_amount,
    minimumCurrency: code.restrictions.minimum_amount_currency,
    maxRedemptions: code.max_redemptions,
    timesRedeemed: code.times_redeemed,
    expiresAt: instant(code.expires_at),
    createdAt: instant(code.created),
  };
  if ((await writePromotionCode(client, row, write)) && couponId) {
    await markForRefresh(client, "coupon", couponId);
  }
}

/** A deleted coupon cannot be read any more; what it took off stays as it was. */
export const forgetCoupon = (client: pg.PoolClient, id: string): Promise<void> => closeCoupon(client, id);
