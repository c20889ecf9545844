import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { day, hour, latestInvoice, makeClock } from "../../testing/clock";
import { type Started, start } from "../../testing/start";
import { makePrice } from "../../testing/world";

const thirtyDays = { interval: "day" as const, interval_count: 30 };
const sixtyDays = { interval: "day" as const, interval_count: 60 };
let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

async function subscribe(mode: "classic" | "flexible" = "flexible", amount = 2000) {
  const made = await makeClock(stripe, { amount, recurring: thirtyDays });
  const subscription = await stripe.subscriptions.create({
    customer: made.customer.id,
    items: [{ price: made.price.id }],
    billing_mode: { type: mode },
  });
  const [item] = subscription.items.data;
  return { ...made, subscription, item: item?.id ?? "", end: item?.current_period_end ?? 0 };
}

const amounts = (invoice: Stripe.Invoice) => invoice.lines.data.map((line) => line.amount);

describe("the billing cycle anchor", () => {
  it.each(["classic", "flexible"] as const)(
    "moves to now when asked, and bills at once (%s)",
    async (mode) => {
      const { subscription, item, clock, to } = await subscribe(mode);
      const longer = await makePrice(stripe, { amount: 6000, recurring: sixtyDays });
      const now = clock.frozen_time + 15 * day;
      await to(now);
      const updated = await stripe.subscriptions.update(subscription.id, {
        items: [{ id: item, price: longer.id }],
        billing_cycle_anchor: { type: "now" },
      });
      expect(updated).toMatchObject({ billing_cycle_anchor: now });
      expect(updated.items.data[0]).toMatchObject({
        current_period_start: now,
        current_period_end: now + 60 * day,
      });
      const invoice = await latestInvoice(stripe, subscription.id);
      expect(invoice).toMatchObject({ total: 5000, status: "paid", billing_reason: "subscription_update" });
      expect(amounts(invoice)).toEqual([-1000, 6000]);
      await to(now + 60 * day + 2 * hour);
      expect(amounts(await latestInvoice(stripe, subscription.id))).toEqual([6000]);
    },
  );

  it("moves by itself with the interval in classic billing", async () => {
    const { subscription, item, clock, to } = await subscribe("classic");
    const longer = await makePrice(stripe, { amount: 6000, recurring: sixtyDays });
    await to(clock.frozen_time + 10 * day);
    const updated = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, price: longer.id }],
      proration_behavior: "none",
    });
    expect(updated.billing_cycle_anchor).toBe(clock.frozen_time + 10 * day);
    expect(amounts(await latestInvoice(stripe, subscription.id))).toEqual([6000]);
  });

  it("stays with another interval in flexible billing: the rest of that period is prorated", async () => {
    const { subscription, customer, item, clock, to } = await subscribe("flexible");
    const longer = await makePrice(stripe, { amount: 6000, recurring: sixtyDays });
    await to(clock.frozen_time + 15 * day);
    const updated = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, price: longer.id }],
    });
    expect(updated.billing_cycle_anchor).toBe(clock.frozen_time);
    expect(updated.items.data[0]?.current_period_end).toBe(clock.frozen_time + 60 * day);
    const pending = await stripe.invoiceItems.list({ customer: customer.id, pending: true });
    expect(pending.data.map((row) => row.amount).reverse()).toEqual([-1000, 4500]);
  });

  it("moves by itself from free to paid in classic billing", async () => {
    const { subscription, item, clock, to } = await subscribe("classic", 0);
    const paid = await makePrice(stripe, { amount: 900, recurring: thirtyDays });
    await to(clock.frozen_time + 10 * day);
    await stripe.subscriptions.update(subscription.id, { items: [{ id: item, price: paid.id }] });
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({ total: 900, status: "paid" });
  });

  it("in the future makes a first part, of which an upgrade is charged its share of a whole period", async () => {
    const { clock, customer, price, to } = await makeClock(stripe, { recurring: thirtyDays });
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      billing_cycle_anchor: clock.frozen_time + 10 * day,
    });
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({ total: 667, status: "paid" });
    await to(clock.frozen_time + 4 * day);
    const item = subscription.items.data[0]?.id ?? "";
    const updated = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, quantity: 2 }],
      proration_behavior: "always_invoice",
    });
    expect(amounts(await latestInvoice(stripe, updated.id))).toEqual([-400, 800]);
  });
});

