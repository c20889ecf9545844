import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Started, start } from "../../testing/start";
import { expandedInvoice, makeCustomer, makePrice } from "../../testing/world";

const thirtyDays = { interval: "day" as const, interval_count: 30 };
const day = 86_400;
let world: Started;
let stripe: Stripe;
let ten: Stripe.Price;
let twenty: Stripe.Price;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
  ten = await makePrice(stripe, { amount: 1000, recurring: thirtyDays });
  twenty = await makePrice(stripe, { amount: 2000, recurring: thirtyDays });
});
afterAll(() => world.sandbox.close());

async function subscribe(
  price: Stripe.Price,
  mode: "classic" | "flexible" = "flexible",
  card = "pm_card_visa",
) {
  const customer = await makeCustomer(stripe, card);
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    billing_mode: { type: mode },
  });
  return { customer, subscription, item: subscription.items.data[0]?.id ?? "" };
}

async function linesOfLatest(subscription: Stripe.Subscription) {
  const invoice = expandedInvoice(subscription);
  return { invoice, amounts: invoice.lines.data.map((line) => line.amount) };
}

describe("prorations", () => {
  it.each(["classic", "flexible"] as const)(
    "credits what was billed: -667 +333 = -334 (%s)",
    async (mode) => {
      const { customer, subscription, item } = await subscribe(twenty, mode);
      const updated = await stripe.subscriptions.update(subscription.id, {
        items: [{ id: item, price: ten.id }],
        proration_behavior: "always_invoice",
        proration_date: subscription.start_date + 20 * day,
        expand: ["latest_invoice"],
      });
      const { invoice, amounts } = await linesOfLatest(updated);
      expect(amounts).toEqual([-667, 333]);
      expect(invoice).toMatchObject({
        total: -334,
        amount_due: 0,
        status: "paid",
        billing_reason: "subscription_update",
      });
      expect(invoice.lines.data[0]?.parent?.subscription_item_details).toMatchObject({
        proration: true,
        subscription_item: item,
      });
      expect((await stripe.customers.retrieve(customer.id)) as Stripe.Customer).toMatchObject({
        balance: -334,
      });
    },
  );

  it.each([
    ["classic", [-667, 333], -334],
    ["flexible", [-333, 333], 0],
  ] as const)(
    "after an upgrade with none, %s comes to the documented amounts",
    async (mode, lines, total) => {
      const { subscription, item } = await subscribe(ten, mode);
      await stripe.subscriptions.update(subscription.id, {
        items: [{ id: item, price: twenty.id }],
        proration_behavior: "none",
      });
      const updated = await stripe.subscriptions.update(subscription.id, {
        items: [{ id: item, price: ten.id }],
        proration_behavior: "always_invoice",
        proration_date: subscription.start_date + 20 * day,
        expand: ["latest_invoice"],
      });
      const { invoice, amounts } = await linesOfLatest(updated);
      expect(amounts).toEqual(lines);
      expect(invoice.total).toBe(total);
    },
  );

  it("names the credited line, and the pending item when that was never invoiced", async () => {
    const { customer, subscription, item } = await subscribe(ten);
    const at = subscription.start_date + 15 * day;
    await stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, quantity: 2 }],
      proration_date: at,
    });
    await stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, quantity: 3 }],
      proration_date: at,
    });
    const pending = await stripe.invoiceItems.list({ customer: customer.id, pending: true });
    expect(pending.data.map((row) => row.amount).reverse()).toEqual([-500, 1000, -1000, 1500]);
    const credits = pending.data
      .filter((row) => row.amount < 0)
      .map((row) => row.proration_details?.credited_items?.type);
    expect(credits.reverse()).toEqual(["invoice_line_items", "invoice_item"]);
  });

  it("makes no items at the end of the period, and refuses a date outside it", async () => {
    const { customer, subscription, item } = await subscribe(ten);
    const end = subscription.items.data[0]?.current_period_end ?? 0;
    await stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, quantity: 5 }],
      proration_date: end,
    });
    expect((await stripe.invoiceItems.list({ customer: customer.id })).data).toEqual([]);
    const outside = stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, quantity: 6 }],
      proration_date: end + 1,
    });
    await expect(outside).rejects.toMatchObject({ statusCode: 400, param: "proration_date" });
  });
});

