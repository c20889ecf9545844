import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { latestInvoice, makeClock } from "../../testing/clock";
import { type Started, start } from "../../testing/start";
import { expandedInvoice, makeCustomer, makePrice } from "../../testing/world";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

const card = () => makeCustomer(stripe, "pm_card_visa");
const latest = { expand: ["latest_invoice"] };

async function subscribe(customer: string, given: Partial<Stripe.SubscriptionCreateParams> = {}) {
  const price = await makePrice(stripe);
  return stripe.subscriptions.create({ customer, items: [{ price: price.id }], ...latest, ...given });
}

it("takes a percentage off a subscription's invoice, line by line", async () => {
  const coupon = await stripe.coupons.create({ percent_off: 25, duration: "forever" });
  const subscription = await subscribe((await card()).id, { discounts: [{ coupon: coupon.id }] });
  const invoice = expandedInvoice(subscription);
  const [discount] = subscription.discounts;
  expect(invoice).toMatchObject({
    subtotal: 2000,
    total: 1500,
    amount_paid: 1500,
    discounts: [discount],
    total_discount_amounts: [{ amount: 500, discount }],
    total_pretax_credit_amounts: [{ amount: 500, discount, type: "discount" }],
  });
  expect(invoice.lines.data[0]).toMatchObject({
    amount: 2000,
    subtotal: 2000,
    discounts: [],
    discount_amounts: [{ amount: 500, discount }],
  });
  expect(await stripe.coupons.retrieve(coupon.id)).toMatchObject({ times_redeemed: 1, valid: true });
  expect((await world.eventTypes("customer.subscription.created")).slice(0, 3)).toEqual([
    "customer.subscription.created",
    "customer.discount.created",
    "invoice.created",
  ]);
  const expanded = await stripe.subscriptions.retrieve(subscription.id, {
    expand: ["discounts.source.coupon"],
  });
  expect(expanded.discounts[0]).toMatchObject({
    id: discount,
    subscription: subscription.id,
    end: null,
    source: { type: "coupon", coupon: { id: coupon.id, percent_off: 25 } },
  });
});

it("uses a once coupon up on the first invoice and leaves the renewals alone", async () => {
  const coupon = await stripe.coupons.create({ amount_off: 700, currency: "usd", duration: "once" });
  const subscription = await subscribe((await card()).id, { discounts: [{ coupon: coupon.id }] });
  expect(expandedInvoice(subscription).total).toBe(1300);
  expect(subscription.discounts).toEqual([]);
  for (let month = 0; month < 2; month++) await world.advance(31 * 86_400 + 3700);
  const invoices = await stripe.invoices.list({ subscription: subscription.id });
  expect(invoices.data.map((invoice) => invoice.total)).toEqual([2000, 2000, 1300]);
});

it("keeps a once coupon through a trial that costs nothing", async () => {
  const coupon = await stripe.coupons.create({ percent_off: 50 });
  const subscription = await subscribe((await card()).id, {
    discounts: [{ coupon: coupon.id }],
    trial_period_days: 3,
  });
  expect(subscription.discounts).toHaveLength(1);
  await world.advance(3 * 86_400 + 3700);
  const [invoice] = (await stripe.invoices.list({ subscription: subscription.id })).data;
  expect(invoice).toMatchObject({ total: 1000, status: "paid" });
  expect((await stripe.subscriptions.retrieve(subscription.id)).discounts).toEqual([]);
});

it("discounts every invoice of three months and then ends", async () => {
  const coupon = await stripe.coupons.create({
    percent_off: 10,
    duration: "repeating",
    duration_in_months: 2,
  });
  const subscription = await subscribe((await card()).id, { discounts: [{ coupon: coupon.id }] });
  for (let month = 0; month < 2; month++) await world.advance(31 * 86_400 + 3700);
  const invoices = await stripe.invoices.list({ subscription: subscription.id });
  expect(invoices.data.map((invoice) => invoice.total)).toEqual([2000, 1800, 1800]);
  expect((await stripe.subscriptions.retrieve(subscription.id)).discounts).toEqual([]);
  expect(await world.eventTypes()).toContain("customer.discount.deleted");
});

