import { describe, expect, it } from "vitest";
import { behaviours } from "../card-behaviours";
import { cardByNumber, cardByToken, passesLuhn } from "../cards";
import { outcomeOf } from "./card-outcome";

const onSession = { purpose: "charge" as const, offSession: false, authenticated: false, setUp: false };
const offSession = { ...onSession, offSession: true };

describe("outcomeOf", () => {
  it.each([
    ["succeeds", onSession, "succeeded"],
    ["declined", { ...onSession, purpose: "setup" as const }, "declined"],
    ["declined_when_charged", { ...onSession, purpose: "setup" as const }, "succeeded"],
    ["declined_when_charged", onSession, "declined"],
    ["authentication_until_set_up", onSession, "requires_action"],
    ["authentication_until_set_up", offSession, "declined"],
    ["authentication_until_set_up", { ...offSession, setUp: true }, "succeeded"],
    ["authentication_always", { ...offSession, setUp: true }, "declined"],
    ["authentication_always", { ...onSession, authenticated: true }, "succeeded"],
    ["authentication_on_session", offSession, "succeeded"],
    ["authentication_on_session", onSession, "requires_action"],
    ["authentication_then_insufficient_funds", onSession, "requires_action"],
    ["authentication_then_insufficient_funds", { ...onSession, authenticated: true }, "declined"],
    ["frictionless", onSession, "succeeded"],
  ] as const)("%s", (name, attempt, kind) => {
    expect(outcomeOf(behaviours[name], attempt).kind).toBe(kind);
  });
});

it("knows the documented numbers and tokens, and their aliases", () => {
  expect(cardByNumber("4000000000009995")?.behaviour).toBe("insufficient_funds");
  expect(cardByToken("pm_card_visa_chargeDeclined")).toBe(cardByToken("pm_card_chargeDeclined"));
  expect(cardByToken("pm_card_unknown")).toBeUndefined();
  expect(passesLuhn("4242424242424242")).toBe(true);
  expect(passesLuhn("4242424242424241")).toBe(false);
});
