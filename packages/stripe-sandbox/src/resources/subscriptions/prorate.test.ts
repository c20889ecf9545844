import fc from "fast-check";
import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Started, start } from "../../testing/start";
import { expandedInvoice, makeCustomer, makePrice } from "../../testing/world";

const seconds = 30 * 86_400;
let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

const step = fc.record({ at: fc.nat(seconds - 1), quantity: fc.integer({ min: 1, max: 9 }) });
const life = fc.record({
  mode: fc.constantFrom("classic" as const, "flexible" as const),
  unit: fc.integer({ min: 100, max: 9999 }),
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
  end: fc.nat(seconds - 1),
});

/** What each stretch of time costs exactly, summed. */
function used(unit: number, steps: { at: number; quantity: number }[], end: number): number {
  const moments = [{ at: 0, quantity: 1 }, ...steps, { at: end, quantity: 0 }];
  return moments.slice(0, -1).reduce((sum, { at, quantity }, index) => {
    return sum + (unit * quantity * ((moments[index + 1]?.at ?? end) - at)) / seconds;
  }, 0);
}

it("prorations of any life sum to what was used, to half a cent for each line", async () => {
  const customer = await makeCustomer(stripe, "pm_card_visa");
  await fc.assert(
    fc.asyncProperty(life, async ({ mode, unit, steps, end }) => {
      const ordered = [...steps, { at: end, quantity: 0 }].sort((left, right) => left.at - right.at);
      const changes = ordered.filter(({ quantity }) => quantity > 0 && quantity < 10);
      const last = Math.max(end, ...changes.map(({ at }) => at));
      const price = await makePrice(stripe, {
        amount: unit,
        recurring: { interval: "day", interval_count: 30 },
      });
      const subscription = await stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id }],
        billing_mode: { type: mode },
      });
      const item = subscription.items.data[0]?.id ?? "";
      const change = (
        quantity: number,
        at: number,
        proration_behavior: "always_invoice" | "create_prorations",
      ) =>
        stripe.subscriptions.update(subscription.id, {
          items: [{ id: item, quantity }],
          proration_date: subscription.start_date + at,
          proration_behavior,
          expand: ["latest_invoice"],
        });
      for (const { at, quantity } of changes) await change(quantity, at, "create_prorations");
      const invoice = expandedInvoice(await change(0, last, "always_invoice"));
      const made = invoice.billing_reason === "subscription_update";
      const lines = made ? (await stripe.invoices.listLineItems(invoice.id, { limit: 100 })).data : [];
      const sum = lines.reduce((total, line) => total + line.amount, 0);
      if (made) expect([invoice.subtotal, invoice.total]).toEqual([sum, sum]);
      expect(lines.every((line) => Number.isInteger(line.amount))).toBe(true);
      const roundings = 2 * (changes.length + 1);
      expect(Math.abs(unit + sum - used(unit, changes, last))).toBeLessThanOrEqual(roundings / 2 + 1e-6);
      await stripe.subscriptions.cancel(subscription.id);
    }),
    { numRuns: 15 },
  );
}, 60_000);