describe("changes", () => {
  it("resets the quantity when the price changes without one, and adds an item without an id", async () => {
    const { subscription, item } = await subscribe(ten);
    await stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, quantity: 4 }],
      proration_behavior: "none",
    });
    const switched = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, price: twenty.id }],
      proration_behavior: "none",
    });
    expect(switched.items.data[0]).toMatchObject({ quantity: 1, price: { id: twenty.id } });
    const added = await stripe.subscriptions.update(subscription.id, {
      items: [{ price: ten.id }],
      proration_behavior: "none",
    });
    expect(added.items.data).toHaveLength(2);
    const items = await stripe.subscriptionItems.list({ subscription: subscription.id });
    expect(items.data.map((row) => row.price.id)).toEqual([twenty.id, ten.id]);
    const removed = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, deleted: true }],
      proration_behavior: "none",
    });
    expect(removed.items.data).toHaveLength(1);
  });

  it("stays changed and past due when the payment of an upgrade fails, unless told to fail", async () => {
    const { customer, subscription, item } = await subscribe(ten);
    const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customer.id });
    await stripe.subscriptions.update(subscription.id, { default_payment_method: bad.id });
    const change = { items: [{ id: item, price: twenty.id }], proration_behavior: "always_invoice" as const };
    const strict = stripe.subscriptions.update(subscription.id, {
      ...change,
      payment_behavior: "error_if_incomplete",
    });
    await expect(strict).rejects.toMatchObject({ statusCode: 402, code: "card_declined" });
    expect((await stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.price.id).toBe(ten.id);
    const lenient = await stripe.subscriptions.update(subscription.id, change);
    expect(lenient).toMatchObject({ status: "past_due" });
    expect(lenient.items.data[0]?.price.id).toBe(twenty.id);
    await stripe.invoices.pay(String(lenient.latest_invoice), {
      payment_method: customer.invoice_settings.default_payment_method as string,
    });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
  });

  it("says nothing when nothing changed", async () => {
    const { subscription } = await subscribe(ten);
    const before = await stripe.events.list({ limit: 1 });
    await stripe.subscriptions.update(subscription.id, { metadata: {} });
    expect(
      (await stripe.events.list({ type: "customer.subscription.updated", ending_before: before.data[0]?.id }))
        .data,
    ).toEqual([]);
  });
});

describe("ending", () => {
  it("plans the end, takes it back, and ends on time", async () => {
    const { subscription } = await subscribe(ten);
    const end = subscription.items.data[0]?.current_period_end ?? 0;
    const planned = await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    expect(planned).toMatchObject({ status: "active", cancel_at: end, cancel_at_period_end: true });
    expect(planned.canceled_at).not.toBeNull();
    const undone = await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: false });
    expect(undone).toMatchObject({ cancel_at: null, canceled_at: null, cancel_at_period_end: false });
    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    await world.advance(end - planned.start_date + 60);
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: "canceled",
      ended_at: end,
    });
    const [last] = (await stripe.events.list({ type: "customer.subscription.deleted", limit: 1 })).data;
    expect(last?.data.object).toMatchObject({ id: subscription.id, status: "canceled" });
  });

  it("cancels now, keeps the words of the customer, and cannot be revived", async () => {
    const { customer, subscription } = await subscribe(ten);
    const canceled = await stripe.subscriptions.cancel(subscription.id, {
      cancellation_details: { comment: "too far", feedback: "unused" },
    });
    expect(canceled).toMatchObject({
      status: "canceled",
      cancellation_details: { comment: "too far", feedback: "unused", reason: "cancellation_requested" },
    });
    await expect(stripe.subscriptions.cancel(subscription.id)).rejects.toMatchObject({ statusCode: 404 });
    await expect(
      stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true }),
    ).rejects.toMatchObject({ statusCode: 400 });
    expect((await stripe.subscriptions.list({ customer: customer.id })).data).toEqual([]);
    expect((await stripe.subscriptions.list({ customer: customer.id, status: "ended" })).data).toHaveLength(
      1,
    );
  });

  it("gives back unused time on a last invoice when asked", async () => {
    const { subscription } = await subscribe(ten);
    await world.advance(15 * day);
    const canceled = await stripe.subscriptions.cancel(subscription.id, {
      prorate: true,
      invoice_now: true,
      expand: ["latest_invoice"],
    });
    const invoice = expandedInvoice(canceled);
    expect(invoice.status).toBe("draft");
    expect(invoice.total).toBeLessThan(-490);
  });

  it("ends subscriptions with their customer, who stays as a stub", async () => {
    const { customer, subscription } = await subscribe(ten);
    await stripe.customers.del(customer.id);
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ id: customer.id, deleted: true });
    expect(
      (await stripe.subscriptions.retrieve(subscription.id, { expand: ["customer"] })).customer,
    ).toMatchObject({ deleted: true });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
  });
});
