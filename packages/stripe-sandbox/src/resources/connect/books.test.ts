import fc from "fast-check";
import Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { booksOf, makeSeller } from "../../testing/accounts";
import { type Started, start } from "../../testing/start";

let world: Started;
let sellers: { id: string; inside: Stripe }[];

beforeAll(async () => {
  world = await start();
});
afterAll(() => world.sandbox.close());

const never = { enabled: true, allow_redirects: "never" as const };
const step = fc.record({
  kind: fc.constantFrom("direct", "destination", "separate", "refund", "reverse", "fee"),
  seller: fc.nat({ max: 1 }),
  amount: fc.integer({ min: 50, max: 5000 }),
  share: fc.integer({ min: 0, max: 100 }),
  flag: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What the world outside paid, and what Stripe kept of it. */
interface Outside {
  paid: number;
  fees: number;
  charges: { client: Stripe; id: string; transfer: boolean; fee: boolean }[];
}

const stripeFee = (amount: number) => Math.min(amount, Math.round(amount * 0.029 + 1e-9) + 30);

async function pay(
  outside: Outside,
  client: Stripe,
  more: Partial<Stripe.PaymentIntentCreateParams>,
  amount: number,
) {
  const { latest_charge: id } = await client.paymentIntents.create({
    amount,
    currency: "usd",
    payment_method: "pm_card_visa",
    confirm: true,
    automatic_payment_methods: never,
    ...more,
  });
  outside.paid += amount;
  outside.fees += stripeFee(amount);
  const fee = (more.application_fee_amount ?? 0) > 0;
  outside.charges.push({ client, id: String(id), transfer: Boolean(more.transfer_data), fee });
}

/** Only refusals for a reason are passed over. */
async function allowed<T>(work: Promise<T>): Promise<T | undefined> {
  return work.catch((error: unknown) => {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 400)
      return undefined;
    throw error;
  });
}

async function take(outside: Outside, given: Step): Promise<void> {
  const { stripe } = world;
  const { id: destination, inside } = sellers[given.seller] ?? { id: "", inside: stripe };
  const fee = { application_fee_amount: Math.floor((given.amount * given.share) / 100) };
  const last = outside.charges.at(-(given.seller + 1));
  if (given.kind === "direct") return pay(outside, inside, fee, given.amount);
  if (given.kind === "destination")
    return pay(outside, stripe, { transfer_data: { destination }, ...fee }, given.amount);
  if (given.kind === "separate") {
    await pay(outside, stripe, {}, given.amount);
    const source = outside.charges.at(-1)?.id ?? "";
    const amount = Math.max(1, fee.application_fee_amount);
    await stripe.transfers.create({ amount, currency: "usd", destination, source_transaction: source });
  }
  if (given.kind === "refund" && last) {
    const refund = await allowed(
      last.client.refunds.create({
        charge: last.id,
        amount: given.flag ? given.amount : undefined,
        reverse_transfer: given.flag && last.transfer,
        refund_application_fee: given.flag && last.fee,
      }),
    );
    outside.paid -= refund?.amount ?? 0;
  }
  if (given.kind === "reverse") {
    const [transfer] = (await stripe.transfers.list({ limit: 1 })).data;
    const amount = given.flag ? given.amount : undefined;
    if (transfer) await allowed(stripe.transfers.createReversal(transfer.id, { amount }));
  }
  if (given.kind === "fee") {
    const [found] = (await stripe.applicationFees.list({ limit: 1 })).data;
    if (found) await allowed(stripe.applicationFees.createRefund(found.id, { amount: given.amount }));
  }
}

it("whatever is charged, shared and given back, the books of all accounts add up to what came from outside", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      world.sandbox.reset();
      sellers = [await makeSeller(world), await makeSeller(world, "account")];
      const outside: Outside = { paid: 0, fees: 0, charges: [] };
      for (const one of steps) await take(outside, one);
      await world.sandbox.settled();
      const books = await Promise.all([world.stripe, ...sellers.map(({ inside }) => inside)].map(booksOf));
      for (const { balance, entries } of books) expect(balance).toBe(entries);
      const total = books.reduce((sum, { balance }) => sum + balance, 0);
      expect(total).toBe(outside.paid - outside.fees);
      for (const fee of (await world.stripe.applicationFees.list({ limit: 100 })).data)
        expect(fee.amount_refunded).toBeLessThanOrEqual(fee.amount);
      for (const transfer of (await world.stripe.transfers.list({ limit: 100 })).data)
        expect(transfer.amount_reversed).toBeLessThanOrEqual(transfer.amount);
    }),
    { numRuns: 15 },
  );
}, 60_000);
