import fc from "fast-check";
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeClock } from "../../../testing/clock";
import { type Started, start } from "../../../testing/start";
import { expandedInvoice, makeCustomer, makePrice } from "../../../testing/world";

let world: Started;
let stripe: Stripe;
let prices: Stripe.Price[];

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
  prices = [];
  for (const amount of [1000, 1999, 4501]) prices.push(await makePrice(stripe, { amount }));
});
afterAll(() => world.sandbox.close());

const startsAt = Date.UTC(2026, 3, 1) / 1000;
const monthSeconds = 30 * 86_400;

const onClock = () => makeClock(stripe, { start: startsAt });

/** What a line says, without ids that are made anew. */
function essence(invoice: Stripe.Invoice) {
  const lines = invoice.lines.data.map((line) => ({
    amount: line.amount,
    description: line.description,
    discounts: (line.discount_amounts ?? []).map((one) => one.amount),
    taxes: (line.taxes ?? []).map((tax) => tax.amount),
    period: line.period,
    quantity: line.quantity,
    proration: line.parent?.subscription_item_details?.proration,
  }));
  const { subtotal, total, total_excluding_tax, amount_due, starting_balance, ending_balance } = invoice;
  return { lines, subtotal, total, total_excluding_tax, amount_due, starting_balance, ending_balance };
}

const scenarios = fc.record({
  mode: fc.constantFrom("classic" as const, "flexible" as const),
  from: fc.integer({ min: 0, max: 2 }),
  to: fc.integer({ min: 0, max: 2 }),
  quantities: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
  elapsed: fc.integer({ min: 0, max: monthSeconds }),
  percent: fc.constantFrom(0, 15, 33.33),
  amountOff: fc.constantFrom(0, 700),
  tax: fc.constantFrom(0, 7.7, 19),
  balance: fc.constantFrom(0, -1500, 400),
  behavior: fc.constantFrom("always_invoice" as const, "create_prorations" as const),
  restarts: fc.constantFrom(false, false, true),
});

it("shows exactly what the same update then does", async () => {
  await fc.assert(
    fc.asyncProperty(scenarios, async (given) => {
      const { customer, to } = await onClock();
      const off = given.percent
        ? await stripe.coupons.create({ percent_off: given.percent, duration: "forever" })
        : given.amountOff
          ? await stripe.coupons.create({ amount_off: given.amountOff, currency: "usd", duration: "forever" })
          : undefined;
      const rate = await stripe.taxRates.create({
        display_name: "Tax",
        percentage: given.tax,
        inclusive: given.mode === "classic",
      });
      const subscription = await stripe.subscriptions.create({
        customer: customer.id,
        billing_mode: { type: given.mode },
        items: [{ price: prices[given.from]?.id ?? "", quantity: given.quantities[0] }],
        ...(off && { discounts: [{ coupon: off.id }] }),
        ...(given.tax > 0 && { default_tax_rates: [rate.id] }),
      });
      await stripe.customers.update(customer.id, { balance: given.balance });
      const change = {
        items: [
          {
            id: subscription.items.data[0]?.id ?? "",
            price: prices[given.to]?.id ?? "",
            quantity: given.quantities[1],
          },
        ],
        proration_behavior: given.behavior,
        proration_date: startsAt + given.elapsed,
        ...(given.restarts && { billing_cycle_anchor: { type: "now" as const } }),
      };
      const ask = () =>
        stripe.invoices.createPreview({ subscription: subscription.id, subscription_details: change });
      const asked = await ask();
      expect(essence(await ask())).toEqual(essence(asked));
      await stripe.subscriptions.update(subscription.id, change);
      const changed = await stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
      if (changed.latest_invoice && expandedInvoice(changed).id !== subscription.latest_invoice) {
        expect(essence(asked)).toEqual(essence(expandedInvoice(changed)));
        return;
      }
      await to(startsAt + monthSeconds + 2 * 3600);
      const renewed = await stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
      expect(essence(asked)).toEqual(essence(expandedInvoice(renewed)));
    }),
    { numRuns: 25 },
  );
}, 60_000);

describe("a preview", () => {
  it("leaves nothing behind", async () => {
    const customer = await makeCustomer(stripe, "pm_card_visa");
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: prices[0]?.id ?? "" }],
    });
    await world.sandbox.settled();
    const before = await world.eventTypes();
    const preview = await stripe.invoices.createPreview({ subscription: subscription.id });
    expect(preview).toMatchObject({ status: "draft", billing_reason: "upcoming", total: 1000, number: null });
    expect(preview.id).toMatch(/^upcoming_in_/);
    expect(preview.lines.data[0]?.id).toMatch(/^il_tmp_/);
    expect((await stripe.invoices.list({ customer: customer.id })).data).toHaveLength(1);
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      latest_invoice: subscription.latest_invoice,
      items: { data: [{ current_period_end: subscription.items.data[0]?.current_period_end }] },
    });
    expect(await world.eventTypes()).toEqual(before);
  });

  it("shows the credit of ending now, and that nothing comes when it ends at the period's end", async () => {
    const { customer } = await onClock();
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: prices[0]?.id ?? "" }],
    });
    const ended = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: { cancel_now: true, proration_date: startsAt + monthSeconds / 2 },
    });
    expect(ended).toMatchObject({ total: -500, amount_due: 0, ending_balance: -500 });
    await expect(
      stripe.invoices.createPreview({
        subscription: subscription.id,
        subscription_details: { cancel_at_period_end: true },
      }),
    ).rejects.toMatchObject({ statusCode: 404, code: "invoice_upcoming_none" });
  });

  it("tells what a subscription would cost that does not exist, also someone who is no customer", async () => {
    const details = { items: [{ price: prices[1]?.id ?? "", quantity: 2 }] };
    const coupon = await stripe.coupons.create({ percent_off: 50 });
    const preview = await stripe.invoices.createPreview({
      customer_details: { tax_exempt: "none" },
      subscription_details: details,
      discounts: [{ coupon: coupon.id }],
      expand: ["total_discount_amounts.discount.source.coupon"],
    });
    expect(preview.total_discount_amounts?.[0]?.discount).toMatchObject({
      source: { coupon: { id: coupon.id } },
    });
    expect(preview).toMatchObject({ total: 1999, billing_reason: "subscription_create" });
    expect((await stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(0);
  });

  it("recurs without what is billed once", async () => {
    const customer = await makeCustomer(stripe, "pm_card_visa");
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: prices[0]?.id ?? "" }],
    });
    await stripe.invoiceItems.create({ customer: customer.id, amount: 900, currency: "usd" });
    const details = {
      subscription: subscription.id,
      subscription_details: { items: [{ id: subscription.items.data[0]?.id ?? "", quantity: 3 }] },
    };
    const next = await stripe.invoices.createPreview({
      ...details,
      invoice_items: [{ amount: 50, currency: "usd" }],
    });
    expect(next.total).toBe(3000 + 900 + 50 + 2000);
    expect((await stripe.invoices.createPreview({ ...details, preview_mode: "recurring" })).total).toBe(3000);
  });
});
