import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { day, hour, latestInvoice, makeClock } from "../../testing/clock";
import { type Started, start } from "../../testing/start";
import { expandedInvoice, makeCustomer, makePrice } from "../../testing/world";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

const at = (text: string) => Date.parse(text) / 1000;
const shown = (invoice: Stripe.Invoice) =>
  invoice.lines.data.map(({ amount, period }) => [amount, period.start, period.end]);

describe("price_data of an item", () => {
  it("makes a price for this subscription, and another for a change", async () => {
    const customer = await makeCustomer(stripe, "pm_card_visa");
    const product = await stripe.products.create({ name: "Tailored" });
    const monthly = (unit_amount: number): Stripe.SubscriptionCreateParams.Item.PriceData => ({
      currency: "usd",
      product: product.id,
      recurring: { interval: "month" },
      unit_amount,
    });
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price_data: monthly(1234) }],
      expand: ["latest_invoice"],
    });
    const [item] = subscription.items.data;
    expect(item?.price).toMatchObject({ active: false, unit_amount: 1234, product: product.id });
    expect(expandedInvoice(subscription)).toMatchObject({ status: "paid", total: 1234 });
    await expect(
      stripe.subscriptions.create({ customer: customer.id, items: [{ price: item?.price.id ?? "" }] }),
    ).rejects.toMatchObject({ statusCode: 400, param: "items[0][price]" });
    const changed = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: item?.id ?? "", price_data: monthly(2000), quantity: 2 }],
      proration_behavior: "always_invoice",
      expand: ["latest_invoice"],
    });
    expect(changed.items.data).toMatchObject([{ id: item?.id, quantity: 2, price: { unit_amount: 2000 } }]);
    expect(expandedInvoice(changed).lines.data.map((line) => line.amount)).toEqual([-1234, 4000]);
    const both = { price: item?.price.id ?? "", price_data: monthly(1) };
    await expect(
      stripe.subscriptions.update(subscription.id, { items: [{ id: item?.id ?? "", ...both }] }),
    ).rejects.toMatchObject({ code: "parameters_exclusive", param: "items[0][price_data]" });
    const preview = await stripe.invoices.createPreview({
      customer: customer.id,
      subscription_details: { items: [{ price_data: monthly(777) }] },
    });
    expect(preview.total).toBe(777);
  });
});

describe("billing_cycle_anchor_config", () => {
  it("anchors to a day of the month, and keeps to it in months that are long enough", async () => {
    const { customer, price, to } = await makeClock(stripe, {
      start: at("2026-02-14T06:00:00Z"),
      amount: 2800,
    });
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      billing_cycle_anchor_config: { day_of_month: 31, hour: 6, minute: 0, second: 0 },
      expand: ["latest_invoice"],
    });
    const config = { day_of_month: 31, hour: 6, minute: 0, month: null, second: 0 };
    expect(subscription).toMatchObject({
      billing_cycle_anchor: at("2026-02-28T06:00:00Z"),
      billing_cycle_anchor_config: config,
    });
    const whole = at("2026-02-28T06:00:00Z") - at("2026-01-31T06:00:00Z");
    expect(expandedInvoice(subscription).total).toBe(Math.round((2800 * 14 * day) / whole));
    await to(at("2026-02-28T08:00:00Z"));
    const [item] = (await stripe.subscriptions.retrieve(subscription.id)).items.data;
    expect(item).toMatchObject({
      current_period_start: at("2026-02-28T06:00:00Z"),
      current_period_end: at("2026-03-31T06:00:00Z"),
    });
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({ total: 2800, status: "paid" });
  });

  it("is refused with an anchor, out of its range, or for weeks", async () => {
    const customer = await makeCustomer(stripe, "pm_card_visa");
    const weekly = await makePrice(stripe, { recurring: { interval: "week" } });
    const price = await makePrice(stripe);
    const create = (id: string, more: Partial<Stripe.SubscriptionCreateParams>) =>
      stripe.subscriptions.create({ customer: customer.id, items: [{ price: id }], ...more });
    const config = { billing_cycle_anchor_config: { day_of_month: 1 } };
    await expect(create(weekly.id, config)).rejects.toMatchObject({ param: "billing_cycle_anchor_config" });
    await expect(
      create(price.id, { billing_cycle_anchor_config: { day_of_month: 32 } }),
    ).rejects.toMatchObject({ param: "billing_cycle_anchor_config[day_of_month]" });
    const anchor = Math.floor(Date.now() / 1000) + day;
    await expect(create(price.id, { ...config, billing_cycle_anchor: anchor })).rejects.toMatchObject({
      code: "parameters_exclusive",
    });
  });
});

