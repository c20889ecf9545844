import type { PaymentIntent, StripeError } from "@stripe/stripe-js";
import { describe, expect, it } from "vitest";
import { intentStanding, standingAfterError } from "./intent-status";

describe("intentStanding", () => {
  it.each([
    ["succeeded", "done"],
    ["requires_capture", "done"],
    ["processing", "processing"],
    ["canceled", "canceled"],
    ["requires_payment_method", "open"],
    ["requires_confirmation", "open"],
    ["requires_action", "open"],
    [undefined, "open"],
  ])("%s is %s", (status, standing) => {
    expect(intentStanding(status)).toBe(standing);
  });
});

describe("standingAfterError", () => {
  const error: StripeError = { type: "invalid_request_error", code: "payment_intent_unexpected_state" };

  it("sees that another tab has paid", () => {
    const payment_intent = { status: "succeeded" } as PaymentIntent;
    expect(standingAfterError({ ...error, payment_intent })).toBe("done");
    expect(standingAfterError(error)).toBe("open");
  });
});
