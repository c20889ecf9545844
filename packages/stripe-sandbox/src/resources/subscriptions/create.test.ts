import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cardParams, type Started, start } from "../../testing/start";
import { expandedInvoice, makeCustomer, makeIncomplete, makePrice } from "../../testing/world";

let world: Started;
let stripe: Stripe;
let monthly: Stripe.Price;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
  monthly = await makePrice(stripe);
});
afterAll(() => world.sandbox.close());

describe("with a card on file", () => {
  it("is active at once, and the events tell it in order", async () => {
    const customer = await makeCustomer(stripe, "pm_card_visa");
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: monthly.id }],
    });
    expect(subscription.status).toBe("active");
    expect(subscription).not.toHaveProperty("current_period_end");
    const [item] = subscription.items.data;
    expect((item?.current_period_end ?? 0) - (item?.current_period_start ?? 0)).toBeGreaterThan(27 * 86_400);
    await world.sandbox.settled();
    expect(await world.eventTypes("customer.subscription.created")).toEqual([
      "customer.subscription.created",
      "invoice.created",
      "payment_intent.created",
      "invoice.finalized",
      "customer.updated",
      "charge.succeeded",
      "payment_intent.succeeded",
      "invoice.paid",
      "invoice.payment_succeeded",
      expect.stringMatching(/charge.updated|invoice_payment.paid/),
      expect.stringMatching(/charge.updated|invoice_payment.paid/),
    ]);
  });

  it("shows in every event the object as it was at the end", async () => {
    const customer = await makeCustomer(stripe, "pm_card_visa");
    const { id } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: monthly.id }],
    });
    const created = await stripe.events.list({ type: "customer.subscription.created", limit: 1 });
    expect(created.data[0]?.data.object).toMatchObject({ id, status: "active" });
    const invoice = await stripe.events.list({ type: "invoice.created", limit: 1 });
    expect(invoice.data[0]?.data.object).toMatchObject({ status: "paid", amount_paid: 2000 });
  });

  it("stays incomplete when the card is refused later, without an error", async () => {
    const customer = await makeCustomer(stripe, "pm_card_chargeCustomerFail");
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: monthly.id }],
      expand: ["latest_invoice"],
    });
    expect(subscription.status).toBe("incomplete");
    expect(expandedInvoice(subscription)).toMatchObject({
      status: "open",
      attempted: true,
      attempt_count: 1,
    });
  });

  it("creates nothing with error_if_incomplete", async () => {
    const customer = await makeCustomer(stripe, "pm_card_chargeCustomerFail");
    const failing = stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: monthly.id }],
      payment_behavior: "error_if_incomplete",
    });
    await expect(failing).rejects.toMatchObject({ statusCode: 402, code: "card_declined" });
    expect((await stripe.subscriptions.list({ customer: customer.id, status: "all" })).data).toEqual([]);
    expect((await stripe.invoices.list({ customer: customer.id })).data).toEqual([]);
  });

  it("needs a card when something is due", async () => {
    const customer = await makeCustomer(stripe);
    const failing = stripe.subscriptions.create({ customer: customer.id, items: [{ price: monthly.id }] });
    await expect(failing).rejects.toMatchObject({ statusCode: 400, code: "resource_missing" });
  });
});

describe("default_incomplete, paid in the browser", () => {
  it("becomes active and keeps the card", async () => {
    const customer = await makeCustomer(stripe);
    const { subscription, secret, intent, invoice } = await makeIncomplete(stripe, customer.id, monthly.id);
    expect(subscription.status).toBe("incomplete");
    expect(secret).toMatch(/^pi_3/);
    expect(invoice.auto_advance).toBe(false);
    const paid = await world.browse(`/v1/payment_intents/${intent}/confirm`, {
      client_secret: secret,
      ...cardParams("4242424242424242"),
    });
    expect(paid.body.status).toBe("succeeded");
    const active = await stripe.subscriptions.retrieve(subscription.id);
    expect(active).toMatchObject({ status: "active", start_date: subscription.start_date });
    expect(active.default_payment_method).toBe(paid.body.payment_method);
    expect((await stripe.paymentMethods.retrieve(String(paid.body.payment_method))).customer).toBe(
      customer.id,
    );
    expect((await world.eventTypes("payment_method.attached")).slice(0, 6)).toEqual([
      "payment_method.attached",
      "charge.succeeded",
      "payment_intent.succeeded",
      "invoice.paid",
      "invoice.payment_succeeded",
      "customer.subscription.updated",
    ]);
    const [updated] = (await stripe.events.list({ type: "customer.subscription.updated", limit: 1 })).data;
    expect(updated?.data.previous_attributes).toEqual({ status: "incomplete", default_payment_method: null });
  });

  it("stays incomplete after a decline and can be paid with another card", async () => {
    const customer = await makeCustomer(stripe);
    const { subscription, secret, intent } = await makeIncomplete(stripe, customer.id, monthly.id);
    const path = `/v1/payment_intents/${intent}/confirm`;
    const declined = await world.browse(path, { client_secret: secret, ...cardParams("4000000000009995") });
    expect(declined.status).toBe(402);
    expect(declined.body.error).toMatchObject({
      type: "card_error",
      code: "card_declined",
      decline_code: "insufficient_funds",
    });
    expect(await world.eventTypes("charge.failed")).toEqual([
      "charge.failed",
      "payment_intent.payment_failed",
      "invoice.payment_failed",
    ]);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("incomplete");
    await world.browse(path, { client_secret: secret, ...cardParams("4242424242424242") });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
  });

  it("asks for 3-D Secure and goes on when the customer completes it", async () => {
    const customer = await makeCustomer(stripe);
    const { subscription, secret, intent } = await makeIncomplete(stripe, customer.id, monthly.id);
    const asked = await world.browse(`/v1/payment_intents/${intent}/confirm`, {
      client_secret: secret,
      use_stripe_sdk: "true",
      ...cardParams("4000000000003220"),
    });
    expect(asked.body).toMatchObject({ status: "requires_action", next_action: { type: "use_stripe_sdk" } });
    expect(await world.eventTypes("payment_intent.requires_action")).toEqual([
      "payment_intent.requires_action",
      "invoice.payment_action_required",
    ]);
    const done = await world.browse(`/_sandbox/3ds/${intent}`, {
      client_secret: secret,
      outcome: "complete",
    });
    expect(done.body.status).toBe("succeeded");
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
    const again = await world.browse(`/_sandbox/3ds/${intent}`, {
      client_secret: secret,
      outcome: "complete",
    });
    expect(again.status).toBe(400);
  });

  it("returns to requires_payment_method when 3-D Secure fails", async () => {
    const customer = await makeCustomer(stripe);
    const { subscription, secret, intent } = await makeIncomplete(stripe, customer.id, monthly.id);
    await world.browse(`/v1/payment_intents/${intent}/confirm`, {
      client_secret: secret,
      ...cardParams("4000000000003220"),
    });
    const failed = await world.browse(`/_sandbox/3ds/${intent}`, { client_secret: secret, outcome: "fail" });
    expect(failed.body).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { code: "payment_intent_authentication_failure" },
    });
    expect((await stripe.charges.list({ payment_intent: intent })).data).toEqual([]);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("incomplete");
  });

  it("takes no changes but metadata while incomplete", async () => {
    const customer = await makeCustomer(stripe);
    const { subscription } = await makeIncomplete(stripe, customer.id, monthly.id);
    await expect(
      stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true }),
    ).rejects.toMatchObject({ statusCode: 400 });
    const updated = await stripe.subscriptions.update(subscription.id, { metadata: { team: "7" } });
    expect(updated.metadata).toEqual({ team: "7" });
  });
});

