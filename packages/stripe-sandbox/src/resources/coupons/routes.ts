import { isRedeemable } from "../../engine/redemption";
import { invalid, missing } from "../../http/errors";
import { created, inRange, page, pageParams } from "../../http/lists";
import { hash, mergeMetadata } from "../../http/params";
import { randomText } from "../../ids";
import type { Coupon } from "../../tables";
import type { Tx } from "../../transaction";
import { type Resource, route } from "../resource";
import { checkCoupon, createParams, updateParams } from "./params";

const url = "/v1/coupons";

const create = route("POST", url, createParams, ({ tx, params }) => {
  checkCoupon(params, tx.now);
  const id = params.id ?? randomText(8);
  if (tx.get("coupons", id)) throw invalid("Coupon already exists.", "resource_already_exists", "id");
  for (const product of params.applies_to?.products ?? [])
    tx.need("products", product, "applies_to[products]");
  const { amount_off: amount = null, currency = null, currency_options: options } = params;
  tx.put("coupons", {
    id,
    object: "coupon",
    amount_off: amount,
    ...(params.applies_to?.products?.length && { applies_to: { products: params.applies_to.products } }),
    created: tx.now,
    currency,
    ...(amount !== null &&
      currency && { currency_options: { [currency]: { amount_off: amount }, ...options } }),
    duration: params.duration ?? "once",
    duration_in_months: params.duration_in_months ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata(null, params.metadata),
    name: params.name ?? null,
    percent_off: params.percent_off ?? null,
    redeem_by: params.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  });
  tx.emit("coupon.created", "coupons", id);
  return tx.view("coupons", id);
});

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("coupons", id));

const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  const coupon = tx.need("coupons", id);
  if (params.currency_options && coupon.amount_off === null)
    throw invalid("currency_options belong to amount_off only.", undefined, "currency_options");
  tx.patch("coupons", id, {
    ...(params.name !== undefined && { name: params.name }),
    ...(params.metadata !== undefined && { metadata: mergeMetadata(coupon.metadata, params.metadata) }),
    ...(params.currency_options && {
      currency_options: { ...params.currency_options, ...coupon.currency_options },
    }),
  });
  tx.emit("coupon.updated", "coupons", id);
  return tx.view("coupons", id);
});

/** Discounts that exist go on; nothing new can be redeemed. */
const remove = route("DELETE", `${url}/:`, hash({}), ({ tx, ids: [id] }) => {
  if (!tx.get("coupons", id)) throw missing("coupon", id, "id", 404);
  for (const code of tx.by("promotion_codes", "promotion.coupon", id)) {
    if (!code.active) continue;
    tx.patch("promotion_codes", code.id, { active: false });
    tx.emit("promotion_code.updated", "promotion_codes", code.id);
  }
  tx.put("retired_coupons", { ...tx.need("coupons", id) });
  tx.emit("coupon.deleted", "coupons", id);
  tx.remove("coupons", id);
  return tx.put("tombstones", { id, object: "coupon", deleted: true });
});

const index = route("GET", url, hash({ ...pageParams, created }), ({ tx, params }) =>
  page(tx, "coupons", url, params, (coupon) => inRange(coupon.created, params.created)),
);

export function presentCoupon({ now }: Pick<Tx, "now">, row: object): object {
  const { applies_to: _products, currency_options: _options, ...coupon } = row as Coupon;
  return { ...coupon, valid: isRedeemable(coupon, now) };
}

export const coupons: Resource = {
  routes: [create, retrieve, update, remove, index],
  presenters: { coupons: presentCoupon, retired_coupons: presentCoupon },
  expansions: {
    coupon: {
      applies_to: { include: (read, owner) => read.get("coupons", String(owner.id))?.applies_to },
      currency_options: { include: (read, owner) => read.get("coupons", String(owner.id))?.currency_options },
    },
  },
};
