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

const at = (text: string) => Date.parse(text) / 1000;
const month = { interval: "month", interval_count: 1 } as const;
const amounts = (invoice: Stripe.Invoice) => invoice.lines.data.map((line) => line.amount);

type Phase = Stripe.SubscriptionScheduleCreateParams.Phase;

async function scheduled(
  phases: (price: string) => Phase[],
  more: Partial<Stripe.SubscriptionScheduleCreateParams> = {},
) {
  const made = await makeClock(stripe, { start: at("2026-01-15T00:00:00Z"), amount: 3000 });
  const schedule = await stripe.subscriptionSchedules.create({
    customer: made.customer.id,
    start_date: "now",
    phases: phases(made.price.id),
    ...more,
  });
  return { ...made, schedule, subscription: String(schedule.subscription) };
}

describe("a phase", () => {
  it("brings its own items, things bought once, price_data, coupon, metadata and texts", async () => {
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: "forever" });
    const product = await stripe.products.create({ name: "Made to measure" });
    const setup = await makePrice(stripe, { amount: 700, recurring: null });
    const inline: Stripe.SubscriptionScheduleCreateParams.Phase.Item.PriceData = {
      currency: "usd",
      product: product.id,
      recurring: { interval: "month" },
      unit_amount: 5000,
    };
    const { schedule, subscription, to } = await scheduled(
      (price): Phase[] => [
        {
          items: [{ price }],
          duration: month,
          add_invoice_items: [{ price: setup.id, metadata: { kind: "setup" } }],
          metadata: { phase: "first", keep: "yes" },
        },
        {
          items: [{ price_data: inline, metadata: { tier: "big" } }],
          duration: month,
          discounts: [{ coupon: coupon.id }],
          metadata: { phase: "second" },
          invoice_settings: { footer: "From the second phase on" },
          proration_behavior: "none",
        },
        { items: [{ price }], duration: month },
      ],
      { default_settings: { description: "Planned", collection_method: "charge_automatically" } },
    );
    expect(schedule.phases[0]?.add_invoice_items).toMatchObject([
      {
        price: setup.id,
        quantity: 1,
        metadata: { kind: "setup" },
        period: { start: { type: "max_item_period_start" }, end: { type: "min_item_period_end" } },
      },
    ]);
    expect(await latestInvoice(stripe, subscription)).toMatchObject({
      status: "draft",
      billing_reason: "subscription_create",
      total: 3700,
    });
    await to(at("2026-02-15T02:00:00Z"));
    const second = await stripe.subscriptions.retrieve(subscription, { expand: ["discounts"] });
    expect(second).toMatchObject({ metadata: { phase: "second", keep: "yes" }, description: "Planned" });
    expect(second.items.data[0]).toMatchObject({
      price: { unit_amount: 5000, active: false },
      metadata: { tier: "big" },
    });
    expect(second.discounts).toMatchObject([{ source: { coupon: coupon.id } }]);
    expect(await latestInvoice(stripe, subscription)).toMatchObject({
      total: 2500,
      status: "paid",
      footer: "From the second phase on",
    });
    await to(at("2026-03-15T02:00:00Z"));
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({ discounts: [] });
    expect(await latestInvoice(stripe, subscription)).toMatchObject({ total: 3000, status: "paid" });
  });

  it.each([
    ["none", [], 0],
    ["create_prorations", [-1500, 3000], 0],
    ["always_invoice", [-1500, 3000], 1500],
  ] as const)("inside a period is prorated as it says (%s)", async (behavior, lines, charged) => {
    const dear = await makePrice(stripe, {
      amount: 6000,
      recurring: { interval: "day", interval_count: 30 },
    });
    const made = await makeClock(stripe, {
      start: at("2026-01-15T00:00:00Z"),
      amount: 3000,
      recurring: { interval: "day", interval_count: 30 },
    });
    const now = made.clock.frozen_time;
    const schedule = await stripe.subscriptionSchedules.create({
      customer: made.customer.id,
      start_date: "now",
      phases: [
        { items: [{ price: made.price.id }], end_date: now + 15 * day },
        { items: [{ price: dear.id }], end_date: now + 90 * day, proration_behavior: behavior },
      ],
    });
    const subscription = String(schedule.subscription);
    await made.to(now + 15 * day + 2 * hour);
    const items = await stripe.invoiceItems.list({ customer: made.customer.id });
    expect(items.data.map((item) => item.amount).reverse()).toEqual(lines);
    const latest = await latestInvoice(stripe, subscription);
    expect(latest.total).toBe(charged || 3000);
    await made.to(now + 30 * day + 2 * hour);
    const renewal = await latestInvoice(stripe, subscription);
    expect(amounts(renewal)).toEqual(behavior === "create_prorations" ? [...lines, 6000] : [6000]);
  });

  it("starts a new period with billing_cycle_anchor phase_start", async () => {
    const { schedule, subscription, to } = await scheduled((price) => [
      { items: [{ price }], end_date: at("2026-02-01T00:00:00Z") },
      { items: [{ price, quantity: 2 }], duration: month, billing_cycle_anchor: "phase_start" },
    ]);
    expect(schedule.phases[1]?.billing_cycle_anchor).toBe("phase_start");
    await to(at("2026-02-01T02:00:00Z"));
    const moved = await stripe.subscriptions.retrieve(subscription);
    expect(moved.billing_cycle_anchor).toBe(at("2026-02-01T00:00:00Z"));
    expect(moved.items.data[0]).toMatchObject({
      quantity: 2,
      current_period_start: at("2026-02-01T00:00:00Z"),
      current_period_end: at("2026-03-01T00:00:00Z"),
    });
    expect((await latestInvoice(stripe, subscription)).lines.data.map((line) => line.amount)).toEqual([
      -1355, 6000,
    ]);
  });

  it("can be a trial, and the next one is paid", async () => {
    const { schedule, subscription, to } = await scheduled((price) => [
      { items: [{ price }], duration: { interval: "day", interval_count: 14 }, trial: true },
      { items: [{ price }], duration: month },
    ]);
    expect(schedule.phases[0]).toMatchObject({ trial: true, trial_end: schedule.phases[0]?.end_date });
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({ status: "trialing" });
    await to(at("2026-01-29T02:00:00Z"));
    const paid = await stripe.subscriptions.retrieve(subscription);
    expect(paid).toMatchObject({ status: "active", billing_cycle_anchor: at("2026-01-29T00:00:00Z") });
    expect(await latestInvoice(stripe, subscription)).toMatchObject({ total: 3000, status: "paid" });
  });
});

