import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { day, hour, latestInvoice, makeClock } from "./testing/clock";
import { type Started, start, startReceiver } from "./testing/start";
import { charged, expandedInvoice, makeCustomer, makeIncomplete, makePrice } from "./testing/world";

const thirtyDays = { interval: "day" as const, interval_count: 30 };
let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

const lines = (invoice: Stripe.Invoice) => invoice.lines.data.map((line) => line.amount);

async function subscribe(mode: "classic" | "flexible", amount: number) {
  const made = await makeClock(stripe, { amount, recurring: thirtyDays });
  const subscription = await stripe.subscriptions.create({
    customer: made.customer.id,
    items: [{ price: made.price.id }],
    billing_mode: { type: mode },
  });
  const twoThirds = made.clock.frozen_time + 20 * day;
  const change = (price: string, proration_behavior: "always_invoice" | "none") =>
    stripe.subscriptions.update(subscription.id, {
      items: [{ id: subscription.items.data[0]?.id ?? "", price }],
      proration_behavior,
    });
  return { ...made, subscription, twoThirds, change };
}

describe("acceptance", () => {
  it("1: a subscription that waits for its first payment", async () => {
    const customer = await makeCustomer(stripe);
    const { subscription, secret } = await makeIncomplete(stripe, customer.id, (await makePrice(stripe)).id);
    expect(subscription.status).toBe("incomplete");
    expect(secret).toMatch(/^pi_/);
    expect(subscription).not.toHaveProperty("current_period_end");
    expect(subscription.items.data[0]?.current_period_end).toBeGreaterThan(subscription.start_date);
  });

  it("2: a card that fails, by default and with error_if_incomplete", async () => {
    const customer = await makeCustomer(stripe, "pm_card_chargeCustomerFail");
    const given = { customer: customer.id, items: [{ price: (await makePrice(stripe)).id }] };
    const first = await stripe.subscriptions.create(given);
    expect(first.status).toBe("incomplete");
    await expect(
      stripe.subscriptions.create({ ...given, payment_behavior: "error_if_incomplete" }),
    ).rejects.toMatchObject({ statusCode: 402 });
    const all = await stripe.subscriptions.list({ customer: customer.id, status: "all" });
    expect(all.data.map(({ id }) => id)).toEqual([first.id]);
  });

  it.each(["classic", "flexible"] as const)("3: from 20.00 to 10.00 at two thirds (%s)", async (mode) => {
    const { change, twoThirds, subscription, customer, to } = await subscribe(mode, 2000);
    await to(twoThirds);
    await change((await makePrice(stripe, { amount: 1000, recurring: thirtyDays })).id, "always_invoice");
    const invoice = await latestInvoice(stripe, subscription.id);
    expect(lines(invoice)).toEqual([-667, 333]);
    expect(invoice).toMatchObject({ total: -334, amount_due: 0 });
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -334 });
  });

  it.each([
    ["classic", -334],
    ["flexible", 0],
  ] as const)("4: back to what was billed (%s)", async (mode, total) => {
    const { change, twoThirds, subscription, price, to } = await subscribe(mode, 1000);
    await change((await makePrice(stripe, { amount: 2000, recurring: thirtyDays })).id, "none");
    await to(twoThirds);
    await change(price.id, "always_invoice");
    expect((await latestInvoice(stripe, subscription.id)).total).toBe(total);
  });

  it("5: a preview equals the update with the same proration_date", async () => {
    const { subscription, customer, twoThirds, to } = await subscribe("flexible", 2000);
    await to(twoThirds);
    const next = await makePrice(stripe, { amount: 777, recurring: thirtyDays });
    const change = {
      items: [{ id: subscription.items.data[0]?.id ?? "", price: next.id }],
      proration_behavior: "always_invoice" as const,
      proration_date: twoThirds - 3 * hour,
    };
    const preview = await stripe.invoices.createPreview({
      customer: customer.id,
      subscription: subscription.id,
      subscription_details: change,
    });
    await stripe.subscriptions.update(subscription.id, change);
    const shown = (invoice: Stripe.Invoice) =>
      invoice.lines.data.map(({ amount, description, period, quantity }) => [
        amount,
        description,
        period,
        quantity,
      ]);
    expect(shown(await latestInvoice(stripe, subscription.id))).toEqual(shown(preview));
  });

  it("6: a coupon for once is gone after the first invoice", async () => {
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: "once" });
    const { customer, price, to } = await makeClock(stripe);
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      discounts: [{ coupon: coupon.id }],
      expand: ["latest_invoice"],
    });
    expect(expandedInvoice(subscription).total).toBe(1000);
    expect((await stripe.subscriptions.retrieve(subscription.id)).discounts).toEqual([]);
    const end = subscription.items.data[0]?.current_period_end ?? 0;
    await to(end + 2 * hour);
    expect((await latestInvoice(stripe, subscription.id)).total).toBe(2000);
  });

  it("7: a renewal is a draft for an hour, and then paid", async () => {
    const { customer, price, to } = await makeClock(stripe);
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
    });
    const end = subscription.items.data[0]?.current_period_end ?? 0;
    await to(end);
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({
      status: "draft",
      auto_advance: true,
      attempted: false,
    });
    await to(end + 2 * hour);
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({ status: "paid", attempted: true });
  });

  it("8: a renewal whose card declines", async () => {
    const { customer, price, to } = await makeClock(stripe);
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
    });
    const failing = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
      customer: customer.id,
    });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: failing.id } });
    await to((subscription.items.data[0]?.current_period_end ?? 0) + 2 * hour);
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: "past_due" });
    const invoice = await latestInvoice(stripe, subscription.id);
    expect(invoice).toMatchObject({ attempt_count: 1, next_payment_attempt: expect.any(Number) });
    await expect(stripe.invoices.pay(invoice.id)).rejects.toMatchObject({ statusCode: 402 });
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ attempt_count: 1 });
  });

  it("9: nobody pays for 23 hours", async () => {
    const { customer, price, clock, to } = await makeClock(stripe, { card: null });
    const { subscription, invoice } = await makeIncomplete(stripe, customer.id, price.id);
    await to(clock.frozen_time + 23 * hour);
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: "incomplete_expired",
    });
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: "void" });
  });

  it("10: a trial of one day announces its end at once", async () => {
    const customer = await makeCustomer(stripe, "pm_card_visa");
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: (await makePrice(stripe)).id }],
      trial_period_days: 1,
    });
    const { data } = await stripe.events.list({ type: "customer.subscription.trial_will_end" });
    expect(data.map((event) => Reflect.get(event.data.object, "id"))).toContain(subscription.id);
  });

  it("11: a disputed charge cannot be refunded, one that is inquired about can", async () => {
    const disputed = await charged(stripe, "pm_card_createDispute");
    const inquired = await charged(stripe, "pm_card_createDisputeInquiry");
    await world.sandbox.settled();
    await expect(stripe.refunds.create({ charge: disputed.id })).rejects.toMatchObject({
      statusCode: 400,
      code: "charge_disputed",
    });
    expect(await stripe.refunds.create({ charge: inquired.id })).toMatchObject({ status: "succeeded" });
  });

  it("12: winning evidence", async () => {
    const { id } = await charged(stripe, "pm_card_createDispute");
    await world.sandbox.settled();
    const [dispute] = (await stripe.disputes.list({ charge: id })).data;
    const submitted = await stripe.disputes.update(dispute?.id ?? "", {
      evidence: { uncategorized_text: "winning_evidence" },
      submit: true,
    });
    expect(submitted.status).toBe("under_review");
    await world.sandbox.settled();
    const closed = await stripe.disputes.retrieve(submitted.id);
    expect(closed.status).toBe("won");
    expect(closed.balance_transactions).toHaveLength(2);
  });

  it("13: one idempotency key for two things, one after the other and at once", async () => {
    const options = { idempotencyKey: "acceptance-13" };
    await stripe.customers.create({ name: "Ada" }, options);
    await expect(stripe.customers.create({ name: "Eve" }, options)).rejects.toMatchObject({
      statusCode: 400,
      type: "StripeIdempotencyError",
    });
    await world.post("/_sandbox/faults", { path: "/v1/customers", method: "POST", latencyMs: 300, times: 1 });
    const create = () =>
      fetch(`${world.sandbox.url}/v1/customers`, {
        method: "POST",
        headers: { authorization: "Bearer sk_test_farebox", "idempotency-key": "acceptance-13b" },
        body: new URLSearchParams({ name: "Ada" }),
      });
    const statuses = (await Promise.all([create(), create()])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 409]);
  });

  it("14: usage that is too old, and usage that comes twice", async () => {
    const { customer, clock, to } = await makeClock(stripe);
    const meter = await stripe.billing.meters.create({
      display_name: "Calls",
      event_name: "acceptance_14",
      default_aggregation: { formula: "sum" },
    });
    const now = clock.frozen_time + 40 * day;
    await to(now);
    const report = (timestamp: number) =>
      stripe.billing.meterEvents.create({
        event_name: meter.event_name,
        identifier: "once",
        payload: { stripe_customer_id: customer.id, value: "5" },
        timestamp,
      });
    await expect(report(now - 36 * day)).rejects.toMatchObject({ statusCode: 400 });
    await report(now - hour);
    await expect(report(now - hour)).rejects.toMatchObject({ statusCode: 400 });
    const minute = now - (now % 60);
    const sums = await stripe.billing.meters.listEventSummaries(meter.id, {
      customer: customer.id,
      start_time: minute - 2 * hour,
      end_time: minute + 60,
    });
    expect(sums.data.map((sum) => sum.aggregated_value)).toEqual([5]);
  });

  it.each([
    ["graduated", 7400],
    ["volume", 6400],
  ] as const)("15: eight units in %s tiers", async (mode, total) => {
    const product = await stripe.products.create({ name: "Tiers" });
    const price = await stripe.prices.create({
      currency: "usd",
      product: product.id,
      recurring: { interval: "month" },
      billing_scheme: "tiered",
      tiers_mode: mode,
      tiers: [
        { up_to: 5, unit_amount: 1000 },
        { up_to: 10, unit_amount: 800, flat_amount: 0 },
        { up_to: "inf", unit_amount: 500, flat_amount: 2000 },
      ],
    });
    const subscription = await stripe.subscriptions.create({
      customer: (await makeCustomer(stripe, "pm_card_visa")).id,
      items: [{ price: price.id, quantity: 8 }],
      expand: ["latest_invoice"],
    });
    expect(expandedInvoice(subscription).total).toBe(total);
  });

  it("16: webhooks in any order and twice lead to the same state", async () => {
    const receiver = await startReceiver();
    const shuffled = await start({ forward: [{ url: receiver.url, secret: receiver.secret }] });
    shuffled.sandbox.deliveryMode(["shuffle", "duplicate"], { windowMs: 80, seed: 16 });
    const customer = await makeCustomer(shuffled.stripe, "pm_card_visa");
    const subscription = await shuffled.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: (await makePrice(shuffled.stripe)).id }],
    });
    await shuffled.stripe.subscriptions.update(subscription.id, { metadata: { step: "two" } });
    await shuffled.stripe.subscriptions.cancel(subscription.id);
    await shuffled.sandbox.settled();
    const events = receiver.received.map(({ event }) => event);
    const once = [...new Map(events.map((event) => [event.id, event])).values()];
    expect(events.length).toBe(2 * once.length);
    expect(once.map(({ id }) => id)).not.toEqual(
      (await shuffled.stripe.events.list({ limit: 100 })).data.map(({ id }) => id).reverse(),
    );
    const ended = once.find((event) => event.type === "customer.subscription.deleted");
    expect(ended?.data.object).toMatchObject({ id: subscription.id, status: "canceled" });
    const kinds = { subscription: shuffled.stripe.subscriptions, invoice: shuffled.stripe.invoices };
    const mirror = new Map<string, object>();
    for (const { data } of once) {
      const { id, object } = data.object as { id: string; object: keyof typeof kinds };
      if (object in kinds) mirror.set(id, await kinds[object].retrieve(id));
    }
    const [invoice] = (await shuffled.stripe.invoices.list()).data;
    const [stored] = (await shuffled.stripe.subscriptions.list({ status: "all" })).data;
    expect(Object.fromEntries(mirror)).toEqual({ [invoice?.id ?? ""]: invoice, [stored?.id ?? ""]: stored });
    await shuffled.sandbox.close();
    await receiver.close();
  });

  it("17: payment_method_types is no longer a parameter", async () => {
    const sent = fetch(`${world.sandbox.url}/v1/payment_intents`, {
      method: "POST",
      headers: { authorization: "Bearer sk_test_farebox" },
      body: new URLSearchParams({ amount: "1000", currency: "usd", "payment_method_types[]": "card" }),
    });
    expect((await sent).status).toBe(400);
    expect(await (await sent).json()).toMatchObject({
      error: { code: "payment_method_types_no_longer_supported" },
    });
  });

  it("18: an empty list of discounts changes nothing, an empty string clears", async () => {
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: "forever" });
    const { id, discounts } = await stripe.subscriptions.create({
      customer: (await makeCustomer(stripe, "pm_card_visa")).id,
      items: [{ price: (await makePrice(stripe)).id }],
      discounts: [{ coupon: coupon.id }],
    });
    expect(discounts).toHaveLength(1);
    expect((await stripe.subscriptions.update(id, { discounts: [] })).discounts).toEqual(discounts);
    expect((await stripe.subscriptions.update(id, { discounts: "" })).discounts).toEqual([]);
  });

  it("19: a payment method that was detached stays detached", async () => {
    const customer = await makeCustomer(stripe);
    const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await stripe.paymentMethods.detach(method.id);
    await expect(stripe.paymentMethods.attach(method.id, { customer: customer.id })).rejects.toMatchObject({
      statusCode: 400,
    });
  });
});
