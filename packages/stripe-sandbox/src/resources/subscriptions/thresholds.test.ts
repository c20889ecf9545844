import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { day, hour, latestInvoice, makeClock } from "../../testing/clock";
import { type Started, start } from "../../testing/start";

let world: Started;
let stripe: Stripe;
let meters = 0;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

/** Ten cents for each call, and a plan of 20.00 beside. */
async function subscribe(more: Partial<Stripe.SubscriptionCreateParams>, usage?: number) {
  meters += 1;
  const meter = await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: `watched_${meters}`,
    default_aggregation: { formula: "sum" },
  });
  const made = await makeClock(stripe);
  const metered = await stripe.prices.create({
    currency: "usd",
    product: String(made.price.product),
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
    unit_amount: 10,
  });
  const subscription = await stripe.subscriptions.create({
    customer: made.customer.id,
    items: [
      { price: made.price.id },
      { price: metered.id, ...(usage && { billing_thresholds: { usage_gte: usage } }) },
    ],
    ...more,
  });
  const use = async (value: number, timestamp: number) => {
    await stripe.billing.meterEvents.create({
      event_name: meter.event_name,
      payload: { stripe_customer_id: made.customer.id, value: String(value) },
      timestamp,
    });
    await world.sandbox.settled();
  };
  const metering = subscription.items.data[1]?.id;
  return { ...made, subscription, use, metering, end: subscription.items.data[0]?.current_period_end ?? 0 };
}

const reasons = async (id: string) =>
  (await stripe.invoices.list({ subscription: id })).data.map((invoice) => invoice.billing_reason).reverse();

it("bills what was used as soon as it comes to the amount, and only the rest at the renewal", async () => {
  const { subscription, clock, use, to, end } = await subscribe({ billing_thresholds: { amount_gte: 5000 } });
  expect(subscription.billing_thresholds).toEqual({ amount_gte: 5000, reset_billing_cycle_anchor: null });
  const now = clock.frozen_time + 5 * day;
  await to(now);
  await use(499, now);
  expect(await reasons(subscription.id)).toEqual(["subscription_create"]);
  await use(1, now);
  const invoice = await latestInvoice(stripe, subscription.id);
  expect(invoice).toMatchObject({
    billing_reason: "subscription_threshold",
    status: "draft",
    total: 5000,
    threshold_reason: { amount_gte: 5000, item_reasons: [] },
  });
  await to(now + 2 * hour);
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: "paid" });
  await use(7, now + hour);
  const upcoming = await stripe.invoices.createPreview({ subscription: subscription.id });
  expect(upcoming.lines.data.map((line) => line.amount)).toEqual([2000, 70]);
  await to(end + 2 * hour);
  const renewal = await latestInvoice(stripe, subscription.id);
  expect(renewal.lines.data.map((line) => [line.amount, line.period.end])).toEqual([
    [2000, expect.any(Number)],
    [70, end],
  ]);
  expect(await reasons(subscription.id)).toEqual([
    "subscription_create",
    "subscription_threshold",
    "subscription_cycle",
  ]);
});

it("begins a new period when asked to", async () => {
  const { subscription, clock, use, to } = await subscribe({
    billing_thresholds: { amount_gte: 1000, reset_billing_cycle_anchor: true },
  });
  const now = clock.frozen_time + 3 * day;
  await to(now);
  await use(100, now);
  const moved = await stripe.subscriptions.retrieve(subscription.id);
  expect(moved.billing_cycle_anchor).toBe(now);
  expect(moved.items.data.map((item) => item.current_period_start)).toEqual([now, now]);
  const lines = (await latestInvoice(stripe, subscription.id)).lines.data.map((line) => line.amount);
  expect(lines).toEqual([-1806, 2000, 1000]);
});

it("watches the usage of an item", async () => {
  const { subscription, clock, use, metering } = await subscribe({}, 50);
  expect(subscription.items.data[1]?.billing_thresholds).toEqual({ usage_gte: 50 });
  await use(60, clock.frozen_time);
  const invoice = await latestInvoice(stripe, subscription.id);
  const [line] = invoice.lines.data;
  expect(invoice).toMatchObject({
    total: 600,
    threshold_reason: { amount_gte: null, item_reasons: [{ line_item_ids: [line?.id], usage_gte: 50 }] },
  });
  expect(line?.parent?.subscription_item_details?.subscription_item).toBe(metering);
  await expect(
    stripe.subscriptionItems.update(subscription.items.data[0]?.id ?? "", {
      billing_thresholds: { usage_gte: 1 },
    }),
  ).rejects.toMatchObject({ statusCode: 400, param: "items[0][billing_thresholds]" });
});