describe("backdate_start_date", () => {
  const began = at("2026-01-15T00:00:00Z");
  const now = at("2026-03-01T00:00:00Z");

  async function backdated(more: Partial<Stripe.SubscriptionCreateParams>) {
    const { customer, price } = await makeClock(stripe, { start: now, amount: 3100 });
    return stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      backdate_start_date: began,
      expand: ["latest_invoice"],
      ...more,
    });
  }

  it("bills each natural period that is over, and the one that begins (flexible)", async () => {
    const subscription = await backdated({});
    expect(subscription).toMatchObject({ start_date: began, billing_cycle_anchor: now, status: "active" });
    expect(shown(expandedInvoice(subscription))).toEqual([
      [1700, began, at("2026-02-01T00:00:00Z")],
      [3100, at("2026-02-01T00:00:00Z"), now],
      [3100, now, at("2026-04-01T00:00:00Z")],
    ]);
  });

  it("bills the time that is over in one line, in months counted from its start (classic)", async () => {
    const subscription = await backdated({ billing_mode: { type: "classic" } });
    expect(shown(expandedInvoice(subscription))).toEqual([
      [3100 + 1550, began, now],
      [3100, now, at("2026-04-01T00:00:00Z")],
    ]);
  });

  it("joins a period that is under way when the anchor is ahead, and is free with none", async () => {
    const anchor = at("2026-03-15T00:00:00Z");
    const joined = await backdated({ billing_cycle_anchor: anchor });
    expect(shown(expandedInvoice(joined))).toEqual([
      [3100, began, at("2026-02-15T00:00:00Z")],
      [3100, at("2026-02-15T00:00:00Z"), anchor],
    ]);
    const free = await backdated({ proration_behavior: "none" });
    expect(free.start_date).toBe(began);
    expect(expandedInvoice(free).total).toBe(3100);
    await expect(backdated({ backdate_start_date: now + 1 })).rejects.toMatchObject({
      param: "backdate_start_date",
    });
  });
});

describe("pending_invoice_item_interval", () => {
  it("bills what waits between renewals", async () => {
    const { customer, price, clock, to } = await makeClock(stripe);
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      pending_invoice_item_interval: { interval: "week" },
    });
    const first = clock.frozen_time + 7 * day;
    expect(subscription).toMatchObject({
      pending_invoice_item_interval: { interval: "week", interval_count: 1 },
      next_pending_invoice_item_invoice: first,
    });
    await to(first + 2 * hour);
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({
      billing_reason: "subscription_create",
    });
    await stripe.invoiceItems.create({ customer: customer.id, amount: 300, currency: "usd" });
    await to(first + 7 * day + 2 * hour);
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({
      billing_reason: "automatic_pending_invoice_item_invoice",
      status: "paid",
      total: 300,
      created: first + 7 * day,
    });
    const moved = await stripe.subscriptions.update(subscription.id, { pending_invoice_item_interval: "" });
    expect(moved).toMatchObject({
      pending_invoice_item_interval: null,
      next_pending_invoice_item_invoice: null,
    });
    await expect(
      stripe.subscriptions.update(subscription.id, { pending_invoice_item_interval: { interval: "year" } }),
    ).rejects.toMatchObject({ param: "pending_invoice_item_interval" });
  });
});

it("invoice_settings are on every invoice of the subscription", async () => {
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: (await makePrice(stripe)).id }],
    invoice_settings: {
      custom_fields: [{ name: "Order", value: "17" }],
      description: "Thank you",
      footer: "Small print",
    },
    expand: ["latest_invoice"],
  });
  const said = {
    custom_fields: [{ name: "Order", value: "17" }],
    description: "Thank you",
    footer: "Small print",
  };
  expect(subscription.invoice_settings).toMatchObject({ ...said, issuer: { type: "self" } });
  expect(expandedInvoice(subscription)).toMatchObject(said);
});

it("days_until_due belong to invoices that are sent", async () => {
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const items = [{ price: (await makePrice(stripe)).id }];
  await expect(
    stripe.subscriptions.create({ customer: customer.id, items, days_until_due: 7 }),
  ).rejects.toMatchObject({ param: "days_until_due" });
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items });
  await expect(stripe.subscriptions.update(id, { collection_method: "send_invoice" })).rejects.toMatchObject({
    code: "parameter_missing",
    param: "days_until_due",
  });
  const sent = await stripe.subscriptions.update(id, {
    collection_method: "send_invoice",
    days_until_due: 7,
  });
  expect(sent).toMatchObject({ collection_method: "send_invoice", days_until_due: 7 });
  const charged = await stripe.subscriptions.update(id, { collection_method: "charge_automatically" });
  expect(charged).toMatchObject({ collection_method: "charge_automatically", days_until_due: null });
});
