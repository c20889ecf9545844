import { describe, expect, it } from "vitest";
import { backoffMs, isPermanent, objectToRefresh, whyQuarantined } from "./rules";

describe("backoffMs", () => {
  it.each([
    [1, 0, 2_500],
    [1, 1, 5_000],
    [2, 1, 10_000],
    [5, 1, 80_000],
    [15, 1, 3_600_000],
    [40, 0, 1_800_000],
  ])("after %i failures with luck %i is %i ms", (attempts, random, expected) => {
    expect(backoffMs(5_000, attempts, random)).toBe(expected);
  });
});

describe("objectToRefresh", () => {
  const known = {
    handled: new Set(["customer", "payment_intent"]),
    partOf: { charge: { objectType: "payment_intent", field: "payment_intent" } },
  };
  it.each([
    [
      { object: "customer", id: "cus_1" },
      { objectType: "customer", objectId: "cus_1" },
    ],
    [
      { object: "charge", id: "ch_1", payment_intent: "pi_1" },
      { objectType: "payment_intent", objectId: "pi_1" },
    ],
    [
      { object: "charge", id: "ch_1", payment_intent: { id: "pi_1" } },
      { objectType: "payment_intent", objectId: "pi_1" },
    ],
    [{ object: "charge", id: "ch_1", payment_intent: null }, null],
    [{ object: "topup", id: "tu_1" }, null],
    [{ object: "customer" }, null],
    [{ object: "toString", id: "x" }, null],
    [{}, null],
  ])("of %j is %j", (object, key) => {
    expect(objectToRefresh(object, known)).toEqual(key);
  });
});

describe("whyQuarantined", () => {
  const endpoint = { accountId: "acct_ours", livemode: false, apiVersion: "2026-10-28.endive" };
  const ours = { livemode: false, api_version: "2026-10-28.endive" };
  it.each([
    [ours, null],
    [{ ...ours, account: "acct_ours" }, null],
    [{ ...ours, account: "acct_other" }, "account_mismatch"],
    [{ ...ours, livemode: true }, "livemode_mismatch"],
    [{ ...ours, api_version: "2025-01-01" }, "api_version_mismatch"],
  ])("%j: %s", (event, reason) => {
    expect(whyQuarantined(event, endpoint)).toBe(reason);
  });
});

it("gives up at once only on what would fail the same way each time", () => {
  expect(["TypeError", "RangeError", "BillingError"].every(isPermanent)).toBe(true);
  expect(["StripeConnectionError", "DatabaseError", "Error"].some(isPermanent)).toBe(false);
});
