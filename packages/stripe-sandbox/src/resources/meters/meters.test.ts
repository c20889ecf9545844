import Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { clientOf, type Started, start } from "../../testing/start";
import { eventsOf, makeCustomer, makePrice } from "../../testing/world";

let world: Started;
let stripe: Stripe;
const daySeconds = 24 * 60 * 60;
let meters = 0;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

async function makeMeter(formula: "sum" | "count" | "last" = "sum") {
  meters += 1;
  return stripe.billing.meters.create({
    display_name: "Calls",
    event_name: `calls_${meters}`,
    default_aggregation: { formula },
  });
}

const now = () => Math.floor(Date.now() / 1000);

function report(meter: Stripe.Billing.Meter, customer: string, value: string, more: object = {}) {
  return stripe.billing.meterEvents.create({
    event_name: meter.event_name,
    payload: { stripe_customer_id: customer, value },
    ...more,
  });
}

async function usage(meter: string, customer: string, given: object = {}) {
  const end = Math.ceil((now() + 600) / 60) * 60;
  const range = { customer, start_time: end - 36 * daySeconds, end_time: end, ...given };
  return (await stripe.billing.meters.listEventSummaries(meter, range)).data;
}

it("lives: created, renamed, deactivated, reactivated", async () => {
  const meter = await makeMeter();
  expect(meter).toMatchObject({
    object: "billing.meter",
    status: "active",
    customer_mapping: { type: "by_id", event_payload_key: "stripe_customer_id" },
    value_settings: { event_payload_key: "value" },
    event_time_window: null,
    status_transitions: { deactivated_at: null },
  });
  const again = { display_name: "B", event_name: meter.event_name, default_aggregation: { formula: "sum" } };
  await expect(stripe.billing.meters.create(again)).rejects.toMatchObject({ param: "event_name" });
  await stripe.billing.meters.update(meter.id, { display_name: "API calls" });
  expect((await stripe.billing.meters.deactivate(meter.id)).status).toBe("inactive");
  const customer = await makeCustomer(stripe);
  await expect(report(meter, customer.id, "1")).rejects.toMatchObject({ code: "archived_meter" });
  const recurring = { interval: "month", usage_type: "metered", meter: meter.id } as const;
  await expect(makePrice(stripe, { recurring })).rejects.toMatchObject({ param: "recurring[meter]" });
  await stripe.billing.meters.reactivate(meter.id);
  expect((await stripe.billing.meters.list({ status: "inactive" })).data).toEqual([]);
  expect(await eventsOf(stripe, meter.id)).toEqual([
    "billing.meter.created",
    "billing.meter.updated",
    "billing.meter.deactivated",
    "billing.meter.reactivated",
  ]);
});

it.each([
  ["sum", 37.5],
  ["count", 3],
  ["last", 2.5],
] as const)("aggregates by %s", async (formula, expected) => {
  const [meter, customer] = [await makeMeter(formula), await makeCustomer(stripe)];
  await report(meter, customer.id, "2.5", { timestamp: now() - 60 });
  await report(meter, customer.id, "25", { timestamp: now() - 3600 });
  await report(meter, customer.id, "10", { timestamp: now() - 7200 });
  const [row] = await usage(meter.id, customer.id);
  expect(row).toMatchObject({
    object: "billing.meter_event_summary",
    aggregated_value: expected,
    meter: meter.id,
  });
});

it("refuses what is too old, too early or not a number, and counts an identifier once", async () => {
  const [meter, customer] = [await makeMeter(), await makeCustomer(stripe)];
  const send = (value: string, more?: object) => report(meter, customer.id, value, more);
  await expect(send("1", { timestamp: now() - 36 * daySeconds })).rejects.toMatchObject({
    statusCode: 400,
    code: "timestamp_too_far_in_past",
  });
  await expect(send("1", { timestamp: now() + 400 })).rejects.toMatchObject({ code: "timestamp_in_future" });
  await send("1", { timestamp: now() + 200 });
  await send("1", { timestamp: now() - 35 * daySeconds + 60 });
  await expect(send("many")).rejects.toMatchObject({ code: "meter_event_invalid_value" });
  await expect(send("1234567890123456")).rejects.toMatchObject({ code: "meter_event_value_too_many_digits" });
  await expect(report(meter, "cus_none", "1")).rejects.toMatchObject({
    code: "meter_event_customer_not_found",
  });
  const first = await send("5", { identifier: "once" });
  expect(first).toMatchObject({ object: "billing.meter_event", identifier: "once", payload: { value: "5" } });
  expect(first).not.toHaveProperty("id");
  await expect(send("5", { identifier: "once" })).rejects.toMatchObject({
    statusCode: 400,
    param: "identifier",
  });
  expect((await usage(meter.id, customer.id))[0]?.aggregated_value).toBe(7);
});

