import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { BillingError, notAllowed } from "../errors";
import { outcomeOf, toBillingError } from "./errors";

const { errors } = Stripe;
const card = (fields: object) =>
  new errors.StripeCardError({ type: "card_error", statusCode: 402, message: "", ...fields });
const invalid = (fields: object) =>
  new errors.StripeInvalidRequestError({
    type: "invalid_request_error",
    statusCode: 400,
    message: "",
    ...fields,
  });

describe("outcomeOf", () => {
  it.each([
    ["a decline", card({ code: "card_declined" }), "rejected"],
    ["a bad request", invalid({ code: "charge_already_refunded" }), "rejected"],
    [
      "a bad key",
      new errors.StripeAuthenticationError({ type: "invalid_request_error", statusCode: 401, message: "" }),
      "rejected",
    ],
    ["our own refusal", notAllowed("no", "No."), "rejected"],
    [
      "too many requests",
      new errors.StripeRateLimitError({ type: "invalid_request_error", statusCode: 429, message: "" }),
      "unknown",
    ],
    [
      "a key in use",
      new errors.StripeAPIError({ type: "api_error", statusCode: 409, message: "" }),
      "unknown",
    ],
    [
      "a key used for something else",
      new errors.StripeIdempotencyError({ type: "idempotency_error", statusCode: 400, message: "" }),
      "unknown",
    ],
    [
      "a fault of Stripe's",
      new errors.StripeAPIError({ type: "api_error", statusCode: 500, message: "" }),
      "unknown",
    ],
    ["a lost connection", new errors.StripeConnectionError({ type: "api_error", message: "" }), "unknown"],
    ["anything else", new Error("boom"), "unknown"],
  ])("of %s", (_case, error, outcome) => {
    expect(outcomeOf(error)).toBe(outcome);
  });
});

describe("toBillingError", () => {
  it.each([
    [
      card({ code: "card_declined", decline_code: "insufficient_funds" }),
      "PROVIDER_DECLINED",
      "insufficient_funds",
    ],
    [card({ code: "expired_card" }), "PROVIDER_DECLINED", "expired_card"],
    [card({ code: "card_declined", decline_code: "brand_new_code" }), "PROVIDER_DECLINED", "brand_new_code"],
    [invalid({ code: "charge_already_refunded" }), "NOT_ALLOWED", "charge_already_refunded"],
    [invalid({ code: "something_new" }), "NOT_ALLOWED", "something_new"],
    [new Error("socket hang up"), "CONFLICT", "outcome_unknown"],
  ])("%s becomes %s %s with a sentence for people", (error, code, reason) => {
    const mapped = toBillingError(error);
    expect(mapped).toBeInstanceOf(BillingError);
    expect(mapped).toMatchObject({ code, reason });
    expect(mapped.message).toMatch(/^[A-Z].*\.$/);
    expect(mapped.cause).toBe(error);
  });

  it("leaves our own errors alone", () => {
    const own = notAllowed("no", "No.");
    expect(toBillingError(own)).toBe(own);
  });
});