it("leaves discounts that are not mentioned and clears them on an empty string", async () => {
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: "forever" });
  const { id, discounts } = await subscribe((await card()).id, { discounts: [{ coupon: coupon.id }] });
  expect((await stripe.subscriptions.update(id, { discounts: [] })).discounts).toEqual(discounts);
  const other = await stripe.subscriptions.update(id, {
    discounts: [{ discount: String(discounts[0]) }, { coupon: coupon.id }],
  });
  expect(other.discounts[0]).toBe(discounts[0]);
  expect(other.discounts).toHaveLength(2);
  expect((await stripe.subscriptions.update(id, { discounts: "" })).discounts).toEqual([]);
  const types = await world.eventTypes();
  expect(types.slice(-3).sort()).toEqual([
    "customer.discount.deleted",
    "customer.discount.deleted",
    "customer.subscription.updated",
  ]);
});

it("splits a sum over two items and credits what was really paid for one of them", async () => {
  const coupon = await stripe.coupons.create({ amount_off: 500, currency: "usd", duration: "forever" });
  for (const [mode, credit] of [
    ["flexible", -417],
    ["classic", -250],
  ] as const) {
    const [cheap, dear] = [await makePrice(stripe, { amount: 1000 }), await makePrice(stripe)];
    const { customer } = await makeClock(stripe, { start: Date.UTC(2026, 3, 1) / 1000 });
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      billing_mode: { type: mode },
      items: [{ price: cheap.id }, { price: dear.id }],
      discounts: [{ coupon: coupon.id }],
      ...latest,
    });
    const lines = expandedInvoice(subscription).lines.data;
    expect(lines.map((line) => line.discount_amounts?.[0]?.amount)).toEqual([166, 334]);
    await stripe.subscriptions.update(subscription.id, {
      items: [{ id: subscription.items.data[0]?.id ?? "", deleted: true }],
      proration_date: Date.UTC(2026, 3, 16) / 1000,
    });
    const [item] = (await stripe.invoiceItems.list({ customer: customer.id, pending: true })).data;
    expect(item).toMatchObject({ amount: credit, discountable: false, proration: true });
  }
});

it("puts an item's own discounts first and shows them in the subtotal", async () => {
  const [half, tenth] = await Promise.all([
    stripe.coupons.create({ percent_off: 50, duration: "forever" }),
    stripe.coupons.create({ percent_off: 10, duration: "forever" }),
  ]);
  const price = await makePrice(stripe);
  const subscription = await stripe.subscriptions.create({
    customer: (await card()).id,
    items: [{ price: price.id, discounts: [{ coupon: half.id }] }],
    discounts: [{ coupon: tenth.id }],
    ...latest,
  });
  const own = subscription.items.data[0]?.discounts[0];
  expect(expandedInvoice(subscription)).toMatchObject({ subtotal: 1000, total: 900 });
  expect(expandedInvoice(subscription).lines.data[0]).toMatchObject({
    discounts: [own],
    discount_amounts: [
      { amount: 1000, discount: own },
      { amount: 100, discount: subscription.discounts[0] },
    ],
  });
});

