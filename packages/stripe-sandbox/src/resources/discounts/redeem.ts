import { boundary } from "../../engine/periods";
import { type CodeRefusal, isRedeemable, refusalOf } from "../../engine/redemption";
import { invalid } from "../../http/errors";
import { newId } from "../../ids";
import type { Coupon, Discount, PromotionCode } from "../../tables";
import type { Tx } from "../../transaction";
import type { DiscountGiven } from "./params";
import { couponOf } from "./read";

/** What the discounts will be on, and what is being bought. */
export interface Redemption {
  customer: string | null;
  currency: string | null;
  /** Before discounts; null where nothing is bought. */
  amount: number | null;
  on?: Partial<
    Pick<Discount, "invoice" | "invoice_item" | "subscription" | "subscription_item" | "checkout_session">
  >;
  param?: string;
}

/** Turns coupons and codes into discounts and counts them; discounts named by id stay what they are. */
export function redeemAll(tx: Tx, given: DiscountGiven[], target: Redemption): string[] {
  return given.map((entry, at) => {
    const param = `${target.param ?? "discounts"}[${at}]`;
    if (entry.discount) return existing(tx, entry.discount, target, `${param}[discount]`);
    const { coupon, code } = usable(tx, entry, target, param);
    return newDiscount(tx, coupon, code, target).id;
  });
}

/** What a checkout shows and may still give up: neither counted nor told. */
export function reserveDiscount(tx: Tx, entry: DiscountGiven, target: Redemption): Discount {
  const { coupon, code } = usable(tx, entry, target, target.param ?? "discounts[0]");
  return putDiscount(tx, coupon, code, target);
}

/** Refuses a reserved discount that can no longer be had. */
export function checkReserved(tx: Tx, id: string, target: Redemption): void {
  const { promotion_code: code, source } = tx.need("discounts", id);
  const entry = code ? { promotion_code: code } : { coupon: source.coupon ?? "" };
  usable(tx, entry, target, target.param ?? "discounts[0]");
}

export function spendReserved(tx: Tx, id: string, on: Partial<Discount>): void {
  const discount = tx.patch("discounts", id, on);
  const code = tx.get("promotion_codes", discount.promotion_code ?? "");
  count(tx, couponOf(tx, discount), code);
}

/** A redemption that came to nothing does not count. */
export function giveBack(tx: Tx, id: string): void {
  const discount = tx.need("discounts", id);
  const coupon = couponOf(tx, discount);
  const back = ({ times_redeemed: times }: { times_redeemed: number }) => Math.max(0, times - 1);
  if (tx.get("coupons", coupon.id)) tx.patch("coupons", coupon.id, { times_redeemed: back(coupon) });
  const code = tx.get("promotion_codes", discount.promotion_code ?? "");
  if (!code) return;
  const usedUp = code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions;
  tx.patch("promotion_codes", code.id, {
    times_redeemed: back(code),
    ...(usedUp && !code.active && { active: true }),
  });
  if (usedUp) tx.emit("promotion_code.updated", "promotion_codes", code.id);
}

function usable(tx: Tx, entry: DiscountGiven, target: Redemption, param: string) {
  const code = entry.promotion_code
    ? usableCode(tx, entry.promotion_code, target, `${param}[promotion_code]`)
    : undefined;
  const name = code ? "promotion_code" : "coupon";
  const coupon = usableCoupon(tx, code?.promotion.coupon ?? entry.coupon ?? "", target, `${param}[${name}]`);
  return { coupon, code };
}

function existing(tx: Tx, id: string, target: Redemption, param: string): string {
  const discount = tx.need("discounts", id, param);
  if (discount.customer === target.customer) return id;
  throw invalid(`The discount ${id} belongs to another customer.`, undefined, param);
}

function usableCoupon(tx: Tx, id: string, target: Redemption, param: string): Coupon {
  const coupon = tx.need("coupons", id, param);
  if (!isRedeemable(coupon, tx.now)) throw invalid(`Coupon expired: ${id}`, "coupon_expired", param);
  const fits = target.currency === null || coupon.currency_options?.[target.currency] !== undefined;
  if (coupon.amount_off !== null && !fits) {
    throw invalid(
      `The coupon ${id} takes off ${coupon.currency} and cannot be used for ${target.currency}.`,
      undefined,
      param,
    );
  }
  return coupon;
}

