import { isRedeemable } from "../../engine/redemption";
import { invalid } from "../../http/errors";
import { created, inRange, page, pageParams } from "../../http/lists";
import { bool, hash, mergeMetadata, text } from "../../http/params";
import { newId, randomText } from "../../ids";
import type { PromotionCode } from "../../tables";
import { type Resource, ref, route } from "../resource";
import { checkCode, checkUnique } from "./check";
import { createParams, updateParams } from "./params";

const url = "/v1/promotion_codes";
const create = route("POST", url, createParams, ({ tx, params }) => {
  const coupon = checkCode(tx, params);
  const code = params.code ?? randomText(8).toUpperCase();
  if (params.active ?? true) checkUnique(tx, code, params.customer ?? null);
  const limits = params.restrictions;
  const minimumCurrency = limits?.minimum_amount_currency;
  const row = tx.put("promotion_codes", {
    id: newId("promo"),
    object: "promotion_code",
    active: params.active ?? true,
    code,
    created: tx.now,
    customer: params.customer ?? null,
    customer_account: null,
    expires_at: params.expires_at ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata(null, params.metadata),
    promotion: { coupon: coupon.id, type: "coupon" },
    restrictions: {
      ...(minimumCurrency && {
        currency_options: {
          [minimumCurrency]: { minimum_amount: limits.minimum_amount ?? 0 },
          ...limits.currency_options,
        },
      }),
      first_time_transaction: limits?.first_time_transaction ?? false,
      minimum_amount: limits?.minimum_amount ?? null,
      minimum_amount_currency: minimumCurrency ?? null,
    },
    times_redeemed: 0,
  });
  tx.emit("promotion_code.created", "promotion_codes", row.id);
  const ends = Math.min(row.expires_at ?? Infinity, coupon.redeem_by ?? Infinity);
  if (Number.isFinite(ends)) tx.schedule((ends - tx.now) * 1000, "promotion_code.expire", row.id);
  return tx.view("promotion_codes", row.id);
});

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("promotion_codes", id));

const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  const row = tx.need("promotion_codes", id);
  if (params.active && !row.active) {
    const coupon = tx.get("coupons", row.promotion.coupon ?? "");
    if (!coupon || !isRedeemable(coupon, tx.now) || (row.expires_at ?? Infinity) <= tx.now)
      throw invalid(
        "A promotion code whose coupon or time has ended cannot be activated.",
        undefined,
        "active",
      );
    checkUnique(tx, row.code, row.customer, id);
  }
  const options = params.restrictions?.currency_options;
  tx.patch("promotion_codes", id, {
    ...(params.active !== undefined && { active: params.active }),
    ...(params.metadata !== undefined && { metadata: mergeMetadata(row.metadata, params.metadata) }),
    ...(options && {
      restrictions: {
        ...row.restrictions,
        currency_options: { ...row.restrictions.currency_options, ...options },
      },
    }),
  });
  tx.emit("promotion_code.updated", "promotion_codes", id);
  return tx.view("promotion_codes", id);
});

const listParams = hash({
  ...pageParams,
  active: bool,
  code: text,
  coupon: text,
  created,
  customer: text,
  customer_account: text,
});
const index = route("GET", url, listParams, ({ tx, params }) =>
  page(tx, "promotion_codes", url, params, (row) => {
    const { active = row.active, code = row.code, coupon = row.promotion.coupon } = params;
    if (row.active !== active || row.promotion.coupon !== coupon) return false;
    if (params.customer !== undefined && row.customer !== params.customer) return false;
    if (params.customer_account !== undefined) return false;
    return row.code.toLowerCase() === code.toLowerCase() && inRange(row.created, params.created);
  }),
);

function present(row: PromotionCode): object {
  const { currency_options: _options, ...restrictions } = row.restrictions;
  return { ...row, restrictions };
}

export const promotionCodes: Resource = {
  routes: [create, retrieve, update, index],
  presenters: { promotion_codes: (_read, row) => present(row as PromotionCode) },
  timers: {
    "promotion_code.expire": (tx, id) => {
      if (!tx.get("promotion_codes", id)?.active) return;
      tx.patch("promotion_codes", id, { active: false });
      tx.emit("promotion_code.updated", "promotion_codes", id);
    },
  },
  expansions: {
    promotion_code: {
      customer: ref("customers"),
      "promotion.coupon": ref("coupons", "retired_coupons"),
    },
  },
};
