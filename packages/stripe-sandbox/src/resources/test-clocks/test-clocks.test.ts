import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { advanceClock, day, hour, latestInvoice, makeClock } from "../../testing/clock";
import { type Started, start } from "../../testing/start";
import { makeCustomer } from "../../testing/world";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

describe("a test clock", () => {
  it("freezes what belongs to it, and stays out of lists", async () => {
    const { clock, customer, price } = await makeClock(stripe);
    expect(clock).toMatchObject({ status: "ready", status_details: {}, name: null });
    expect(clock.deletes_after - clock.created).toBe(7 * day);
    expect(customer).toMatchObject({ created: clock.frozen_time, test_clock: clock.id });
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      expand: ["latest_invoice", "test_clock"],
    });
    const invoice = subscription.latest_invoice as Stripe.Invoice;
    expect(subscription).toMatchObject({ created: clock.frozen_time, test_clock: { id: clock.id } });
    expect(invoice).toMatchObject({ created: clock.frozen_time, test_clock: clock.id, status: "paid" });
    const [event] = (await stripe.events.list({ type: "invoice.paid", limit: 1 })).data;
    expect(event?.created).toBe(clock.frozen_time);
    const names = async (params: Stripe.CustomerListParams) =>
      (await stripe.customers.list({ limit: 100, ...params })).data.map(({ id }) => id);
    expect(await names({})).not.toContain(customer.id);
    expect(await names({ test_clock: clock.id })).toEqual([customer.id]);
    expect((await stripe.subscriptions.list({ limit: 100 })).data.map(({ id }) => id)).not.toContain(
      subscription.id,
    );
    expect((await stripe.subscriptions.list({ customer: customer.id })).data).toHaveLength(1);
  });

  it("is advancing first, takes no writes meanwhile, and is ready in the end", async () => {
    const slow = await start({ settleDelayMs: 750 });
    const { stripe } = slow;
    const { clock, customer, price } = await makeClock(stripe);
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    const target = clock.frozen_time + 40 * day;
    const advancing = await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: target });
    expect(advancing).toMatchObject({
      status: "advancing",
      status_details: { advancing: { target_frozen_time: target } },
    });
    await expect(stripe.customers.update(customer.id, { name: "Eve" })).rejects.toMatchObject({
      statusCode: 429,
    });
    await slow.sandbox.settled();
    expect(await stripe.testHelpers.testClocks.retrieve(clock.id)).toMatchObject({
      status: "ready",
      frozen_time: target,
      status_details: {},
    });
    const types = await slow.eventTypes("test_helpers.test_clock.advancing");
    expect(types).toContain("invoice.paid");
    expect(types.filter((type) => type !== "invoice_payment.paid" && type !== "charge.updated").at(-1)).toBe(
      "test_helpers.test_clock.ready",
    );
    await slow.sandbox.close();
  });

  it("goes forward only, and not further than two intervals", async () => {
    const { clock, customer, price } = await makeClock(stripe, { start: Date.UTC(2026, 0, 31) / 1000 });
    const advance = (frozen_time: number) => stripe.testHelpers.testClocks.advance(clock.id, { frozen_time });
    await expect(advance(clock.frozen_time)).rejects.toMatchObject({ statusCode: 400, param: "frozen_time" });
    await expect(advance(clock.frozen_time + 731 * day)).rejects.toMatchObject({ statusCode: 400 });
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    await expect(advance(Date.UTC(2026, 3, 1) / 1000)).rejects.toMatchObject({ statusCode: 400 });
    await advanceClock(stripe, clock.id, Date.UTC(2026, 2, 31) / 1000);
  });

  it("has room for three customers with three subscriptions each", async () => {
    const { clock, customer, price } = await makeClock(stripe);
    const subscribe = () =>
      stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    for (let at = 0; at < 3; at++) await subscribe();
    await expect(subscribe()).rejects.toMatchObject({ statusCode: 400, param: "customer" });
    for (let at = 0; at < 2; at++) await stripe.customers.create({ test_clock: clock.id });
    const fourth = stripe.customers.create({ test_clock: clock.id });
    await expect(fourth).rejects.toMatchObject({ statusCode: 400, param: "test_clock" });
  });

  it("takes its customers and their subscriptions along when it is deleted", async () => {
    const { clock, customer, price } = await makeClock(stripe);
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
    });
    await world.sandbox.settled();
    expect(await stripe.testHelpers.testClocks.del(clock.id)).toEqual(
      expect.objectContaining({ id: clock.id, deleted: true, object: "test_helpers.test_clock" }),
    );
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ deleted: true });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
    await expect(stripe.testHelpers.testClocks.retrieve(clock.id)).rejects.toMatchObject({ statusCode: 404 });
    expect((await world.eventTypes()).slice(-3)).toEqual([
      "customer.subscription.deleted",
      "customer.deleted",
      "test_helpers.test_clock.deleted",
    ]);
  });

  it("takes in a customer who was not billed yet", async () => {
    const customer = await makeCustomer(stripe);
    const clock = await stripe.testHelpers.testClocks.create({
      frozen_time: 1_800_000_000,
      customer: customer.id,
      name: "mine",
    });
    expect(clock.name).toBe("mine");
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ test_clock: clock.id });
    expect((await stripe.testHelpers.testClocks.list({ limit: 1 })).data[0]?.id).toBe(clock.id);
  });
});

it("lives through two years of a monthly subscription", async () => {
  const { clock, customer, price, to } = await makeClock(stripe, { start: Date.UTC(2026, 0, 31) / 1000 });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  const end = Date.UTC(2028, 0, 31) / 1000 + 2 * hour;
  for (let now = clock.frozen_time; now < end; now = Math.min(now + 59 * day, end)) {
    await to(Math.min(now + 59 * day, end));
  }
  const invoices = await stripe.invoices.list({ subscription: subscription.id, limit: 100 });
  expect(invoices.data).toHaveLength(25);
  expect(invoices.data.every((invoice) => invoice.status === "paid" && invoice.total === 2000)).toBe(true);
  const days = invoices.data.map(({ lines }) =>
    new Date((lines.data[0]?.period.start ?? 0) * 1000).getUTCDate(),
  );
  expect(days.slice(-4)).toEqual([30, 31, 28, 31]);
  expect((await latestInvoice(stripe, subscription.id)).created).toBe(Date.UTC(2028, 0, 31) / 1000);
});

it("goes on advancing after a restart", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "sandbox-clock-"));
  const first = await start({ dataDir });
  const { clock, customer, price } = await makeClock(first.stripe);
  await first.stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  const target = clock.frozen_time + 59 * day;
  await first.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: target });
  await first.sandbox.close();
  const second = await start({ dataDir });
  await second.sandbox.settled();
  expect(await second.stripe.testHelpers.testClocks.retrieve(clock.id)).toMatchObject({
    status: "ready",
    frozen_time: target,
  });
  expect((await second.stripe.invoices.list({ customer: customer.id })).data).toHaveLength(3);
  await second.sandbox.close();
  rmSync(dataDir, { recursive: true });
});
