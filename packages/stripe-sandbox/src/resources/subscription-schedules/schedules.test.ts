import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { day, hour, latestInvoice, makeClock } from "../../testing/clock";
import { type Started, start } from "../../testing/start";
import { makePrice } from "../../testing/world";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

async function subscribe(amount = 2000) {
  const made = await makeClock(stripe, { amount });
  const subscription = await stripe.subscriptions.create({
    customer: made.customer.id,
    items: [{ price: made.price.id }],
  });
  const [item] = subscription.items.data;
  return { ...made, subscription, item: item?.id ?? "", end: item?.current_period_end ?? 0 };
}

type Phase = Stripe.SubscriptionScheduleUpdateParams.Phase;

/** Now as it is, and another price from the end of the period. */
function downgrade(schedule: Stripe.SubscriptionSchedule, price: string, more: Partial<Phase> = {}): Phase[] {
  const [current] = schedule.phases;
  if (!current) throw new Error("The schedule has no phase");
  return [
    {
      items: current.items.map((item) => ({ price: String(item.price), quantity: item.quantity ?? 1 })),
      start_date: current.start_date,
      end_date: current.end_date,
    },
    {
      items: [{ price }],
      duration: { interval: "month", interval_count: 1 },
      proration_behavior: "none",
      ...more,
    },
  ];
}

describe("a downgrade at the end of the period", () => {
  it("waits in the second phase, is billed at the boundary, and lets go in the end", async () => {
    const { subscription, item, end, to } = await subscribe();
    const cheap = await makePrice(stripe, { amount: 500 });
    const created = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
    expect(created).toMatchObject({
      status: "active",
      end_behavior: "release",
      subscription: subscription.id,
      current_phase: { start_date: subscription.start_date, end_date: end },
    });
    expect((await world.eventTypes("subscription_schedule.created")).slice(0, 2)).toEqual([
      "subscription_schedule.created",
      "customer.subscription.updated",
    ]);
    const planned = await stripe.subscriptionSchedules.update(created.id, {
      phases: downgrade(created, cheap.id),
    });
    expect(planned.phases.map((phase) => phase.items[0]?.price)).toEqual([
      subscription.items.data[0]?.price.id,
      cheap.id,
    ]);
    const expanded = await stripe.subscriptions.retrieve(subscription.id, { expand: ["schedule"] });
    expect(expanded).toMatchObject({
      schedule: { id: created.id, object: "subscription_schedule" },
      cancel_at: null,
    });
    await to(end + 2 * hour);
    const switched = await stripe.subscriptions.retrieve(subscription.id);
    expect(switched.items.data).toMatchObject([
      { id: item, price: { id: cheap.id }, current_period_start: end },
    ]);
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({
      total: 500,
      status: "paid",
      billing_reason: "subscription_cycle",
    });
    const types = await world.eventTypes("test_helpers.test_clock.advancing");
    const boundary = types.indexOf("subscription_schedule.updated");
    expect(boundary).toBeGreaterThan(0);
    expect(types.indexOf("invoice.created")).toBeGreaterThan(boundary);
    await to((switched.items.data[0]?.current_period_end ?? 0) + 2 * hour);
    expect(await stripe.subscriptionSchedules.retrieve(created.id)).toMatchObject({
      status: "released",
      subscription: null,
      released_subscription: subscription.id,
      current_phase: null,
    });
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: "active",
      schedule: null,
    });
    expect((await latestInvoice(stripe, subscription.id)).total).toBe(500);
    expect(await world.eventTypes("test_helpers.test_clock.advancing")).toContain(
      "subscription_schedule.released",
    );
  });

  it("can be taken back by releasing the schedule", async () => {
    const { subscription, price, end, to } = await subscribe();
    const cheap = await makePrice(stripe, { amount: 500 });
    const created = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
    await stripe.subscriptionSchedules.update(created.id, { phases: downgrade(created, cheap.id) });
    expect(await stripe.subscriptionSchedules.release(created.id)).toMatchObject({ status: "released" });
    await to(end + 2 * hour);
    const kept = await stripe.subscriptions.retrieve(subscription.id);
    expect(kept).toMatchObject({ status: "active", schedule: null });
    expect(kept.items.data[0]?.price.id).toBe(price.id);
    await expect(stripe.subscriptionSchedules.release(created.id)).rejects.toMatchObject({ statusCode: 400 });
  });

  it("from a month to a year begins the year at the boundary", async () => {
    const { subscription, end, to } = await subscribe();
    const yearly = await makePrice(stripe, { amount: 9000, recurring: { interval: "year" } });
    const created = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
    await stripe.subscriptionSchedules.update(created.id, {
      phases: downgrade(created, yearly.id, { duration: { interval: "year" } }),
    });
    await to(end + 2 * hour);
    const switched = await stripe.subscriptions.retrieve(subscription.id);
    expect(switched.items.data[0]).toMatchObject({ current_period_start: end });
    expect(new Date((switched.items.data[0]?.current_period_end ?? 0) * 1000).getUTCFullYear()).toBe(2027);
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({ total: 9000, status: "paid" });
  });
});

