import type Stripe from "stripe";
import { afterEach, beforeEach, expect, it } from "vitest";
import { booksOf } from "../../testing/accounts";
import { type Started, start } from "../../testing/start";
import { charged, eventsOf } from "../../testing/world";

let world: Started;
let stripe: Stripe;
const daySeconds = 24 * 60 * 60;

beforeEach(async () => {
  world = await start({ refundsNeedFunds: true });
  stripe = world.stripe;
});
afterEach(() => world.sandbox.close());

/** After the fee, 941 of 1000 are there. */
async function poorRefund() {
  const charge = await charged(stripe, "pm_card_visa", 1000);
  await world.sandbox.settled();
  return stripe.refunds.create({ charge: charge.id });
}

it("waits for money, and goes when it has come", async () => {
  const refund = await poorRefund();
  expect(refund).toMatchObject({
    status: "pending",
    pending_reason: "insufficient_funds",
    balance_transaction: null,
  });
  expect(await eventsOf(stripe, refund.id)).toEqual(["refund.created"]);
  await expect(stripe.refunds.create({ charge: String(refund.charge), amount: 1 })).rejects.toMatchObject({
    code: "charge_already_refunded",
  });
  await charged(stripe, "pm_card_visa", 2000);
  await world.advance(daySeconds);
  await world.sandbox.settled();
  const gone = await stripe.refunds.retrieve(refund.id, { expand: ["balance_transaction"] });
  expect(gone).toMatchObject({ status: "succeeded", balance_transaction: { amount: -1000 } });
  expect(gone.pending_reason).toBeUndefined();
  expect(await eventsOf(stripe, refund.id)).toEqual([
    "refund.created",
    "refund.updated",
    "charge.refund.updated",
  ]);
  expect(await eventsOf(stripe, String(refund.charge))).toContain("charge.refunded");
});

it("fails when none came for a month, and can be tried again", async () => {
  const refund = await poorRefund();
  await world.advance(29 * daySeconds);
  expect((await stripe.refunds.retrieve(refund.id)).status).toBe("pending");
  await world.advance(2 * daySeconds);
  expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({
    status: "failed",
    failure_reason: "insufficient_funds",
  });
  expect(await stripe.charges.retrieve(String(refund.charge))).toMatchObject({
    amount_refunded: 0,
    refunded: false,
  });
  expect((await eventsOf(stripe, refund.id)).slice(-3)).toEqual([
    "refund.failed",
    "refund.updated",
    "charge.refund.updated",
  ]);
  expect((await booksOf(stripe)).balance).toBe(941);
  const part = await stripe.refunds.create({ charge: String(refund.charge), amount: 500 });
  expect(part.status).toBe("succeeded");
});
