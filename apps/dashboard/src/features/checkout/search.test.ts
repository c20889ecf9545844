import { describe, expect, it } from "vitest";
import { checkoutReturnSearch, checkoutSearch } from "./search";

describe("checkoutSearch", () => {
  it("reads a deep link", () => {
    expect(checkoutSearch({ plan: "growth", interval: "year", currency: "jpy" })).toEqual({
      plan: "growth",
      interval: "year",
      currency: "jpy",
    });
  });

  it.each([
    ["4", 4],
    [4, 4],
    ["0", undefined],
    ["-1", undefined],
    ["2.5", undefined],
    ["many", undefined],
  ])("reads %j as %s seats", (seats, count) => {
    expect(checkoutSearch({ plan: "team", seats }).seats).toBe(count);
  });

  it("falls back to monthly dollars for what it does not know", () => {
    expect(checkoutSearch({ plan: 3, interval: "week", currency: "xxx" })).toEqual({
      plan: undefined,
      interval: "month",
      currency: "usd",
    });
  });
});

describe("checkoutReturnSearch", () => {
  it("keeps the intents and drops secrets and the rest", () => {
    expect(
      checkoutReturnSearch({
        payment_intent: "pi_1",
        payment_intent_client_secret: "pi_1_secret_x",
        redirect_status: "succeeded",
        other: "x",
      }),
    ).toEqual({ payment_intent: "pi_1", setup_intent: undefined, redirect_status: "succeeded" });
  });
});
