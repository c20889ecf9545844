import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { day, latestInvoice, makeClock } from "../../testing/clock";
import { type Started, start } from "../../testing/start";
import { makePrice } from "../../testing/world";

const thirtyDays = { interval: "day" as const, interval_count: 30 };
let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

type Shown = "included" | "itemized";

/** 20.00 with ten percent and 1.00 off, then 50.00 in the middle of the period. */
async function upgraded(shown: Shown) {
  const [tenth, euro] = [
    await stripe.coupons.create({ percent_off: 10, duration: "forever" }),
    await stripe.coupons.create({ amount_off: 100, currency: "usd", duration: "forever" }),
  ];
  const made = await makeClock(stripe, { amount: 2000, recurring: thirtyDays });
  const dear = await makePrice(stripe, { amount: 5000, recurring: thirtyDays });
  const subscription = await stripe.subscriptions.create({
    customer: made.customer.id,
    items: [{ price: made.price.id }],
    billing_mode: { type: "flexible", flexible: { proration_discounts: shown } },
    discounts: [{ coupon: tenth.id }, { coupon: euro.id }],
  });
  const [item] = subscription.items.data;
  await made.to(made.clock.frozen_time + 15 * day);
  const change = {
    items: [{ id: item?.id ?? "", price: dear.id }],
    proration_behavior: "always_invoice" as const,
  };
  const preview = await stripe.invoices.createPreview({
    subscription: subscription.id,
    subscription_details: { ...change, proration_date: made.clock.frozen_time + 15 * day },
  });
  await stripe.subscriptions.update(subscription.id, change);
  return {
    ...made,
    subscription,
    preview,
    invoice: await latestInvoice(stripe, subscription.id),
    dear,
    item,
  };
}

it("shows prorations before discounts, and the discounts beside, with the same total", async () => {
  const [plain, itemized] = [await upgraded("included"), await upgraded("itemized")];
  const lines = itemized.invoice.lines.data;
  expect(plain.invoice.lines.data.map((line) => line.amount)).toEqual([-850, 2200]);
  expect(lines.map((line) => line.amount)).toEqual([-1000, 2500]);
  expect(lines.map((line) => line.discount_amounts?.map(({ amount }) => amount))).toEqual([
    [-100, -50],
    [250, 50],
  ]);
  expect(lines.map((line) => line.discounts.length)).toEqual([2, 2]);
  expect([plain.invoice.total, itemized.invoice.total]).toEqual([1350, 1350]);
  expect(itemized.invoice).toMatchObject({ subtotal: 1500, status: "paid" });
  expect(itemized.invoice.total_discount_amounts?.map(({ amount }) => amount)).toEqual([150, 0]);
  expect(itemized.preview.lines.data.map((line) => [line.amount, line.discount_amounts])).toEqual(
    lines.map((line) => [line.amount, line.discount_amounts]),
  );
  const items = await stripe.invoiceItems.list({ customer: itemized.customer.id });
  const [debit, credit] = items.data;
  expect(debit?.proration_details).toMatchObject({ credited_items: null });
  expect(credit?.proration_details).toMatchObject({
    credited_items: { type: "invoice_line_items", invoice_line_item_details: expect.any(Object) },
    discount_amounts: [{ amount: -100 }, { amount: -50 }],
  });
});

it("gives back what the prorated line really cost", async () => {
  const { subscription, clock, customer, to } = await upgraded("itemized");
  await to(clock.frozen_time + 20 * day);
  await stripe.subscriptions.cancel(subscription.id, { prorate: true });
  const items = await stripe.invoiceItems.list({ customer: customer.id, pending: true });
  expect(items.data.map((item) => [item.amount, item.proration_details?.discount_amounts])).toMatchObject([
    [-1667, [{ amount: -167 }, { amount: -33 }]],
  ]);
});

it("can be asked for later, and not be taken back", async () => {
  const made = await makeClock(stripe);
  const create = { customer: made.customer.id, items: [{ price: made.price.id }] };
  const subscription = await stripe.subscriptions.create(create);
  const mode = (shown: Shown) => ({
    billing_mode: { type: "flexible" as const, flexible: { proration_discounts: shown } },
  });
  const migrated = await stripe.subscriptions.migrate(subscription.id, mode("itemized"));
  expect(migrated.billing_mode).toMatchObject({ flexible: { proration_discounts: "itemized" } });
  await expect(stripe.subscriptions.migrate(subscription.id, mode("included"))).rejects.toMatchObject({
    statusCode: 400,
  });
  await expect(
    stripe.subscriptions.create({
      ...create,
      billing_mode: { type: "classic", flexible: { proration_discounts: "itemized" } },
    }),
  ).rejects.toMatchObject({ param: "billing_mode[flexible]" });
});
