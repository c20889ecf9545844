import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cardParams, type Started, start } from "../../testing/start";
import { makeCustomer } from "../../testing/world";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

it("attaches, lists, becomes nobody's default when detached, and is then used up", async () => {
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const method = String(customer.invoice_settings.default_payment_method);
  expect((await stripe.customers.listPaymentMethods(customer.id)).data.map((row) => row.id)).toEqual([
    method,
  ]);
  expect((await stripe.paymentMethods.list({ customer: customer.id, type: "card" })).data).toHaveLength(1);
  const detached = await stripe.paymentMethods.detach(method);
  expect(detached.customer).toBeNull();
  const after = (await stripe.customers.retrieve(customer.id)) as Stripe.Customer;
  expect(after.invoice_settings.default_payment_method).toBeNull();
  await expect(stripe.paymentMethods.attach(method, { customer: customer.id })).rejects.toMatchObject({
    statusCode: 400,
  });
  const reuse = stripe.paymentIntents.create({ amount: 900, currency: "usd", payment_method: method });
  await expect(reuse).rejects.toMatchObject({ statusCode: 400 });
});

it("gives the same fingerprint to the same number and a new id each time", async () => {
  const [first, second] = [
    await stripe.paymentMethods.create(raw("4242424242424242")),
    await stripe.paymentMethods.create(raw("4242424242424242")),
  ];
  expect(first.id).not.toBe(second.id);
  expect(first.card?.fingerprint).toBe(second.card?.fingerprint);
  expect((await stripe.paymentMethods.create(raw("5555555555554444"))).card).toMatchObject({
    brand: "mastercard",
    last4: "4444",
  });
});

it("refuses to attach a card the bank refuses, but takes the one that fails later", async () => {
  const customer = await makeCustomer(stripe);
  const refused = stripe.paymentMethods.attach("pm_card_chargeDeclined", { customer: customer.id });
  await expect(refused).rejects.toMatchObject({ statusCode: 402, code: "card_declined" });
  expect(
    (await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customer.id })).customer,
  ).toBe(customer.id);
});

it("takes as default only a card of the customer", async () => {
  const [ada, bob] = [await makeCustomer(stripe), await makeCustomer(stripe, "pm_card_visa")];
  const foreign = String(bob.invoice_settings.default_payment_method);
  const update = stripe.customers.update(ada.id, { invoice_settings: { default_payment_method: foreign } });
  await expect(update).rejects.toMatchObject({ statusCode: 400, code: "resource_missing" });
});

it("keeps a card by setup intent, in the browser, with 3-D Secure passed or failed", async () => {
  const customer = await makeCustomer(stripe);
  const intent = await stripe.setupIntents.create({ customer: customer.id });
  const secret = { client_secret: String(intent.client_secret) };
  const path = `/v1/setup_intents/${intent.id}/confirm`;
  const declined = await world.browse(path, { ...secret, ...cardParams("4000000000000002") });
  expect(declined).toMatchObject({
    status: 402,
    body: { error: { code: "card_declined", setup_intent: { status: "requires_payment_method" } } },
  });
  await world.browse(path, { ...secret, ...cardParams("4000002500003155") });
  const failed = await world.browse(`/_sandbox/3ds/${intent.id}`, { ...secret, outcome: "fail" });
  expect(failed.body).toMatchObject({
    status: "requires_payment_method",
    last_setup_error: { code: "setup_intent_authentication_failure" },
  });
  await world.browse(path, { ...secret, ...cardParams("4000002500003155") });
  const done = await world.browse(`/_sandbox/3ds/${intent.id}`, { ...secret, outcome: "complete" });
  expect(done.body.status).toBe("succeeded");
  expect((await stripe.customers.listPaymentMethods(customer.id)).data).toHaveLength(1);
  expect(
    (await stripe.setupAttempts.list({ setup_intent: intent.id })).data.map((row) => row.status),
  ).toEqual(["succeeded", "failed", "failed"]);
  expect((await world.eventTypes("setup_intent.created")).slice(0, 7)).toEqual([
    "setup_intent.created",
    "setup_intent.setup_failed",
    "setup_intent.requires_action",
    "setup_intent.setup_failed",
    "setup_intent.requires_action",
    "payment_method.attached",
    "setup_intent.succeeded",
  ]);
});

function raw(number: string): Stripe.PaymentMethodCreateParams {
  return { type: "card", card: { number, exp_month: 12, exp_year: 2040, cvc: "123" } };
}