describe("a customer's discount", () => {
  it("is for subscriptions without one of their own, and one-off invoices", async () => {
    const [own, general] = [
      await stripe.coupons.create({ percent_off: 10, duration: "forever" }),
      await stripe.coupons.create({ percent_off: 50, duration: "forever" }),
    ];
    const customer = await card();
    await world.post("/_sandbox/customer_discount", { customer: customer.id, coupon: general.id });
    expect((await stripe.customers.retrieve(customer.id)) as Stripe.Customer).toMatchObject({
      discount: { object: "discount", customer: customer.id, source: { coupon: general.id } },
    });
    const [plain, chosen] = [
      await subscribe(customer.id),
      await subscribe(customer.id, { discounts: [{ coupon: own.id }] }),
    ];
    expect([expandedInvoice(plain).total, expandedInvoice(chosen).total]).toEqual([1000, 1800]);
    const invoice = await stripe.invoices.create({ customer: customer.id });
    expect(invoice.discounts).toHaveLength(1);
    const without = await stripe.invoices.create({ customer: customer.id, discounts: "" });
    expect(without.discounts).toEqual([]);
    await stripe.customers.deleteDiscount(customer.id);
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ discount: null });
    await expect(stripe.customers.deleteDiscount(customer.id)).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe("DELETE discount", () => {
  it("takes the discount off a subscription, once", async () => {
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: "forever" });
    const { id, discounts } = await subscribe((await card()).id, { discounts: [{ coupon: coupon.id }] });
    const gone = await stripe.subscriptions.deleteDiscount(id);
    expect(gone).toMatchObject({ id: discounts[0], deleted: true, subscription: id });
    await expect(stripe.subscriptions.deleteDiscount(id)).rejects.toMatchObject({ statusCode: 404 });
  });
});

it("discounts one-off invoices and single invoice items", async () => {
  const coupon = await stripe.coupons.create({ percent_off: 50 });
  const sum = await stripe.coupons.create({ amount_off: 300, currency: "usd" });
  const customer = await card();
  const invoice = await stripe.invoices.create({
    customer: customer.id,
    discounts: [{ coupon: sum.id }],
  });
  await stripe.invoiceItems.create({
    customer: customer.id,
    invoice: invoice.id,
    amount: 1000,
    currency: "usd",
    discounts: [{ coupon: coupon.id }],
  });
  await stripe.invoiceItems.create({ customer: customer.id, invoice: invoice.id, amount: 800 });
  const draft = await stripe.invoices.retrieve(invoice.id, { expand: ["discounts"] });
  expect(draft).toMatchObject({ subtotal: 1300, total: 1000, discounts: [{ invoice: invoice.id }] });
  expect((await stripe.invoices.update(invoice.id, { discounts: "" })).total).toBe(1300);
  expect((await stripe.invoices.pay(invoice.id)).amount_paid).toBe(1300);
});

it("bills what is bought once together with a subscription, on its first invoice or its next", async () => {
  const once = await makePrice(stripe, { amount: 5000, recurring: null });
  const half = await stripe.coupons.create({ percent_off: 50 });
  const subscription = await subscribe((await card()).id, {
    add_invoice_items: [{ price: once.id, quantity: 2, discounts: [{ coupon: half.id }] }],
  });
  expect(expandedInvoice(subscription)).toMatchObject({ status: "paid", subtotal: 7000, total: 7000 });
  await stripe.subscriptions.update(subscription.id, { add_invoice_items: [{ price: once.id }] });
  expect((await stripe.invoices.createPreview({ subscription: subscription.id })).total).toBe(7000);
});

it("spends a once coupon on the invoice that is finalized first, not on a draft that waits", async () => {
  const { customer, price: plan, to } = await makeClock(stripe);
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: plan.id }],
  });
  const coupon = await stripe.coupons.create({ percent_off: 50 });
  await stripe.subscriptions.update(subscription.id, { discounts: [{ coupon: coupon.id }] });
  const end = subscription.items.data[0]?.current_period_end ?? 0;
  await to(end);
  const draft = await latestInvoice(stripe, subscription.id);
  expect(draft).toMatchObject({ status: "draft", total: 1000 });
  await stripe.invoiceItems.create({ subscription: subscription.id, amount: 600 });
  const extra = await stripe.invoices.create({ subscription: subscription.id });
  expect((await stripe.invoices.finalizeInvoice(extra.id)).total).toBe(300);
  await to(end + 2 * 3600);
  expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({
    total: 2000,
    discounts: [],
    status: "paid",
  });
});
