import { cardByNumber, cardByToken, cardsNotModelled, passesLuhn, type TestCard } from "../../cards";
import { ApiError, invalid, notModelled } from "../../http/errors";
import {
  address,
  anything,
  clearable,
  fullAddress,
  hash,
  type Infer,
  int,
  mergeMetadata,
  metadata,
  oneOf,
  text,
  unsupported,
} from "../../http/params";
import { fingerprintOf, newId } from "../../ids";
import type { PaymentMethod } from "../../tables";
import type { Tx } from "../../transaction";
import { redeemToken } from "./redeem-token";

export const billingDetails = hash({
  address: clearable(address),
  email: clearable(text),
  name: clearable(text),
  phone: clearable(text),
  tax_id: clearable(text),
});
const cardParams = hash({
  number: text,
  exp_month: int,
  exp_year: int,
  cvc: text,
  token: text,
  networks: anything,
});
export const paymentMethodData = {
  type: oneOf("card"),
  card: cardParams,
  billing_details: billingDetails,
  allow_redisplay: oneOf("always", "limited", "unspecified"),
  metadata,
  radar_options: unsupported,
};
export type PaymentMethodData = Infer<typeof paymentMethodData, "type">;

/** `pm_card_…` makes a new payment method each time; anything else must exist. */
export function usePaymentMethod(tx: Tx, token: string, param = "payment_method"): PaymentMethod {
  if (!token.startsWith("pm_card_")) {
    const method = tx.need("payment_methods", token, param);
    if (tx.get("cards", token)?.detached) {
      throw invalid(
        "The provided PaymentMethod was previously detached from a Customer, or used without attaching it to a Customer, and may not be used again.",
        "payment_method_invalid_parameter",
        param,
      );
    }
    return method;
  }
  const card = cardByToken(token);
  if (!card) throw invalid(`No such PaymentMethod: '${token}'`, "resource_missing", param);
  return keep(tx, card, { exp_month: 12, exp_year: yearOf(tx.now) + 4 }, null, {});
}

export function newPaymentMethod(tx: Tx, data: Omit<PaymentMethodData, "type">): PaymentMethod {
  const { card: given, ...rest } = data;
  if (!given) throw invalid("Missing required param: card.", "parameter_missing", "card");
  if (given.token) return methodOfToken(tx, given.token, rest);
  const { number = "", cvc } = given;
  const digits = number.replace(/[ -]/g, "");
  const card = cardByNumber(digits);
  if (!card && cardsNotModelled.has(digits)) throw notModelled(`The test card ending in ${digits.slice(-4)}`);
  if (!/^\d{12,19}$/.test(digits) || !passesLuhn(digits))
    throw cardError("incorrect_number", "Your card number is incorrect.", "number");
  const { exp_month: month = 0, exp_year: shortYear = 0 } = given;
  const year = shortYear < 100 ? 2000 + shortYear : shortYear;
  if (month < 1 || month > 12)
    throw cardError("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month");
  if (isPast(tx.now, month, year))
    throw cardError("invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year");
  if (cvc !== undefined && !/^\d{3,4}$/.test(cvc))
    throw cardError("invalid_cvc", "Your card's security code is invalid.", "cvc");
  if (!card) {
    throw cardError(
      "card_declined",
      "Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.",
      "number",
      "test_mode_live_card",
    );
  }
  return keep(tx, card, { exp_month: month, exp_year: year }, cvc ? "unchecked" : null, rest);
}

/** `tok_visa` and its kind work like `pm_card_visa`; others were made from a card before. */
function methodOfToken(tx: Tx, token: string, data: Omit<PaymentMethodData, "type" | "card">): PaymentMethod {
  const alias = token.replace(/^tok_/, "pm_card_");
  const method = cardByToken(alias) ? usePaymentMethod(tx, alias) : redeemToken(tx, token, "card[token]");
  const { address: place, ...details } = data.billing_details ?? {};
  return tx.patch("payment_methods", method.id, {
    ...(data.allow_redisplay && { allow_redisplay: data.allow_redisplay }),
    billing_details: {
      ...method.billing_details,
      ...details,
      ...(place && { address: fullAddress({ ...method.billing_details.address, ...place }) }),
    },
    metadata: mergeMetadata(null, data.metadata),
  });
}

function keep(
  tx: Tx,
  card: TestCard,
  expiry: { exp_month: number; exp_year: number },
  cvcCheck: string | null,
  data: Omit<PaymentMethodData, "type" | "card">,
): PaymentMethod {
  const id = newId("pm");
  tx.put("cards", { id, behaviour: card.behaviour, setUp: false, detached: false });
  const details = data.billing_details ?? {};
  return tx.put("payment_methods", {
    id,
    object: "payment_method",
    allow_redisplay: data.allow_redisplay ?? "unspecified",
    billing_details: {
      address: fullAddress(details.address ?? {}),
      email: details.email ?? null,
      name: details.name ?? null,
      phone: details.phone ?? null,
      tax_id: details.tax_id ?? null,
    },
    card: {
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: cvcCheck },
      country: card.country,
      display_brand: card.brand,
      ...expiry,
      fingerprint: fingerprintOf(`${tx.settings.account.id} ${card.number}`),
      funding: card.funding,
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [card.brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: card.brand !== "amex" },
      wallet: null,
    },
    created: tx.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: mergeMetadata(null, data.metadata),
    type: "card",
  });
}

export function cardError(code: string, message: string, param?: string, declineCode?: string): ApiError {
  return new ApiError(402, {
    code,
    ...(declineCode && { decline_code: declineCode }),
    doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}`,
    message,
    ...(param && { param }),
    type: "card_error",
  });
}

function yearOf(seconds: number): number {
  return new Date(seconds * 1000).getUTCFullYear();
}

function isPast(now: number, month: number, year: number): boolean {
  const date = new Date(now * 1000);
  if (year > date.getUTCFullYear() + 50) return true;
  return year * 12 + month < date.getUTCFullYear() * 12 + date.getUTCMonth() + 1;
}
