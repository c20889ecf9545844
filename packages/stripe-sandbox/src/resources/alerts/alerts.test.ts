import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Started, start } from "../../testing/start";

let world: Started;
let stripe: Stripe;
let meter: Stripe.Billing.Meter;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
  meter = await stripe.billing.meters.create({
    default_aggregation: { formula: "sum" },
    display_name: "Calls",
    event_name: "calls",
  });
});
afterAll(() => world.sandbox.close());

const makeAlert = (threshold: Partial<Stripe.Billing.AlertCreateParams.UsageThreshold> = {}) =>
  stripe.billing.alerts.create({
    alert_type: "usage_threshold",
    title: "Many calls",
    usage_threshold: { gte: 100, meter: meter.id, recurrence: "one_time", ...threshold },
  });

async function report(customer: string, value: string): Promise<void> {
  await stripe.billing.meterEvents.create({
    event_name: "calls",
    payload: { stripe_customer_id: customer, value },
  });
  await world.sandbox.settled();
}

async function triggers(alert: string): Promise<Stripe.Billing.AlertTriggered[]> {
  const events = await stripe.events.list({ type: "billing.alert.triggered" });
  return events.data
    .map(({ data }) => data.object as Stripe.Billing.AlertTriggered)
    .filter((triggered) => triggered.alert.id === alert)
    .reverse();
}

describe("a billing alert", () => {
  it("comes once for each customer who used that much", async () => {
    const alert = await makeAlert();
    const [ada, ben] = [await stripe.customers.create(), await stripe.customers.create()];
    await report(ada.id, "60");
    expect(await triggers(alert.id)).toEqual([]);
    await report(ada.id, "40.5");
    await report(ada.id, "500");
    await report(ben.id, "100");
    expect(await triggers(alert.id)).toMatchObject([
      { object: "billing.alert_triggered", customer: ada.id, value: 100.5, livemode: false },
      { customer: ben.id, value: 100, alert: { title: "Many calls", usage_threshold: { gte: 100 } } },
    ]);
    const [event] = (await stripe.events.list({ type: "billing.alert.triggered" })).data;
    expect(event?.request?.id).toBeNull();
  });

  it("can be about one customer, rest, and end", async () => {
    const [ada, ben] = [await stripe.customers.create(), await stripe.customers.create()];
    const alert = await makeAlert({ gte: 5, filters: [{ type: "customer", customer: ada.id }] });
    await report(ben.id, "10");
    expect(await triggers(alert.id)).toEqual([]);
    expect((await stripe.billing.alerts.deactivate(alert.id)).status).toBe("inactive");
    await report(ada.id, "10");
    expect(await triggers(alert.id)).toEqual([]);
    expect((await stripe.billing.alerts.activate(alert.id)).status).toBe("active");
    await report(ada.id, "1");
    expect(await triggers(alert.id)).toMatchObject([{ customer: ada.id, value: 11 }]);
    expect((await stripe.billing.alerts.archive(alert.id)).status).toBe("archived");
    await expect(stripe.billing.alerts.activate(alert.id)).rejects.toMatchObject({
      code: "status_transition_invalid",
    });
  });

  it("is retrieved, expanded and listed by meter", async () => {
    const alert = await makeAlert();
    const shown = await stripe.billing.alerts.retrieve(alert.id, { expand: ["usage_threshold.meter"] });
    expect(shown.usage_threshold?.meter).toMatchObject({ id: meter.id, event_name: "calls" });
    const listed = await stripe.billing.alerts.list({ meter: meter.id, limit: 1 });
    expect(listed.data.map(({ id }) => id)).toEqual([alert.id]);
    await expect(stripe.billing.alerts.retrieve("alrt_none")).rejects.toMatchObject({ statusCode: 404 });
  });

  it("needs a meter, a positive threshold and at most one customer", async () => {
    await expect(makeAlert({ meter: "mtr_none" })).rejects.toMatchObject({
      code: "resource_missing",
      param: "usage_threshold[meter]",
    });
    await expect(makeAlert({ gte: 0 })).rejects.toMatchObject({ param: "usage_threshold[gte]" });
    const filter = { type: "customer" as const, customer: "cus_none" };
    await expect(makeAlert({ filters: [filter, filter] })).rejects.toMatchObject({
      param: "usage_threshold[filters]",
    });
    await expect(makeAlert({ filters: [filter] })).rejects.toMatchObject({ code: "resource_missing" });
  });
});
