import { expect, it } from "vitest";
import { returnUrl } from "./return-url";

const intent = { kind: "payment_intent", id: "pi_1", clientSecret: "pi_1_secret_2" } as const;

it.each([
  ["succeeded", "succeeded"],
  ["requires_capture", "succeeded"],
  ["processing", "pending"],
  ["requires_payment_method", "failed"],
])("tells the page that %s is %s", (status, told) => {
  const url = returnUrl("https://shop.test/done?plan=team#top", intent, status);
  expect(Object.fromEntries(url.searchParams)).toEqual({
    plan: "team",
    payment_intent: "pi_1",
    payment_intent_client_secret: "pi_1_secret_2",
    redirect_status: told,
  });
  expect(url.hash).toBe("#top");
});