describe("a schedule", () => {
  it("that began in the past bills the time since, and is in the phase of now", async () => {
    const { schedule, subscription, to } = await scheduled(
      (price) => [
        { items: [{ price, quantity: 3 }], end_date: at("2025-12-15T00:00:00Z") },
        { items: [{ price }], end_date: at("2026-03-15T00:00:00Z") },
      ],
      { start_date: at("2025-11-15T00:00:00Z") },
    );
    expect(schedule).toMatchObject({
      status: "active",
      current_phase: { start_date: at("2025-12-15T00:00:00Z"), end_date: at("2026-03-15T00:00:00Z") },
    });
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({
      start_date: at("2025-11-15T00:00:00Z"),
      billing_cycle_anchor: at("2025-11-15T00:00:00Z"),
    });
    expect(amounts(await latestInvoice(stripe, subscription))).toEqual([3000, 3000, 3000]);
    await to(at("2026-02-15T02:00:00Z"));
    expect(await latestInvoice(stripe, subscription)).toMatchObject({ total: 3000, status: "paid" });
  });

  it("must not be over before it begins", async () => {
    await expect(
      scheduled((price) => [{ items: [{ price }], duration: month }], {
        start_date: at("2025-01-01T00:00:00Z"),
      }),
    ).rejects.toMatchObject({ statusCode: 400, param: "phases" });
  });

  it("must name what exists", async () => {
    const named = (more: Partial<Phase>) =>
      scheduled((price) => [{ items: [{ price }], duration: month, ...more }]);
    await expect(named({ discounts: [{ coupon: "nope" }] })).rejects.toMatchObject({
      code: "resource_missing",
      param: "phases[0][discounts][0][coupon]",
    });
    await expect(named({ default_payment_method: "pm_nope" })).rejects.toMatchObject({
      code: "resource_missing",
    });
  });

  it("keeps a direct change for the phase that runs, and refuses a direct ending", async () => {
    const dear = await makePrice(stripe, { amount: 9000 });
    const { schedule, subscription, to } = await scheduled((price) => [
      { items: [{ price }], duration: month },
      { items: [{ price, quantity: 2 }], duration: month },
    ]);
    const [item] = (await stripe.subscriptions.retrieve(subscription)).items.data;
    await stripe.subscriptions.update(subscription, {
      items: [{ id: item?.id ?? "", price: dear.id }],
      proration_behavior: "none",
    });
    const shown = await stripe.subscriptionSchedules.retrieve(schedule.id);
    expect(shown.phases.map((phase) => phase.items[0]?.price)).toEqual([dear.id, item?.price.id]);
    const ending = "updating any cancelation behavior directly is not allowed";
    await expect(
      stripe.subscriptions.update(subscription, { cancel_at_period_end: true }),
    ).rejects.toMatchObject({ statusCode: 400, message: expect.stringContaining(ending) });
    await to(at("2026-02-15T02:00:00Z"));
    expect(await latestInvoice(stripe, subscription)).toMatchObject({ total: 6000 });
  });

  it("pauses its subscription and resumes it", async () => {
    const { schedule, subscription, to } = await scheduled(
      (price) => [{ items: [{ price }], duration: { interval: "year" } }],
      {
        pause_schedules: [
          {
            pause: { pause_at: { type: "timestamp", timestamp: at("2026-01-25T00:00:00Z") } },
            resume: { resume_at: { type: "duration", duration: month } },
          },
        ],
      },
    );
    expect(schedule.pause_schedules).toMatchObject([
      {
        pause: { pause_at: at("2026-01-25T00:00:00Z"), status: { type: "scheduled" } },
        resume: { resume_at: at("2026-02-25T00:00:00Z"), status: { type: "scheduled" } },
      },
    ]);
    await to(at("2026-01-26T00:00:00Z"));
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({ status: "paused" });
    await to(at("2026-02-25T02:00:00Z"));
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({
      status: "active",
      billing_cycle_anchor: at("2026-02-25T00:00:00Z"),
    });
    const [done] = (await stripe.subscriptionSchedules.retrieve(schedule.id)).pause_schedules;
    expect([done?.pause.status.type, done?.resume?.status.type]).toEqual(["succeeded", "succeeded"]);
    const cleared = await stripe.subscriptionSchedules.update(schedule.id, { pause_schedules: "" });
    expect(cleared.pause_schedules).toEqual([]);
  });
});

