import { expect, it } from "vitest";
import { day } from "../../testing/clock";
import { start } from "../../testing/start";

it("releases after seven days what was authorized and not captured", async () => {
  const world = await start();
  const intent = await world.stripe.paymentIntents.create({
    amount: 1500,
    currency: "usd",
    payment_method: "pm_card_visa",
    capture_method: "manual",
    confirm: true,
    off_session: true,
  });
  await world.advance(7 * day - 60);
  expect((await world.stripe.paymentIntents.retrieve(intent.id)).status).toBe("requires_capture");
  await world.advance(120);
  expect(await world.stripe.paymentIntents.retrieve(intent.id, { expand: ["latest_charge"] })).toMatchObject({
    status: "canceled",
    cancellation_reason: "automatic",
    latest_charge: { refunded: true, captured: false },
  });
  await world.sandbox.close();
});