const reasons: Record<CodeRefusal, string> = {
  inactive: "This promotion code is not active.",
  expired: "This promotion code has expired.",
  used_up: "This promotion code has been redeemed as often as it may be.",
  other_customer: "This promotion code cannot be redeemed by this customer.",
  not_first: "This promotion code cannot be redeemed because the customer has prior transactions.",
  below_minimum: "This promotion code cannot be redeemed because the minimum amount is not reached.",
  no_purchase: "A promotion code with a minimum amount can only be redeemed with a purchase.",
};

function usableCode(tx: Tx, id: string, target: Redemption, param: string): PromotionCode {
  const code = tx.need("promotion_codes", id, param);
  const { first_time_transaction: first, currency_options: minimums } = code.restrictions;
  const minimum = minimums?.[target.currency ?? ""]?.minimum_amount ?? null;
  if (minimums && minimum === null && target.currency !== null)
    throw invalid(`This promotion code cannot be used for ${target.currency}.`, undefined, param);
  const refusal = refusalOf(
    { ...code, customer: code.customer, first_time_transaction: first, minimum_amount: minimum },
    {
      now: tx.now,
      customer: target.customer,
      hasPaidBefore: first && hasPaidBefore(tx, target.customer),
      amount: target.amount,
    },
  );
  if (!refusal) return code;
  throw invalid(reasons[refusal], isOver(refusal) ? "coupon_expired" : undefined, param);
}

/** Which code Stripe gives for a promotion code that is over is not documented. */
function isOver(refusal: CodeRefusal): boolean {
  return refusal === "expired" || refusal === "used_up";
}

function hasPaidBefore(tx: Tx, customer: string | null): boolean {
  if (customer === null) return false;
  const counted = ["open", "paid", "uncollectible"];
  return (
    tx.by("charges", "customer", customer).some((charge) => charge.paid) ||
    tx.by("invoices", "customer", customer).some((invoice) => counted.includes(invoice.status ?? ""))
  );
}

function newDiscount(tx: Tx, coupon: Coupon, code: PromotionCode | undefined, target: Redemption): Discount {
  const { on = {} } = target;
  const row = putDiscount(tx, coupon, code, target);
  count(tx, coupon, code);
  if (on.invoice || on.invoice_item) return row;
  tx.emit("customer.discount.created", "discounts", row.id);
  if (row.end !== null) tx.schedule((row.end - tx.now) * 1000, "discount.end", row.id);
  return row;
}

function putDiscount(tx: Tx, coupon: Coupon, code: PromotionCode | undefined, target: Redemption): Discount {
  const months = coupon.duration === "repeating" ? coupon.duration_in_months : null;
  return tx.put("discounts", {
    id: newId("di"),
    object: "discount",
    checkout_session: null,
    customer: target.customer,
    customer_account: null,
    end: months === null ? null : boundary(tx.now, { unit: "month", count: months }, 1),
    invoice: null,
    invoice_item: null,
    promotion_code: code?.id ?? null,
    source: { coupon: coupon.id, type: "coupon" },
    start: tx.now,
    subscription: null,
    subscription_item: null,
    ...target.on,
  });
}

/** A code whose own or whose coupon's redemptions are used up is no longer active. */
function count(tx: Tx, coupon: Coupon, code: PromotionCode | undefined): void {
  const counted = tx.patch("coupons", coupon.id, { times_redeemed: coupon.times_redeemed + 1 });
  if (code) tx.patch("promotion_codes", code.id, { times_redeemed: code.times_redeemed + 1 });
  for (const one of tx.by("promotion_codes", "promotion.coupon", coupon.id)) {
    const usedUp = one.max_redemptions !== null && one.times_redeemed >= one.max_redemptions;
    if (!one.active || !(usedUp || !isRedeemable(counted, tx.now))) continue;
    tx.patch("promotion_codes", one.id, { active: false });
    tx.emit("promotion_code.updated", "promotion_codes", one.id);
  }
}