describe("a preview of schedule_details", () => {
  it("shows the next invoice of phases that are only imagined", async () => {
    const { customer, price, schedule, subscription, to } = await scheduled((id) => [
      { items: [{ price: id }], duration: month },
    ]);
    await to(at("2026-01-16T00:00:00Z"));
    const phases: Stripe.InvoiceCreatePreviewParams.ScheduleDetails.Phase[] = [
      { items: [{ price: price.id }], start_date: schedule.phases[0]?.start_date ?? 0, duration: month },
      { items: [{ price: price.id, quantity: 3 }], duration: month, proration_behavior: "none" },
    ];
    const preview = await stripe.invoices.createPreview({
      schedule: schedule.id,
      schedule_details: { phases },
    });
    expect([preview.total, preview.period_start]).toEqual([9000, at("2026-01-15T00:00:00Z")]);
    expect((await stripe.subscriptionSchedules.retrieve(schedule.id)).phases).toHaveLength(1);
    const imagined = await stripe.invoices.createPreview({
      customer: customer.id,
      schedule_details: { phases: [{ items: [{ price: price.id, quantity: 5 }], duration: month }] },
    });
    expect(imagined.total).toBe(15_000);
    const later = await stripe.subscriptionSchedules.create({
      customer: customer.id,
      start_date: at("2026-05-01T00:00:00Z"),
      phases: [{ items: [{ price: price.id, quantity: 4 }], duration: month }],
    });
    expect((await stripe.invoices.createPreview({ schedule: later.id })).total).toBe(12_000);
    expect(await stripe.subscriptions.list({ customer: customer.id })).toMatchObject({
      data: [{ id: subscription }],
    });
  });
});

it("goes on without what has expired, was archived or taken away since it was planned", async () => {
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: "forever" });
  const rate = await stripe.taxRates.create({ display_name: "VAT", percentage: 20, inclusive: false });
  const gone = await stripe.paymentMethods.create({ type: "card", card: { token: "tok_visa" } });
  const made = await makeClock(stripe, { start: at("2026-01-15T00:00:00Z"), amount: 3000 });
  await stripe.paymentMethods.attach(gone.id, { customer: made.customer.id });
  const items = [{ price: made.price.id }];
  const schedule = await stripe.subscriptionSchedules.create({
    customer: made.customer.id,
    start_date: "now",
    phases: [
      { items, duration: month },
      {
        items: [{ price: made.price.id, quantity: 2, tax_rates: [rate.id] }],
        duration: month,
        discounts: [{ coupon: coupon.id }],
        default_payment_method: gone.id,
        default_tax_rates: [rate.id],
        automatic_tax: { enabled: true },
      },
    ],
  });
  await stripe.coupons.del(coupon.id);
  await stripe.taxRates.update(rate.id, { active: false });
  await stripe.paymentMethods.detach(gone.id);
  await made.to(at("2026-02-15T02:00:00Z"));
  const subscription = String(schedule.subscription);
  expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({
    discounts: [],
    default_payment_method: null,
    automatic_tax: { enabled: true },
    items: { data: [{ quantity: 2, current_period_start: at("2026-02-15T00:00:00Z") }] },
  });
  expect(await latestInvoice(stripe, subscription)).toMatchObject({
    status: "draft",
    total: 6000,
    last_finalization_error: { code: "customer_tax_location_invalid" },
  });
});
