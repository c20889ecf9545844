import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { day, hour, latestInvoice, makeClock } from "../../testing/clock";
import { type Started, start } from "../../testing/start";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

async function subscribe(
  given: Parameters<typeof makeClock>[1] = {},
  more: Partial<Stripe.SubscriptionCreateParams> = {},
) {
  const made = await makeClock(stripe, given);
  const subscription = await stripe.subscriptions.create({
    customer: made.customer.id,
    items: [{ price: made.price.id }],
    ...more,
  });
  const end = subscription.items.data[0]?.current_period_end ?? 0;
  return { ...made, subscription, end };
}

/** What time caused, without what the bank reports in its own time. */
async function eventsSince(type: string): Promise<string[]> {
  const types = await world.eventTypes(type);
  return types.filter((one) => !["charge.updated", "invoice_payment.paid"].includes(one));
}

describe("a renewal", () => {
  it("is a draft for an hour, then finalized and paid", async () => {
    const { subscription, customer, end, to } = await subscribe();
    await stripe.invoiceItems.create({ customer: customer.id, amount: 300, currency: "usd" });
    await to(end);
    const draft = await latestInvoice(stripe, subscription.id);
    expect(draft).toMatchObject({
      status: "draft",
      billing_reason: "subscription_cycle",
      auto_advance: true,
      attempted: false,
      attempt_count: 0,
      number: null,
      effective_at: null,
      created: end,
      automatically_finalizes_at: end + hour,
      next_payment_attempt: end + hour,
      period_start: subscription.start_date,
      period_end: end,
      total: 2300,
    });
    expect(draft.lines.data.map((line) => [line.amount, line.period.start])).toEqual([
      [300, subscription.start_date],
      [2000, end],
    ]);
    expect((await eventsSince("test_helpers.test_clock.advancing")).slice(1)).toEqual([
      "invoice.upcoming",
      "customer.subscription.updated",
      "invoice.created",
      "test_helpers.test_clock.ready",
    ]);
    await to(end + 2 * hour);
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({
      id: draft.id,
      status: "paid",
      attempted: true,
      attempt_count: 1,
      amount_paid: 2300,
      next_payment_attempt: null,
      status_transitions: { finalized_at: end + hour, paid_at: end + hour },
    });
    expect((await eventsSince("test_helpers.test_clock.advancing")).slice(1)).toEqual([
      "payment_intent.created",
      "invoice.finalized",
      "charge.succeeded",
      "payment_intent.succeeded",
      "invoice.paid",
      "invoice.payment_succeeded",
      "test_helpers.test_clock.ready",
    ]);
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: "active" });
  });

  it("is announced seven days before, with what it will come to", async () => {
    const { end, to } = await subscribe();
    await to(end - 6 * day);
    const [event] = (await stripe.events.list({ type: "invoice.upcoming", limit: 1 })).data;
    expect(event).toMatchObject({ created: end - 7 * day, request: { id: null } });
    const invoice = event?.data.object as Stripe.Invoice;
    expect(invoice).not.toHaveProperty("id");
    expect(invoice).toMatchObject({
      billing_reason: "upcoming",
      total: 2000,
      status: "draft",
      period_end: end,
    });
  });

  it("of a sent invoice is finalized, sent, and past due when its time is over", async () => {
    const { subscription, end, to } = await subscribe(
      { card: null },
      { collection_method: "send_invoice", days_until_due: 10 },
    );
    expect(subscription.status).toBe("active");
    await stripe.invoices.pay(String(subscription.latest_invoice), { paid_out_of_band: true });
    await to(end + 2 * hour);
    const invoice = await latestInvoice(stripe, subscription.id);
    expect(invoice).toMatchObject({ status: "open", due_date: end + 10 * day, next_payment_attempt: null });
    expect(await world.eventTypes("invoice.created")).toContain("invoice.sent");
    await to(end + 11 * day);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("past_due");
    await stripe.invoices.pay(invoice.id, { paid_out_of_band: true });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
  });

  it("keeps items with different intervals on their own periods, in flexible billing only", async () => {
    const { customer, price, clock, to } = await makeClock(stripe);
    const weekly = await stripe.prices.create({
      product: String(price.product),
      currency: "usd",
      unit_amount: 500,
      recurring: { interval: "week" },
    });
    const items = [{ price: price.id }, { price: weekly.id }];
    const classic = stripe.subscriptions.create({
      customer: customer.id,
      items,
      billing_mode: { type: "classic" },
    });
    await expect(classic).rejects.toMatchObject({ statusCode: 400, param: "items" });
    const subscription = await stripe.subscriptions.create({ customer: customer.id, items });
    await to(clock.frozen_time + 8 * day);
    const renewed = await stripe.subscriptions.retrieve(subscription.id);
    expect(renewed.items.data.map((item) => item.current_period_start)).toEqual([
      clock.frozen_time,
      clock.frozen_time + 7 * day,
    ]);
    expect((await latestInvoice(stripe, subscription.id)).total).toBe(500);
  });
});