describe("an ending inside the period", () => {
  it("cuts the period short and gives back the rest, and taking it back bills it again", async () => {
    const { subscription, customer, clock, end } = await subscribe();
    const cut = clock.frozen_time + 20 * day;
    const planned = await stripe.subscriptions.update(subscription.id, { cancel_at: cut });
    expect(planned.items.data[0]?.current_period_end).toBe(cut);
    const undone = await stripe.subscriptions.update(subscription.id, { cancel_at: "" });
    expect(undone).toMatchObject({ cancel_at: null, items: { data: [{ current_period_end: end }] } });
    const pending = await stripe.invoiceItems.list({ customer: customer.id, pending: true });
    expect(pending.data.map((row) => row.amount).reverse()).toEqual([-667, 667]);
  });

  it("in a later period shortens that one, and happens on time", async () => {
    const { subscription, end, to } = await subscribe();
    const cut = end + 15 * day;
    await stripe.subscriptions.update(subscription.id, { cancel_at: cut });
    await to(end + 2 * hour);
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({ total: 1000, status: "paid" });
    await to(cut);
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: "canceled",
      ended_at: cut,
    });
  });
});

describe("a change that waits for its payment", () => {
  async function upgrade() {
    const made = await subscribe();
    const { subscription, customer, item, clock, to } = made;
    const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customer.id });
    await stripe.subscriptions.update(subscription.id, { default_payment_method: bad.id });
    await to(clock.frozen_time + 15 * day);
    const dear = await makePrice(stripe, { amount: 5000, recurring: thirtyDays });
    const updated = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, price: dear.id }],
      payment_behavior: "pending_if_incomplete",
      proration_behavior: "always_invoice",
    });
    return { ...made, updated, dear, now: clock.frozen_time + 15 * day };
  }

  it("leaves all as it was, says what is coming, and is applied once it is paid", async () => {
    const { updated, price, dear, customer, now, end, to } = await upgrade();
    expect(updated).toMatchObject({ status: "active", pending_update: { expires_at: now + 23 * hour } });
    expect(updated.items.data[0]?.price.id).toBe(price.id);
    expect(updated.pending_update?.subscription_items?.[0]?.price.id).toBe(dear.id);
    const open = await latestInvoice(stripe, updated.id);
    expect(open).toMatchObject({ status: "open", total: 1500 });
    const good = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await stripe.invoices.pay(open.id, { payment_method: good.id });
    const applied = await stripe.subscriptions.retrieve(updated.id);
    expect(applied).toMatchObject({ status: "active", pending_update: null });
    expect(applied.items.data[0]?.price.id).toBe(dear.id);
    const types = await world.eventTypes("customer.subscription.pending_update_applied");
    expect(types[1]).toBe("customer.subscription.updated");
    await stripe.subscriptions.update(updated.id, { default_payment_method: good.id });
    await to(end + 2 * hour);
    expect(await latestInvoice(stripe, updated.id)).toMatchObject({ total: 5000, status: "paid" });
  });

  it("is dropped after 23 hours, and its invoice is void", async () => {
    const { updated, price, customer, now, to } = await upgrade();
    await to(now + 24 * hour);
    const kept = await stripe.subscriptions.retrieve(updated.id);
    expect(kept).toMatchObject({ status: "active", pending_update: null });
    expect(kept.items.data[0]?.price.id).toBe(price.id);
    expect((await latestInvoice(stripe, updated.id)).status).toBe("void");
    expect(await world.eventTypes("test_helpers.test_clock.advancing")).toContain(
      "customer.subscription.pending_update_expired",
    );
    await stripe.subscriptions.cancel(updated.id, { prorate: true });
    const [credit] = (await stripe.invoiceItems.list({ customer: customer.id, pending: true })).data;
    expect(credit?.amount).toBe(-Math.round((2000 * 14) / 30));
  });

  it("takes only some parameters", async () => {
    const { subscription } = await subscribe();
    const refused = stripe.subscriptions.update(subscription.id, {
      description: "new",
      payment_behavior: "pending_if_incomplete",
    });
    await expect(refused).rejects.toMatchObject({ statusCode: 400, param: "description" });
  });
});

