import { expect, it } from "vitest";
import { expiryNote } from "./expiry-text";

it.each([
  ["good", 400, undefined],
  ["expires_soon", 12, "Expires in 12 days"],
  ["expires_soon", 1, "Expires today"],
  ["expires_before_charge", 12, "Expires before the next charge"],
  ["expired", 0, "Expired"],
] as const)("a card that is %s with %s days left says %s", (expiry, daysLeft, text) => {
  expect(expiryNote({ expiry, daysLeft })?.text).toBe(text);
});