describe("pause_collection", () => {
  it.each([
    ["keep_as_draft", "draft"],
    ["void", "void"],
    ["mark_uncollectible", "uncollectible"],
  ] as const)("%s leaves a renewal %s, and the subscription as it was", async (behavior, status) => {
    const { subscription, end, to } = await subscribe();
    const resumes = end + 20 * day;
    const paused = await stripe.subscriptions.update(subscription.id, {
      pause_collection: { behavior, resumes_at: resumes },
    });
    expect(paused).toMatchObject({ status: "active", pause_collection: { behavior, resumes_at: resumes } });
    await to(end + 2 * hour);
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({
      status,
      auto_advance: false,
      attempted: false,
    });
    await to(resumes);
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: "active",
      pause_collection: null,
    });
  });

  it("is ended by an empty value", async () => {
    const { subscription } = await subscribe();
    await stripe.subscriptions.update(subscription.id, { pause_collection: { behavior: "void" } });
    const resumed = await stripe.subscriptions.update(subscription.id, { pause_collection: "" });
    expect(resumed.pause_collection).toBeNull();
  });
});

describe("a trial", () => {
  it("of one day is announced at once, ends, and is paid an hour later", async () => {
    const { subscription, to, clock } = await subscribe({}, { trial_period_days: 1 });
    const types = await world.eventTypes("customer.subscription.created");
    expect(types).toContain("customer.subscription.trial_will_end");
    const end = clock.frozen_time + day;
    expect(subscription).toMatchObject({ status: "trialing", trial_end: end, billing_cycle_anchor: end });
    await to(end);
    expect((await eventsSince("test_helpers.test_clock.advancing")).slice(1, 3)).toEqual([
      "customer.subscription.updated",
      "invoice.created",
    ]);
    const active = await stripe.subscriptions.retrieve(subscription.id);
    expect(active).toMatchObject({ status: "active", billing_cycle_anchor: end });
    expect(active.items.data[0]?.current_period_start).toBe(end);
    await to(end + 2 * hour);
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({
      status: "paid",
      billing_reason: "subscription_cycle",
      total: 2000,
    });
  });

  it("is announced three days before its end", async () => {
    const { to, clock } = await subscribe({}, { trial_period_days: 10 });
    await to(clock.frozen_time + 8 * day);
    const [event] = (await stripe.events.list({ type: "customer.subscription.trial_will_end", limit: 1 }))
      .data;
    expect(event?.created).toBe(clock.frozen_time + 7 * day);
  });

  it.each([
    ["pause", "paused", "customer.subscription.paused"],
    ["cancel", "canceled", "customer.subscription.deleted"],
  ] as const)("without a card and %s ends %s and bills nothing", async (behavior, status, event) => {
    const { subscription, to, clock } = await subscribe(
      { card: null },
      { trial_period_days: 5, trial_settings: { end_behavior: { missing_payment_method: behavior } } },
    );
    await to(clock.frozen_time + 5 * day + 2 * hour);
    const ended = await stripe.subscriptions.retrieve(subscription.id);
    expect(ended).toMatchObject({ status, latest_invoice: subscription.latest_invoice });
    expect(ended.status_details?.paused.subscription.type).toBe(
      behavior === "pause" ? "trial_end_without_payment_method" : undefined,
    );
    expect(await world.eventTypes("test_helpers.test_clock.advancing")).toContain(event);
  });

  it("without a card goes on by default, and is past due when nothing can be charged", async () => {
    const { subscription, to, clock } = await subscribe({ card: null }, { trial_period_days: 5 });
    await to(clock.frozen_time + 5 * day);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
    await to(clock.frozen_time + 5 * day + 2 * hour);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("past_due");
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({ status: "open", attempt_count: 1 });
    const types = await world.eventTypes("test_helpers.test_clock.advancing");
    expect(types).toContain("invoice.payment_failed");
    expect(types).not.toContain("charge.failed");
  });

  it("ends now when asked to: announced, billed and paid in the request", async () => {
    const { subscription, to, clock } = await subscribe({}, { trial_period_days: 30 });
    await to(clock.frozen_time + 10 * day);
    const ended = await stripe.subscriptions.update(subscription.id, {
      trial_end: "now",
      expand: ["latest_invoice"],
    });
    const now = clock.frozen_time + 10 * day;
    expect(ended).toMatchObject({ status: "active", trial_end: now, billing_cycle_anchor: now });
    expect(ended.latest_invoice).toMatchObject({
      status: "paid",
      total: 2000,
      billing_reason: "subscription_update",
    });
    expect((await world.eventTypes("customer.subscription.trial_will_end"))[0]).toBe(
      "customer.subscription.trial_will_end",
    );
  });

  it("moves, and can begin later: unused time is given back", async () => {
    const { subscription, to, clock, end } = await subscribe({
      recurring: { interval: "day", interval_count: 30 },
    });
    await to(clock.frozen_time + 15 * day);
    const later = clock.frozen_time + 25 * day;
    const trialing = await stripe.subscriptions.update(subscription.id, {
      trial_end: later,
      expand: ["latest_invoice"],
    });
    expect(trialing).toMatchObject({ status: "trialing", trial_end: later, billing_cycle_anchor: later });
    expect((trialing.latest_invoice as Stripe.Invoice).lines.data.map((line) => line.amount)).toEqual([
      -1000, 0,
    ]);
    const moved = await stripe.subscriptions.update(subscription.id, { trial_end: end });
    expect(moved).toMatchObject({
      trial_end: end,
      latest_invoice: (trialing.latest_invoice as Stripe.Invoice).id,
    });
    expect(moved.items.data[0]?.current_period_end).toBe(end);
  });
});