describe("pausing and resuming", () => {
  it("gives back unused time, stands still, and begins a new period when resumed", async () => {
    const { subscription, customer, clock, end, to } = await subscribe();
    await to(clock.frozen_time + 15 * day);
    const paused = await stripe.subscriptions.pause(subscription.id, { invoicing_behavior: "invoice" });
    expect(paused).toMatchObject({
      status: "paused",
      status_details: { paused: { type: "subscription", subscription: { type: "pause_requested" } } },
    });
    expect((await stripe.customers.retrieve(customer.id)) as Stripe.Customer).toMatchObject({
      balance: -1000,
    });
    await to(end + 10 * day);
    expect((await stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(2);
    const resumed = await stripe.subscriptions.resume(subscription.id);
    expect(resumed).toMatchObject({ status: "active", billing_cycle_anchor: end + 10 * day });
    expect(resumed).not.toHaveProperty("status_details");
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({
      status: "paid",
      total: 2000,
      amount_due: 1000,
    });
    expect(await world.eventTypes("invoice.created")).toContain("customer.subscription.resumed");
  });

  it("stays paused until the resumption is paid, and gives up after 23 hours without an attempt", async () => {
    const { subscription, customer, clock, to } = await subscribe();
    await to(clock.frozen_time + 5 * day);
    await stripe.subscriptions.pause(subscription.id);
    const waiting = await stripe.subscriptions.resume(subscription.id, {
      payment_behavior: "resume_on_payment_success",
    });
    expect(waiting.status).toBe("paused");
    await to(clock.frozen_time + 5 * day + 23 * hour);
    expect((await latestInvoice(stripe, subscription.id)).status).toBe("void");
    const again = await stripe.subscriptions.resume(subscription.id, {
      payment_behavior: "resume_on_payment_success",
    });
    expect(again.status).toBe("paused");
    const { id } = await latestInvoice(stripe, subscription.id);
    await stripe.invoices.pay(id);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
    expect(customer.balance).toBe(0);
  });

  it("keeps the old rhythm when the anchor is unchanged", async () => {
    const { subscription, clock, end, to } = await subscribe();
    await to(clock.frozen_time + 5 * day);
    await stripe.subscriptions.pause(subscription.id, { invoicing_behavior: "invoice" });
    await to(clock.frozen_time + 20 * day);
    const resumed = await stripe.subscriptions.resume(subscription.id, {
      billing_cycle_anchor: { type: "unchanged" },
      proration_behavior: "always_invoice",
    });
    expect(resumed).toMatchObject({ status: "active", billing_cycle_anchor: clock.frozen_time });
    expect(resumed.items.data[0]?.current_period_end).toBe(end);
    expect(amounts(await latestInvoice(stripe, subscription.id))).toEqual([667]);
    await expect(stripe.subscriptions.resume(subscription.id)).rejects.toMatchObject({ statusCode: 400 });
  });
});

describe("items and billing mode", () => {
  it("are created, changed and removed one by one", async () => {
    const { subscription, customer, item } = await subscribe();
    const extra = await makePrice(stripe, { amount: 300, recurring: thirtyDays });
    const added = await stripe.subscriptionItems.create({
      subscription: subscription.id,
      price: extra.id,
      quantity: 2,
      proration_behavior: "always_invoice",
    });
    expect(added).toMatchObject({ object: "subscription_item", quantity: 2, subscription: subscription.id });
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({ total: 600, status: "paid" });
    const changed = await stripe.subscriptionItems.update(item, { quantity: 3, proration_behavior: "none" });
    expect(changed.quantity).toBe(3);
    expect((await stripe.subscriptionItems.retrieve(item)).quantity).toBe(3);
    expect(await stripe.subscriptionItems.del(added.id)).toMatchObject({ id: added.id, deleted: true });
    expect((await stripe.subscriptions.retrieve(subscription.id)).items.data).toHaveLength(1);
    const [credit] = (await stripe.invoiceItems.list({ customer: customer.id, pending: true })).data;
    expect(credit?.amount).toBe(-600);
    await expect(stripe.subscriptionItems.retrieve(added.id)).rejects.toMatchObject({ statusCode: 404 });
  });

  it("migrate from classic to flexible, once", async () => {
    const { subscription } = await subscribe("classic");
    const migrated = await stripe.subscriptions.migrate(subscription.id, {
      billing_mode: { type: "flexible" },
    });
    expect(migrated.billing_mode).toMatchObject({ type: "flexible", updated_at: subscription.created });
    const again = stripe.subscriptions.migrate(subscription.id, { billing_mode: { type: "flexible" } });
    await expect(again).rejects.toMatchObject({ statusCode: 400 });
  });
});
