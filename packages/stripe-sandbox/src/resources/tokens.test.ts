import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Started, start } from "../testing/start";
import { makeCustomer, makeIncomplete, makePrice } from "../testing/world";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

const card = {
  "card[number]": "4242424242424242",
  "card[exp_month]": "12",
  "card[exp_year]": "40",
  "card[cvc]": "123",
  "card[name]": "Ada",
  "card[address_zip]": "12345",
};

it("makes a token in the browser that becomes a payment method once", async () => {
  const { status, body } = await world.browse("/v1/tokens", card);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    object: "token",
    type: "card",
    used: false,
    card: { brand: "Visa", last4: "4242" },
  });
  const token = String(body.id);
  const method = await stripe.paymentMethods.create({ type: "card", card: { token } });
  expect(method).toMatchObject({
    card: { last4: "4242" },
    billing_details: { name: "Ada", address: { postal_code: "12345" } },
  });
  expect((await stripe.tokens.retrieve(token)).used).toBe(true);
  await expect(stripe.paymentMethods.create({ type: "card", card: { token } })).rejects.toMatchObject({
    code: "token_already_used",
  });
  const known = await stripe.paymentMethods.create({ type: "card", card: { token: "tok_mastercard" } });
  expect(known.card?.brand).toBe("mastercard");
});

it("refuses a wrong card and what is no card", async () => {
  const wrong = await world.browse("/v1/tokens", { ...card, "card[number]": "4242424242424241" });
  expect(wrong).toMatchObject({ status: 402, body: { error: { code: "incorrect_number" } } });
  await expect(stripe.tokens.create({ pii: { id_number: "1" } })).rejects.toMatchObject({
    code: "sandbox_not_modelled",
  });
  await expect(stripe.tokens.create({})).rejects.toMatchObject({ code: "parameter_missing" });
});

it("shows saved cards to the form that has a customer session", async () => {
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const saved = String(customer.invoice_settings.default_payment_method);
  const hidden = await stripe.paymentMethods.attach("pm_card_mastercard", { customer: customer.id });
  await stripe.paymentMethods.update(saved, { allow_redisplay: "always" });
  const session = await stripe.customerSessions.create({
    customer: customer.id,
    components: {
      payment_element: {
        enabled: true,
        features: {
          payment_method_redisplay: "enabled",
          payment_method_save: "enabled",
          payment_method_save_usage: "off_session",
          payment_method_remove: "enabled",
        },
      },
    },
  });
  expect(session).toMatchObject({
    object: "customer_session",
    customer: customer.id,
    components: { payment_element: { enabled: true }, pricing_table: { enabled: false } },
  });
  expect(session).not.toHaveProperty("id");
  expect(session.client_secret).toMatch(/^cuss_secret_/);
  const price = await makePrice(stripe);
  const { secret } = await makeIncomplete(stripe, customer.id, price.id);
  const query = `client_secret=${secret}&customer_session_client_secret=${session.client_secret}`;
  const { body } = await world.browse(`/_sandbox/elements/session?${query}`);
  expect(body).toMatchObject({
    type: "payment_intent",
    customer: {
      id: customer.id,
      payment_methods: [{ id: saved }],
      features: { payment_method_remove: "enabled" },
    },
  });
  expect(JSON.stringify(body)).not.toContain(hidden.id);
  await world.advance(31 * 60);
  expect((await world.browse(`/_sandbox/elements/session?${query}`)).status).toBe(400);
});

it("needs a customer and a component for a session", async () => {
  const customer = await makeCustomer(stripe);
  const create = (params: Stripe.CustomerSessionCreateParams) => stripe.customerSessions.create(params);
  await expect(create({ components: { buy_button: { enabled: true } } })).rejects.toMatchObject({
    param: "customer",
  });
  await expect(create({ customer: customer.id, components: {} })).rejects.toMatchObject({ statusCode: 400 });
});

it("confirms with what the customer chose before: card, later use and shipping", async () => {
  const customer = await makeCustomer(stripe);
  const token = await stripe.testHelpers.confirmationTokens.create({
    payment_method: "pm_card_visa",
    return_url: "https://example.com/done",
    setup_future_usage: "off_session",
    shipping: { name: "Ada", address: { line1: "1 Street", city: "London" } },
  });
  expect(token).toMatchObject({
    shipping: { name: "Ada", phone: null },
    payment_method_preview: { type: "card" },
  });
  const confirm = () =>
    stripe.paymentIntents.create({
      amount: 900,
      currency: "usd",
      customer: customer.id,
      confirm: true,
      confirmation_token: token.id,
    });
  const intent = await confirm();
  expect(intent).toMatchObject({
    status: "succeeded",
    setup_future_usage: "off_session",
    shipping: { name: "Ada", address: { city: "London" } },
  });
  expect((await stripe.customers.listPaymentMethods(customer.id)).data).toHaveLength(1);
  expect((await stripe.confirmationTokens.retrieve(token.id)).payment_intent).toBe(intent.id);
  await expect(confirm()).rejects.toMatchObject({ statusCode: 400 });
});
