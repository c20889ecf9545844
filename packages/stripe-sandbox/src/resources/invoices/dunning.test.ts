import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClockWorld, day, hour, latestInvoice, makeClock } from "../../testing/clock";
import { type Started, start } from "../../testing/start";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

interface Failing extends ClockWorld {
  subscription: Stripe.Subscription;
  /** When the first attempt at the renewal fails. */
  first: number;
}

/** Paid once, and from then on the default card is this one. */
async function failing(card: string, client = stripe): Promise<Failing> {
  const made = await makeClock(client);
  const { customer, price } = made;
  const subscription = await client.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  const bad = await client.paymentMethods.attach(card, { customer: customer.id });
  await client.customers.update(customer.id, { invoice_settings: { default_payment_method: bad.id } });
  const end = subscription.items.data[0]?.current_period_end ?? 0;
  return { ...made, subscription, first: end + hour };
}

describe("a renewal whose card is declined", () => {
  it("is past due after one attempt, and a manual attempt does not count", async () => {
    const { subscription, first, to } = await failing("pm_card_chargeCustomerFail");
    await to(first + 60);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("past_due");
    const invoice = await latestInvoice(stripe, subscription.id);
    expect(invoice).toMatchObject({
      status: "open",
      attempted: true,
      attempt_count: 1,
      next_payment_attempt: first + day,
    });
    const types = await world.eventTypes("invoice.finalized");
    expect(types.filter((type) => type !== "test_helpers.test_clock.ready").slice(0, 5)).toEqual([
      "invoice.finalized",
      "charge.failed",
      "payment_intent.payment_failed",
      "invoice.payment_failed",
      "customer.subscription.updated",
    ]);
    await expect(stripe.invoices.pay(invoice.id)).rejects.toMatchObject({
      statusCode: 402,
      code: "card_declined",
    });
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({
      attempt_count: 1,
      next_payment_attempt: first + day,
    });
  });

  it("is retried on the declared days and then canceled, its invoice left open", async () => {
    const { subscription, customer, first, to } = await failing("pm_card_chargeCustomerFail");
    await to(first + 60);
    const seen: [number, number | null][] = [];
    for (const days of [1, 3, 5, 7, 9, 11]) {
      await to(first + days * day);
      const { attempt_count, next_payment_attempt } = await latestInvoice(stripe, subscription.id);
      seen.push([attempt_count, next_payment_attempt && (next_payment_attempt - first) / day]);
    }
    expect(seen).toEqual([
      [2, 3],
      [3, 5],
      [4, 7],
      [5, 9],
      [6, 11],
      [7, 13],
    ]);
    await to(first + 13 * day);
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: "canceled",
      ended_at: first + 13 * day,
      cancellation_details: { reason: "payment_failed" },
    });
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({
      status: "open",
      attempt_count: 8,
      next_payment_attempt: null,
      auto_advance: false,
    });
    expect((await stripe.customers.retrieve(customer.id)) as Stripe.Customer).toMatchObject({
      delinquent: true,
    });
    const failed = await stripe.charges.list({ customer: customer.id });
    expect(failed.data.filter((charge) => charge.status === "failed")).toHaveLength(8);
  });

  it("recovers with a good card: by the next retry, or paid by hand", async () => {
    const { subscription, customer, first, to } = await failing("pm_card_chargeCustomerFail");
    await to(first + 60);
    const good = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: good.id } });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("past_due");
    await to(first + day);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({ status: "paid", attempt_count: 2 });
    await to(first + 14 * day);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
  });

  it("recovers when its invoice is given up", async () => {
    const { subscription, first, to } = await failing("pm_card_chargeCustomerFail");
    await to(first + 60);
    const { id } = await latestInvoice(stripe, subscription.id);
    expect(await stripe.invoices.markUncollectible(id)).toMatchObject({
      status: "uncollectible",
      next_payment_attempt: null,
      status_details: { uncollectible: { reason: "user_forgiven" } },
    });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
  });

  it("that needs the cardholder is asked for, and not charged again without a new card", async () => {
    const { subscription, customer, first, to } = await failing("pm_card_authenticationRequired");
    await to(first + 60);
    const charges = async () =>
      (await stripe.charges.list({ customer: customer.id })).data.filter(
        (charge) => charge.status === "failed",
      );
    expect(await charges()).toHaveLength(1);
    expect(await world.eventTypes("invoice.finalized")).toContain("invoice.payment_action_required");
    await to(first + 3 * day);
    expect(await charges()).toHaveLength(1);
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({
      attempt_count: 3,
      next_payment_attempt: first + 5 * day,
    });
    const other = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await stripe.subscriptions.update(subscription.id, { default_payment_method: other.id });
    await to(first + 5 * day);
    expect(await latestInvoice(stripe, subscription.id)).toMatchObject({ status: "paid", attempt_count: 4 });
  });
});

