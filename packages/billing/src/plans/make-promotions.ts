import type Stripe from "stripe";
import { isTaken, makeOrFind } from "./make-or-find";
import { currencies } from "./units";
import type { WantedCode, WantedCoupon } from "./wanted";

export async function createCoupon(stripe: Stripe, { id, stripeId, coupon }: WantedCoupon): Promise<void> {
  const { name, off, duration, plans, maxRedemptions } = coupon;
  const [first, ...others] = currencies;
  const terms: Stripe.CouponCreateParams =
    "percent" in off
      ? { percent_off: off.percent }
      : {
          amount_off: off.amount[first],
          currency: first,
          currency_options: Object.fromEntries(
            others.map((each) => [each, { amount_off: off.amount[each] }]),
          ),
        };
  const lasts: Stripe.CouponCreateParams =
    typeof duration === "object"
      ? { duration: "repeating", duration_in_months: duration.months }
      : { duration };
  const params: Stripe.CouponCreateParams = {
    id: stripeId,
    name,
    ...terms,
    ...lasts,
    ...(plans && { applies_to: { products: plans.map((plan) => `farebox_${plan}`) } }),
    ...(maxRedemptions && { max_redemptions: maxRedemptions }),
    metadata: { farebox_coupon: id },
  };
  await stripe.coupons.create(params).catch((error: unknown) => {
    if (!isTaken(error)) throw error;
  });
}

export async function createCode(stripe: Stripe, wanted: WantedCode): Promise<void> {
  const { code, couponStripeId, firstPurchaseOnly, minimum, maxRedemptions, expiresAt } = wanted;
  const [first, ...others] = currencies;
  const params: Stripe.PromotionCodeCreateParams = {
    code,
    promotion: { type: "coupon", coupon: couponStripeId },
    ...(maxRedemptions && { max_redemptions: maxRedemptions }),
    ...(expiresAt && { expires_at: Math.floor(Date.parse(expiresAt) / 1000) }),
    restrictions: {
      first_time_transaction: firstPurchaseOnly ?? false,
      ...(minimum && {
        minimum_amount: minimum[first],
        minimum_amount_currency: first,
        currency_options: Object.fromEntries(others.map((each) => [each, { minimum_amount: minimum[each] }])),
      }),
    },
    metadata: { farebox_code: code, farebox_terms: wanted.terms },
  };
  await makeOrFind(
    () => stripe.promotionCodes.create(params),
    () => stripe.promotionCodes.list({ code, active: true }),
    ({ metadata }) => metadata?.farebox_terms === wanted.terms,
  );
}