describe("a schedule", () => {
  it("that cancels in the end announces it, completes and ends the subscription", async () => {
    const { subscription, price, end, to } = await subscribe();
    const created = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
    const [current, next] = downgrade(created, price.id);
    await stripe.subscriptionSchedules.update(created.id, {
      phases: [current as Phase, next as Phase],
      end_behavior: "cancel",
    });
    const last = (await stripe.subscriptionSchedules.retrieve(created.id)).phases[1]?.end_date ?? 0;
    expect((await stripe.subscriptions.retrieve(subscription.id)).cancel_at).toBe(last);
    const direct = stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    await expect(direct).rejects.toMatchObject({ statusCode: 400, param: "cancel_at_period_end" });
    await to(end + 2 * hour);
    await to(last);
    expect((await stripe.subscriptionSchedules.retrieve(created.id)).status).toBe("completed");
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: "canceled",
      ended_at: last,
    });
    const types = await world.eventTypes("test_helpers.test_clock.advancing");
    expect(types.filter((type) => type.includes("schedule") || type.endsWith("deleted"))).toEqual([
      "subscription_schedule.expiring",
      "subscription_schedule.completed",
      "customer.subscription.deleted",
    ]);
  });

  it("takes its subscription along when it is canceled, with a last invoice", async () => {
    const { subscription, clock, to } = await subscribe();
    const created = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
    await to(clock.frozen_time + 10 * day);
    expect(await stripe.subscriptionSchedules.cancel(created.id)).toMatchObject({ status: "canceled" });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
    expect((await latestInvoice(stripe, subscription.id)).total).toBe(-Math.round((2000 * 21) / 31));
  });

  it("is aborted when its subscription ends without payment", async () => {
    const { subscription, customer, end, to } = await subscribe();
    const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customer.id });
    await stripe.subscriptions.update(subscription.id, { default_payment_method: bad.id });
    const created = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
    await stripe.subscriptionSchedules.update(created.id, {
      phases: downgrade(created, (await makePrice(stripe, { amount: 700 })).id, {
        duration: { interval: "month", interval_count: 6 },
      }),
    });
    await to(end + 20 * day);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
    expect((await stripe.subscriptionSchedules.retrieve(created.id)).status).toBe("canceled");
    expect(await world.eventTypes("test_helpers.test_clock.advancing")).toContain(
      "subscription_schedule.aborted",
    );
  });

  it("made from nothing starts its subscription when its time comes, with a draft first", async () => {
    const { clock, customer, price, to } = await makeClock(stripe);
    const begins = clock.frozen_time + 5 * day;
    const schedule = await stripe.subscriptionSchedules.create({
      customer: customer.id,
      start_date: begins,
      end_behavior: "release",
      phases: [
        { items: [{ price: price.id, quantity: 2 }], duration: { interval: "month", interval_count: 3 } },
        {
          items: [{ price: price.id, quantity: 5 }],
          duration: { interval: "month" },
          metadata: { size: "5" },
        },
      ],
    });
    expect(schedule).toMatchObject({ status: "not_started", subscription: null, current_phase: null });
    expect(
      (await stripe.subscriptionSchedules.list({ customer: customer.id, scheduled: true })).data,
    ).toHaveLength(1);
    await to(begins);
    const running = await stripe.subscriptionSchedules.retrieve(schedule.id);
    expect(running.status).toBe("active");
    const id = String(running.subscription);
    expect(await latestInvoice(stripe, id)).toMatchObject({
      status: "draft",
      total: 4000,
      billing_reason: "subscription_create",
    });
    await to(begins + 2 * hour);
    expect(await latestInvoice(stripe, id)).toMatchObject({ status: "paid" });
    await to(begins + 59 * day);
    await to(begins + 91 * day);
    const bigger = await stripe.subscriptions.retrieve(id);
    expect(bigger).toMatchObject({ metadata: { size: "5" }, items: { data: [{ quantity: 5 }] } });
  });

  it("changes its current phase at once, with prorations", async () => {
    const { subscription, clock, customer, to } = await subscribe();
    const cheap = await makePrice(stripe, { amount: 500 });
    const created = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
    await to(clock.frozen_time + 10 * day);
    const [current] = downgrade(created, cheap.id);
    await stripe.subscriptionSchedules.update(created.id, {
      phases: [{ ...(current as Phase), items: [{ price: cheap.id }] }],
      proration_behavior: "create_prorations",
    });
    expect((await stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.price.id).toBe(cheap.id);
    const pending = await stripe.invoiceItems.list({ customer: customer.id, pending: true });
    expect(pending.data.map((item) => item.amount).reverse()).toEqual([
      -Math.round((2000 * 21) / 31),
      Math.round((500 * 21) / 31),
    ]);
  });

  it("refuses what Stripe refuses", async () => {
    const { subscription, price, customer } = await subscribe();
    const both = stripe.subscriptionSchedules.create({
      from_subscription: subscription.id,
      phases: [{ items: [{ price: price.id }], duration: { interval: "month" } }],
    });
    await expect(both).rejects.toMatchObject({ statusCode: 400, param: "phases" });
    const endless = stripe.subscriptionSchedules.create({
      customer: customer.id,
      start_date: "now",
      phases: [{ items: [{ price: price.id }] }],
    });
    await expect(endless).rejects.toMatchObject({ statusCode: 400, code: "parameter_missing" });
    const iterations = { items: [{ price: price.id }], iterations: 3 };
    const old = stripe.subscriptionSchedules.create({
      customer: customer.id,
      start_date: "now",
      phases: [iterations],
    });
    await expect(old).rejects.toMatchObject({ statusCode: 400, code: "parameter_unknown" });
    const created = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
    const again = stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
    await expect(again).rejects.toMatchObject({ statusCode: 400 });
    await expect(stripe.subscriptions.pause(subscription.id)).rejects.toMatchObject({ statusCode: 400 });
    const late = stripe.subscriptionSchedules.update(created.id, {
      phases: [{ items: [{ price: price.id }], duration: { interval: "month" } }],
    });
    await expect(late).rejects.toMatchObject({ statusCode: 400, param: "phases[0][start_date]" });
  });
});
