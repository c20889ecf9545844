import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { day, hour, latestInvoice, makeClock } from "../../testing/clock";
import { type Started, start } from "../../testing/start";
import { expandedInvoice, makePrice } from "../../testing/world";

let world: Started;
let stripe: Stripe;
let meters = 0;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

const lines = (invoice: Stripe.Invoice) =>
  invoice.lines.data.map(({ amount, description }) => [amount, description]);

async function metered(mode: "classic" | "flexible", licensed: boolean) {
  meters += 1;
  const meter = await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: `left_${meters}`,
    default_aggregation: { formula: "sum" },
  });
  const made = await makeClock(stripe);
  const calls = await stripe.prices.create({
    currency: "usd",
    product: String(made.price.product),
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
    unit_amount: 10,
  });
  const subscription = await stripe.subscriptions.create({
    customer: made.customer.id,
    items: [...(licensed ? [{ price: made.price.id }] : []), { price: calls.id }],
    billing_mode: { type: mode },
    expand: ["latest_invoice"],
  });
  const use = (value: number, timestamp: number) =>
    stripe.billing.meterEvents.create({
      event_name: meter.event_name,
      payload: { stripe_customer_id: made.customer.id, value: String(value) },
      timestamp,
    });
  const end = subscription.items.data[0]?.current_period_end ?? 0;
  return { ...made, calls, meter, subscription, item: subscription.items.data.at(-1)?.id ?? "", end, use };
}

describe("a metered item", () => {
  it("shows nothing used on the first invoice of classic billing, and no invoice in flexible billing", async () => {
    const { subscription } = await metered("classic", false);
    expect(expandedInvoice(subscription)).toMatchObject({ status: "paid", total: 0 });
    expect(lines(expandedInvoice(subscription))).toHaveLength(1);
    expect((await metered("flexible", false)).subscription.latest_invoice).toBeNull();
  });

  it("leaves its usage to be billed when it goes (flexible)", async () => {
    const { subscription, item, clock, end, use, to, customer } = await metered("flexible", true);
    const now = clock.frozen_time + 10 * day;
    await to(now);
    await use(25, now - hour);
    await stripe.subscriptionItems.del(item);
    const [left] = (await stripe.invoiceItems.list({ customer: customer.id, pending: true })).data;
    expect(left).toMatchObject({ amount: 250, quantity: 25, proration: false, period: { end: now } });
    await to(end + 2 * hour);
    expect((await latestInvoice(stripe, subscription.id)).lines.data.map((line) => line.amount)).toEqual([
      250, 2000,
    ]);
  });

  it("is billed at the price that was in force (flexible)", async () => {
    const { subscription, item, clock, end, use, to, meter, price } = await metered("flexible", false);
    const dear = await stripe.prices.create({
      currency: "usd",
      product: String(price.product),
      recurring: { interval: "month", usage_type: "metered", meter: meter.id },
      unit_amount: 30,
    });
    const now = clock.frozen_time + 10 * day;
    await to(now);
    await use(4, now - hour);
    await stripe.subscriptions.update(subscription.id, { items: [{ id: item, price: dear.id }] });
    await use(2, now + 60);
    await to(end + 2 * hour);
    const amounts = (await latestInvoice(stripe, subscription.id)).lines.data.map((line) => line.amount);
    expect(amounts).toEqual([40, 60]);
  });
});

it("lists what waited and the items newest first, a credit before its debit", async () => {
  const { customer, price, clock, to } = await makeClock(stripe);
  const [small, big] = [await makePrice(stripe, { amount: 500 }), await makePrice(stripe, { amount: 4000 })];
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  await stripe.invoiceItems.create({ customer: customer.id, amount: 100, currency: "usd" });
  await to(clock.frozen_time + 10 * day);
  await stripe.subscriptionItems.create({
    subscription: subscription.id,
    price: small.id,
    proration_behavior: "none",
  });
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: subscription.items.data[0]?.id ?? "", price: big.id }],
  });
  await to((subscription.items.data[0]?.current_period_end ?? 0) + 2 * hour);
  const amounts = (await latestInvoice(stripe, subscription.id)).lines.data.map((line) => line.amount);
  expect(amounts).toEqual([-1355, 2710, 100, 500, 4000]);
});

it("add_invoice_items can say for which time they are", async () => {
  const { customer, price, clock } = await makeClock(stripe);
  const setup = await makePrice(stripe, { amount: 700, recurring: null });
  const until = clock.frozen_time + 5 * day;
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    add_invoice_items: [
      {
        price: setup.id,
        period: { start: { type: "max_item_period_start" }, end: { type: "timestamp", timestamp: until } },
      },
    ],
    expand: ["latest_invoice"],
  });
  expect(expandedInvoice(subscription).lines.data[0]).toMatchObject({
    amount: 700,
    period: { start: clock.frozen_time, end: until },
  });
});
