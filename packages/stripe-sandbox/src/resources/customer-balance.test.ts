import fc from "fast-check";
import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Started, start } from "../testing/start";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("adjust" as const), amount: fc.integer({ min: -4000, max: 4000 }) }),
    fc.record({
      kind: fc.constantFrom("bill" as const, "bill_and_void" as const, "bill_and_credit" as const),
      amount: fc.integer({ min: -3000, max: 6000 }),
    }),
  ),
  { minLength: 1, maxLength: 6 },
);
type Step = { kind: "adjust" | "bill" | "bill_and_void" | "bill_and_credit"; amount: number };

async function live(customer: string, { kind, amount }: Step): Promise<void> {
  if (kind === "adjust") {
    await stripe.customers.createBalanceTransaction(customer, { amount, currency: "usd" });
    return;
  }
  const draft = await stripe.invoices.create({ customer, currency: "usd" });
  await stripe.invoices.addLines(draft.id, { lines: [{ amount }] });
  const invoice = await stripe.invoices.finalizeInvoice(draft.id);
  expect(invoice.amount_due).toBeGreaterThanOrEqual(0);
  expect(invoice.amount_due).toBe(invoice.amount_paid + invoice.amount_remaining);
  if (kind === "bill_and_void" && invoice.status === "open") await stripe.invoices.voidInvoice(invoice.id);
  const credited = Math.min(amount, invoice.total) - invoice.amount_remaining;
  if (kind === "bill_and_credit" && credited > 0 && invoice.amount_remaining >= 0) {
    await stripe.creditNotes.create({
      invoice: invoice.id,
      amount: credited + invoice.amount_remaining,
      credit_amount: credited,
    });
  }
}

it("is always the sum of its transactions, each of which says what it became", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (given) => {
      const { id } = await stripe.customers.create();
      for (const step of given) await live(id, step);
      const customer = (await stripe.customers.retrieve(id)) as Stripe.Customer;
      const rows = (await stripe.customers.listBalanceTransactions(id, { limit: 100 })).data.reverse();
      let running = 0;
      for (const row of rows) {
        running += row.amount;
        expect(row.ending_balance).toBe(running);
      }
      expect(customer.balance).toBe(running);
    }),
    { numRuns: 20 },
  );
}, 60_000);
