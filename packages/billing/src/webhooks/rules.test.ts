import { describe, expect, it } from "vitest";
import { accountOf, backoffMs, isId, objectToRefresh, whyQuarantined } from "./rules";

describe("backoffMs", () => {
  it.each([
    [1, 0, 0],
    [1, 0.5, 2_500],
    [1, 1, 5_000],
    [2, 1, 10_000],
    [5, 1, 80_000],
    [15, 1, 3_600_000],
    [40, 0.5, 1_800_000],
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
  const endpoint = { accounts: "own", livemode: false, apiVersion: "2026-10-28.endive" } as const;
  const ours = {
    accountId: "own",
    livemode: false,
    apiVersion: "2026-10-28.endive",
    form: "snapshot",
  } as const;
  const theirs = { ...ours, accountId: "acct_1" };
  it.each([
    [ours, endpoint, null],
    [theirs, endpoint, "account_mismatch"],
    [theirs, { ...endpoint, accounts: "connected" as const }, null],
    [ours, { ...endpoint, accounts: "connected" as const }, "account_mismatch"],
    [theirs, { ...endpoint, accounts: ["acct_1", "acct_2"] }, null],
    [theirs, { ...endpoint, accounts: ["acct_2"] }, "account_mismatch"],
    [ours, { ...endpoint, accounts: ["acct_1"] }, "account_mismatch"],
    [{ ...ours, livemode: true }, endpoint, "livemode_mismatch"],
    [{ ...ours, apiVersion: "2025-01-01" }, endpoint, "api_version_mismatch"],
    [{ ...ours, apiVersion: null }, endpoint, "api_version_mismatch"],
    [{ ...ours, apiVersion: null, form: "thin" as const }, endpoint, null],
  ])("%j at %j: %s", (event, at, reason) => {
    expect(whyQuarantined(event, at)).toBe(reason);
  });
});

describe("accountOf", () => {
  it.each([
    [null, "own"],
    ["acct_ours", "own"],
    ["acct_other", "acct_other"],
  ])("%s is %s", (named, account) => {
    expect(accountOf(named, { accountId: "acct_ours" })).toBe(account);
  });
});

it.each(["SUMMER 20 %", "evt_1", "größe-m"])("%j is an id", (value) => {
  expect(isId(value)).toBe(true);
});

it.each(["", "a\0", "a\n", "\ud800", "x".repeat(256), 7, null])("%j is no id", (value) => {
  expect(isId(value)).toBe(false);
});
