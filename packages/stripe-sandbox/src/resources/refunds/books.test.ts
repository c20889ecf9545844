import fc from "fast-check";
import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Started, start } from "../../testing/start";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

const cards = fc.constantFrom(
  "pm_card_visa",
  "pm_card_bypassPending",
  "pm_card_refundFail",
  "pm_card_pendingRefund",
);
const payments = fc.record({
  card: cards,
  amount: fc.integer({ min: 50, max: 90_000 }),
  refunds: fc.array(fc.integer({ min: 1, max: 60_000 }), { maxLength: 4 }),
});

async function payAndRefund({ card, amount, refunds }: { card: string; amount: number; refunds: number[] }) {
  const intent = await stripe.paymentIntents.create({
    amount,
    currency: "usd",
    payment_method: card,
    confirm: true,
    off_session: true,
  });
  for (const wanted of refunds) {
    await world.sandbox.settled();
    const { amount_refunded: before } = await chargeOf(intent);
    const answer = await stripe.refunds
      .create({ payment_intent: intent.id, amount: wanted })
      .catch((error: Stripe.errors.StripeInvalidRequestError) => error.statusCode);
    if (wanted > amount - before) expect(answer).toBe(400);
    else expect(answer).toMatchObject({ amount: wanted });
  }
  await world.sandbox.settled();
  return chargeOf(intent);
}

async function chargeOf(intent: Stripe.PaymentIntent): Promise<Stripe.Charge> {
  return stripe.charges.retrieve(String(intent.latest_charge));
}

it("never refunds more than the charge, and the books sum to the balance", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(payments, { minLength: 1, maxLength: 3 }), async (given) => {
      for (const payment of given) {
        const charge = await payAndRefund(payment);
        expect(charge.amount_refunded).toBeLessThanOrEqual(charge.amount);
      }
      await world.sandbox.settled();
      let total = 0;
      for await (const entry of stripe.balanceTransactions.list({ limit: 100 })) {
        expect(entry.net).toBe(entry.amount - entry.fee);
        total += entry.net;
      }
      const { available, pending } = await stripe.balance.retrieve();
      const sums = [...available, ...pending].map(({ amount }) => amount);
      expect(sums.reduce((sum, amount) => sum + amount, 0)).toBe(total);
    }),
    { numRuns: 12 },
  );
}, 60_000);