describe("nothing due now", () => {
  it("starts a trial with a zero invoice and a setup intent for the card", async () => {
    const customer = await makeCustomer(stripe);
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: monthly.id }],
      trial_period_days: 14,
      payment_behavior: "default_incomplete",
      expand: ["latest_invoice.confirmation_secret", "pending_setup_intent"],
    });
    expect(subscription.status).toBe("trialing");
    expect(expandedInvoice(subscription)).toMatchObject({
      status: "paid",
      total: 0,
      confirmation_secret: null,
    });
    const intent = subscription.pending_setup_intent as Stripe.SetupIntent;
    const done = await world.browse(`/v1/setup_intents/${intent.id}/confirm`, {
      client_secret: String(intent.client_secret),
      ...cardParams("4242424242424242"),
    });
    expect(done.body.status).toBe("succeeded");
    const after = await stripe.subscriptions.retrieve(subscription.id);
    expect(after).toMatchObject({
      status: "trialing",
      pending_setup_intent: null,
      default_payment_method: done.body.payment_method,
    });
  });

  it("says at once that a short trial ends", async () => {
    const customer = await makeCustomer(stripe);
    await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: monthly.id }],
      trial_period_days: 1,
    });
    expect(await world.eventTypes("customer.subscription.created")).toEqual([
      "customer.subscription.created",
      "invoice.created",
      "invoice.finalized",
      "customer.updated",
      "invoice.paid",
      "invoice.payment_succeeded",
      "customer.subscription.trial_will_end",
    ]);
  });

  it("gives a free plan without a card", async () => {
    const free = await makePrice(stripe, { amount: 0 });
    const customer = await makeCustomer(stripe);
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: free.id }],
    });
    expect(subscription.status).toBe("active");
    expect(subscription.pending_setup_intent).toBeNull();
  });
});

it("expires 23 hours after it was left unpaid", async () => {
  const customer = await makeCustomer(stripe);
  const { subscription, invoice, intent } = await makeIncomplete(stripe, customer.id, monthly.id);
  await world.advance(23 * 3600 - 60);
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("incomplete");
  await world.advance(120);
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("incomplete_expired");
  expect((await stripe.invoices.retrieve(invoice.id)).status).toBe("void");
  const canceled = await stripe.paymentIntents.retrieve(intent);
  expect(canceled).toMatchObject({ status: "canceled", cancellation_reason: "void_invoice" });
});

it("charges in the currency that was asked for", async () => {
  const product = await stripe.products.create({ name: "Everywhere" });
  const price = await stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 1000,
    currency_options: { jpy: { unit_amount: 1500 } },
    recurring: { interval: "month" },
  });
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    currency: "jpy",
    items: [{ price: price.id, quantity: 3 }],
    expand: ["latest_invoice"],
  });
  expect(expandedInvoice(subscription)).toMatchObject({ currency: "jpy", total: 4500, status: "paid" });
  const other = stripe.subscriptions.create({
    customer: customer.id,
    currency: "eur",
    items: [{ price: price.id }],
  });
  await expect(other).rejects.toMatchObject({ statusCode: 400, param: "currency" });
});

it("sends an invoice instead of charging, an hour after it was drafted", async () => {
  const customer = await makeCustomer(stripe);
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: monthly.id }],
    collection_method: "send_invoice",
    days_until_due: 14,
  });
  expect(subscription.status).toBe("active");
  const id = String(subscription.latest_invoice);
  expect((await stripe.invoices.retrieve(id)).status).toBe("draft");
  await world.advance(3601);
  const sent = await stripe.invoices.retrieve(id);
  expect(sent).toMatchObject({ status: "open", amount_due: 2000 });
  expect(sent.due_date).toBe(subscription.created + 14 * 86_400);
});