it("groups by hour and day in UTC, start inclusive, end exclusive", async () => {
  const [meter, customer] = [await makeMeter(), await makeCustomer(stripe)];
  const day = Math.floor(now() / daySeconds) * daySeconds - daySeconds;
  for (const [offset, value] of [
    [0, "1"],
    [3599, "2"],
    [3600, "4"],
    [daySeconds, "8"],
  ] as const)
    await report(meter, customer.id, value, { timestamp: day + offset - daySeconds });
  const range = { start_time: day - daySeconds, end_time: day };
  const hours = await usage(meter.id, customer.id, { ...range, value_grouping_window: "hour" });
  expect(hours.map((row) => [row.start_time - day + daySeconds, row.aggregated_value])).toEqual([
    [3600, 4],
    [0, 3],
  ]);
  const days = await usage(meter.id, customer.id, { ...range, value_grouping_window: "day" });
  expect(days.map((row) => row.aggregated_value)).toEqual([7]);
  await expect(usage(meter.id, customer.id, { ...range, start_time: day - 30 })).rejects.toMatchObject({
    param: "start_time",
  });
});

it("takes a report back for a day", async () => {
  const [meter, customer] = [await makeMeter(), await makeCustomer(stripe)];
  await report(meter, customer.id, "5", { identifier: "wrong" });
  const cancel = (identifier: string) =>
    stripe.billing.meterEventAdjustments.create({
      event_name: meter.event_name,
      type: "cancel",
      cancel: { identifier },
    });
  expect(await cancel("wrong")).toMatchObject({ status: "complete", cancel: { identifier: "wrong" } });
  expect((await usage(meter.id, customer.id))[0]?.aggregated_value).toBe(0);
  await expect(cancel("wrong")).rejects.toMatchObject({ statusCode: 400 });
});

it("speaks v2: one event, and a session whose stream is checked afterwards", async () => {
  const [meter, customer] = [await makeMeter(), await makeCustomer(stripe)];
  const payload = { stripe_customer_id: customer.id, value: "3" };
  const event = await stripe.v2.billing.meterEvents.create({ event_name: meter.event_name, payload });
  expect(event).toMatchObject({ object: "v2.billing.meter_event", payload });
  expect(event.timestamp).toMatch(/^\d{4}-\d\d-\d\dT/);
  const session = await stripe.v2.billing.meterEventSession.create();
  const streaming = clientOf(world.sandbox, session.authentication_token);
  await streaming.v2.billing.meterEventStream.create({
    events: [
      { event_name: meter.event_name, payload, identifier: "s1" },
      { event_name: meter.event_name, payload, identifier: "s1" },
      { event_name: meter.event_name, payload: { ...payload, value: "x" }, identifier: "s2" },
      { event_name: "unheard_of", payload },
    ],
  });
  await world.sandbox.settled();
  expect((await usage(meter.id, customer.id))[0]?.aggregated_value).toBe(6);
  const thin = await (await fetch(`${world.sandbox.url}/_sandbox/objects/thin_events`)).json();
  expect(thin).toMatchObject([
    { type: "v1.billing.meter.no_meter_found", data: { reason: { error_types: [{ code: "no_meter" }] } } },
    {
      type: "v1.billing.meter.error_report_triggered",
      related_object: { id: meter.id },
      data: { reason: { error_count: 1, error_types: [{ code: "meter_event_invalid_value" }] } },
    },
  ]);
  await expect(streaming.customers.list()).rejects.toMatchObject({ statusCode: 401 });
  await expect(stripe.v2.billing.meterEventStream.create({ events: [] })).rejects.toMatchObject({
    statusCode: 401,
  });
  await world.advance(16 * 60);
  await expect(streaming.v2.billing.meterEventStream.create({ events: [] })).rejects.toBeInstanceOf(
    Stripe.errors.TemporarySessionExpiredError,
  );
});

it("sells by usage: no quantity, no line in advance", async () => {
  const [meter, customer] = [await makeMeter(), await makeCustomer(stripe, "pm_card_visa")];
  const recurring = { interval: "month", usage_type: "metered", meter: meter.id } as const;
  const [metered, flat] = [await makePrice(stripe, { amount: 5, recurring }), await makePrice(stripe)];
  expect(metered.recurring).toMatchObject({ usage_type: "metered", meter: meter.id });
  const without = { interval: "month", usage_type: "metered" } as const;
  await expect(makePrice(stripe, { recurring: without })).rejects.toMatchObject({
    param: "recurring[meter]",
  });
  const both = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: flat.id }, { price: metered.id }],
    expand: ["latest_invoice"],
  });
  expect(both.latest_invoice).toMatchObject({ total: 2000, lines: { data: [{ amount: 2000 }] } });
  expect(both.items.data[1]).not.toHaveProperty("quantity");
  expect(both.items.data[1]?.plan).toMatchObject({ usage_type: "metered", meter: meter.id });
  const only = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: metered.id }] });
  expect(only).toMatchObject({ status: "active", latest_invoice: null });
  await expect(
    stripe.subscriptions.create({ customer: customer.id, items: [{ price: metered.id, quantity: 2 }] }),
  ).rejects.toMatchObject({ statusCode: 400, param: "items[0][quantity]" });
  const changed = await stripe.subscriptions.update(both.id, {
    items: [{ id: both.items.data[0]?.id ?? "", deleted: true }],
    proration_behavior: "none",
  });
  expect(changed.items.data.map((item) => item.price.id)).toEqual([metered.id]);
});
