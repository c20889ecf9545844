import fc from "fast-check";
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { purchaseItems } from "../plans/purchase-items";
import { type CustomerSession, type Harness, harness } from "../testing/harness";
import { until } from "../testing/until";
import type { ChangeQuote, QuoteChangeInput } from "./schemas";

let h: Harness;
beforeAll(async () => {
  h = await harness();
});
afterAll(() => h.close());

const start = 1_800_000_000;
const daySeconds = 86_400;
const runs = Number(process.env.QUOTE_RUNS ?? 10);

const wish = fc
  .record({
    plan: fc.constantFrom("starter", "growth", "team", "scale"),
    interval: fc.constantFrom("month", "year"),
    seats: fc.integer({ min: 0, max: 40 }),
    extra: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ plan, interval, seats, extra }): QuoteChangeInput => {
    const least = plan === "team" ? 2 : plan === "scale" ? 5 : null;
    return {
      planId: plan,
      interval,
      addOns: extra > 0 ? [{ id: "extra_projects", quantity: extra }] : [],
      ...(least === null ? {} : { seats: least + seats }),
    };
  });

const coupons: Record<string, Stripe.CouponCreateParams | null> = {
  none: null,
  percent: { percent_off: 33.3, duration: "forever" },
  amount: {
    amount_off: 777,
    currency: "usd",
    duration: "forever",
    currency_options: { eur: { amount_off: 777 }, jpy: { amount_off: 777 }, kwd: { amount_off: 7770 } },
  },
};

const history = fc.record({
  from: wish,
  to: wish,
  currency: fc.constantFrom("usd", "eur", "jpy", "kwd"),
  coupon: fc.constantFrom("none", "percent", "amount"),
  mode: fc.constantFrom("classic", "flexible"),
  /** Of the period, in thousandths. */
  moment: fc.integer({ min: 1, max: 950 }),
  meanwhile: fc.constantFrom("nothing", "nothing", "credit", "discount"),
  taxed: fc.boolean(),
});
type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never;

async function advance(clock: string, to: number) {
  await h.stripe.testHelpers.testClocks.advance(clock, { frozen_time: to });
  await until(
    "the clock",
    async () => (await h.stripe.testHelpers.testClocks.retrieve(clock)).status === "ready",
  );
  await h.quiet();
}

/** A customer of ours at a moment of its period, on a plan that was bought at Stripe with any coupon, tax and mode. */
async function atMoment({ from, currency, coupon, mode, moment, taxed }: History) {
  const session = await h.asCustomer();
  const clock = await h.stripe.testHelpers.testClocks.create({ frozen_time: start });
  const customer = await h.stripe.customers.create({
    test_clock: clock.id,
    payment_method: "pm_card_visa",
    invoice_settings: { default_payment_method: "pm_card_visa" },
    metadata: { customer_id: session.customerId },
  });
  await h.db.customer.update({
    where: { id: session.customerId },
    data: { stripeCustomerId: customer.id, currency },
  });
  const off = coupons[coupon];
  const { items } = await purchaseItems(h.db, { ...from, currency });
  const rate = await h.stripe.taxRates.create({ display_name: "VAT", percentage: 19, inclusive: false });
  const subscription = await h.stripe.subscriptions.create({
    customer: customer.id,
    currency,
    items: items.map(({ priceId, quantity }) => ({
      price: priceId,
      ...(quantity === null ? {} : { quantity }),
    })),
    billing_mode: { type: mode },
    ...(off ? { discounts: [{ coupon: (await h.stripe.coupons.create(off)).id }] } : {}),
    ...(taxed ? { default_tax_rates: [rate.id] } : {}),
  });
  const days = from.interval === "year" ? 365 : 31;
  await advance(clock.id, start + Math.floor((days * daySeconds * moment) / 1000));
  return { session, clock: clock.id, customer: customer.id, subscription: subscription.id };
}

const changes = async (session: CustomerSession) =>
  (
    await h.db.invoice.findMany({
      where: { customerId: session.customerId, billingReason: "subscription_update" },
      orderBy: { createdAt: "asc" },
    })
  ).map(({ totalAmount, dueAmount, status }) => ({
    total: Number(totalAmount),
    due: Number(dueAmount),
    status,
  }));

function expectToAddUp(quote: ChangeQuote) {
  const lines = quote.lines.reduce((sum, { amount }) => sum + amount, 0);
  expect(lines - quote.discount + quote.tax).toBe(quote.total);
  if (quote.total >= 0) expect(quote.total + quote.balance).toBe(quote.dueNow);
  expect(quote.dueNow).toBeGreaterThanOrEqual(0);
}

async function disturb(given: History, customer: string, subscription: string): Promise<boolean> {
  if (given.meanwhile === "credit") {
    await h.stripe.customers.createBalanceTransaction(customer, { amount: -123, currency: given.currency });
  }
  if (given.meanwhile === "discount") {
    const { id } = await h.stripe.coupons.create({ percent_off: 10, duration: "forever" });
    await h.stripe.subscriptions.update(subscription, { discounts: [{ coupon: id }] });
  }
  return given.meanwhile !== "nothing";
}

describe("any change, at any moment, in any currency, with any coupon, in both billing modes", () => {
  it("M07: is charged as it was quoted, or not at all", async () => {
    await fc.assert(
      fc.asyncProperty(history, async (given) => {
        const { session, clock, customer, subscription } = await atMoment(given);
        const ask = () => session.caller.subscriptions.quoteChange(given.to);
        const quote = await ask().catch((error) => {
          expect(error.cause.reason).toBe("nothing_to_change");
          return null;
        });
        if (!quote) return;
        expectToAddUp(quote);
        let held = quote;
        if (await disturb(given, customer, subscription)) {
          const refusal = await session.caller.subscriptions
            .changePlan({ quote: quote.quote })
            .catch((error) => error);
          if (quote.timing === "now") expect(refusal.cause?.reason).toBe("quote_stale");
          if (refusal.cause) {
            await h.quiet();
            expect(await changes(session)).toEqual([]);
            held = refusal.cause.details.quote;
            expectToAddUp(held);
            await session.caller.subscriptions.changePlan({ quote: held.quote });
          }
        } else {
          await session.caller.subscriptions.changePlan({ quote: held.quote });
        }
        await h.quiet();
        const invoiced = await changes(session);
        if (held.timing === "now") {
          expect(invoiced).toEqual([{ total: held.total, due: held.dueNow, status: "paid" }]);
          return;
        }
        expect(invoiced).toEqual([]);
        await advance(clock, Math.floor(Date.parse(held.next.at ?? "") / 1000) + 2 * 3600);
        const renewal = await h.db.invoice.findFirst({
          where: { customerId: session.customerId, billingReason: "subscription_cycle" },
          orderBy: { createdAt: "desc" },
        });
        expect(Number(renewal?.totalAmount)).toBe(held.next.total);
      }),
      { numRuns: runs, endOnFailure: true },
    );
  }, 600_000);
});