describe("the settings for exhausted retries", () => {
  it("can leave a subscription unpaid: its next invoices stay drafts until the open one is paid", async () => {
    const strict = await start({ dunning: { subscription: "mark_unpaid", retryDays: [2] } });
    const { subscription, customer, first, to } = await failing("pm_card_chargeCustomerFail", strict.stripe);
    await to(first + 2 * day);
    expect((await strict.stripe.subscriptions.retrieve(subscription.id)).status).toBe("unpaid");
    const open = await latestInvoice(strict.stripe, subscription.id);
    const renewed = await strict.stripe.subscriptions.retrieve(subscription.id);
    await to((renewed.items.data[0]?.current_period_end ?? 0) + 2 * hour);
    const draft = await latestInvoice(strict.stripe, subscription.id);
    expect(draft).toMatchObject({ status: "draft", auto_advance: false, next_payment_attempt: null });
    const good = await strict.stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await strict.stripe.invoices.pay(open.id, { payment_method: good.id });
    expect((await strict.stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
    await strict.sandbox.close();
  });

  it("can leave it past due and give the invoice up", async () => {
    const lenient = await start({
      dunning: { subscription: "leave_past_due", invoice: "mark_uncollectible", retryDays: [] },
    });
    const { subscription, first, to } = await failing("pm_card_chargeCustomerFail", lenient.stripe);
    await to(first + 60);
    expect((await lenient.stripe.subscriptions.retrieve(subscription.id)).status).toBe("past_due");
    expect(await latestInvoice(lenient.stripe, subscription.id)).toMatchObject({
      status: "uncollectible",
      status_details: { uncollectible: { reason: "max_payment_attempts" } },
    });
    await lenient.sandbox.close();
  });
});

it("a subscription that was never paid expires after 23 hours of its clock", async () => {
  const { customer, price, clock, to } = await makeClock(stripe);
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    payment_behavior: "default_incomplete",
  });
  await to(clock.frozen_time + 23 * hour);
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("incomplete_expired");
  expect((await latestInvoice(stripe, subscription.id)).status).toBe("void");
});

describe("an invoice finalized by hand", () => {
  it("that advances by itself is charged an hour later", async () => {
    const { customer, clock, to } = await makeClock(stripe);
    const draft = await stripe.invoices.create({ customer: customer.id });
    await stripe.invoiceItems.create({
      customer: customer.id,
      invoice: draft.id,
      amount: 700,
      currency: "usd",
    });
    const open = await stripe.invoices.finalizeInvoice(draft.id, { auto_advance: true });
    expect(open).toMatchObject({
      status: "open",
      attempted: false,
      next_payment_attempt: clock.frozen_time + hour,
    });
    await to(clock.frozen_time + 2 * hour);
    expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({ status: "paid", attempt_count: 1 });
  });

  it("that does not waits for somebody to pay it", async () => {
    const { customer, clock, to } = await makeClock(stripe);
    const draft = await stripe.invoices.create({ customer: customer.id });
    await stripe.invoiceItems.create({
      customer: customer.id,
      invoice: draft.id,
      amount: 700,
      currency: "usd",
    });
    await stripe.invoices.finalizeInvoice(draft.id);
    await to(clock.frozen_time + 30 * day);
    expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({ status: "open", attempted: false });
  });
});

it("a subscription canceled while its renewal is open is not charged any more", async () => {
  const { subscription, customer, first, to } = await failing("pm_card_chargeCustomerFail");
  await to(first + 60);
  await stripe.subscriptions.cancel(subscription.id);
  expect(await latestInvoice(stripe, subscription.id)).toMatchObject({
    status: "open",
    auto_advance: false,
    next_payment_attempt: null,
  });
  await to(first + 5 * day);
  const failed = await stripe.charges.list({ customer: customer.id });
  expect(failed.data.filter((charge) => charge.status === "failed")).toHaveLength(1);
});
