import type Stripe from "stripe";
import { makeCustomer } from "../../testing/world";
import { refused } from "../refused";
import type { Scenario } from ".";

const back = { return_url: "https://example.com/back" };

export const paymentMethods: Scenario = async (stripe) => {
  const customer = await makeCustomer(stripe);
  const method = await stripe.paymentMethods.create({
    type: "card",
    card: { number: "4242424242424242", exp_month: 12, exp_year: 2040, cvc: "123" },
    billing_details: {
      name: "Ada",
      email: "ada@example.com",
      address: { line1: "Weg 1", postal_code: "10115", country: "DE" },
    },
    metadata: { a: "b" },
  });
  await stripe.paymentMethods.attach(method.id, { customer: customer.id });
  for (const card of [
    "pm_card_mastercard",
    "pm_card_amex",
    "pm_card_jcb",
    "pm_card_visa_debit",
    "pm_card_unionpay",
  ])
    await stripe.paymentMethods.attach(card, { customer: customer.id });
  await stripe.paymentMethods.update(method.id, {
    billing_details: { name: "Ada L." },
    card: { exp_month: 1, exp_year: 2041 },
  });
  await stripe.paymentMethods.list({ customer: customer.id, type: "card", expand: ["data.customer"] });
  await stripe.paymentMethods.retrieve(method.id);
  await stripe.customers.listPaymentMethods(customer.id);
  await stripe.customers.retrievePaymentMethod(customer.id, method.id);
  await stripe.paymentMethods.detach(method.id);
  await refused(stripe.paymentMethods.attach(method.id, { customer: customer.id }));
  await refused(stripe.paymentMethods.attach("pm_card_chargeDeclined", { customer: customer.id }));
};

export const setupIntents: Scenario = async (stripe, sandbox) => {
  const customer = await makeCustomer(stripe);
  const done = await stripe.setupIntents.create({
    customer: customer.id,
    payment_method: "pm_card_visa",
    confirm: true,
    usage: "off_session",
    description: "Card",
    metadata: { a: "b" },
    ...back,
  });
  await stripe.setupAttempts.list({
    setup_intent: done.id,
    expand: ["data.customer", "data.payment_method"],
  });
  const waiting = await stripe.setupIntents.create({ customer: customer.id });
  await stripe.setupIntents.update(waiting.id, { description: "Later", metadata: { c: "d" } });
  await stripe.setupIntents.confirm(waiting.id, { payment_method: "pm_card_threeDSecure2Required", ...back });
  await challenge(sandbox.url, waiting, "fail");
  await stripe.setupIntents.retrieve(waiting.id);
  await stripe.setupAttempts.list({ setup_intent: waiting.id, expand: ["data.setup_intent"] });
  await stripe.setupIntents.confirm(waiting.id, { payment_method: "pm_card_threeDSecure2Required", ...back });
  await challenge(sandbox.url, waiting, "complete");
  await stripe.setupIntents.retrieve(waiting.id);
  await mandates(stripe, sandbox.url, customer.id);
  const declined = await stripe.setupIntents.create({ customer: customer.id });
  await refused(
    stripe.setupIntents.confirm(declined.id, { payment_method: "pm_card_chargeDeclined", ...back }),
  );
  await stripe.setupIntents.retrieve(declined.id);
  await stripe.setupIntents.cancel(declined.id, { cancellation_reason: "abandoned" });
  await stripe.setupIntents.list({ customer: customer.id, expand: ["data.latest_attempt"] });
};

async function mandates(stripe: Stripe, url: string, customer: string): Promise<void> {
  const online = { ip_address: "127.0.0.1", user_agent: "curl" };
  const agreed = await stripe.setupIntents.create({
    customer,
    payment_method: "pm_card_visa",
    confirm: true,
    mandate_data: { customer_acceptance: { type: "online", online } },
    ...back,
  });
  await stripe.mandates.retrieve(String(agreed.mandate));
  await stripe.setupIntents.retrieve(agreed.id);
  const asked = await stripe.setupIntents.create({ customer });
  await stripe.setupIntents.confirm(asked.id, {
    payment_method: "pm_card_threeDSecure2Required",
    mandate_data: { customer_acceptance: { type: "offline", offline: {}, accepted_at: 1_790_000_000 } },
    ...back,
  });
  await challenge(url, asked, "complete");
}

/** What the cardholder answers to 3-D Secure, as the sandbox's own page does. */
export async function challenge(
  url: string,
  intent: { id: string; client_secret: string | null },
  outcome: "complete" | "fail",
): Promise<void> {
  const response = await fetch(`${url}/_sandbox/3ds/${intent.id}`, {
    method: "POST",
    headers: { authorization: "Bearer pk_test_page", "content-type": "application/json" },
    body: JSON.stringify({ client_secret: intent.client_secret, outcome }),
  });
  if (!response.ok) throw new Error(await response.text());
}

export const cardForms: Scenario = async (stripe) => {
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const token = await stripe.testHelpers.confirmationTokens.create({
    payment_method: "pm_card_visa",
    setup_future_usage: "off_session",
    shipping: { name: "Ada", address: { line1: "Weg 1", country: "DE" } },
    ...back,
  });
  const intent = await stripe.paymentIntents.create({ amount: 500, currency: "usd", customer: customer.id });
  await stripe.paymentIntents.confirm(intent.id, { confirmation_token: token.id, ...back });
  await stripe.confirmationTokens.retrieve(token.id);
  await stripe.customerSessions.create({
    customer: customer.id,
    components: {
      payment_element: {
        enabled: true,
        features: {
          payment_method_redisplay: "enabled",
          payment_method_save: "enabled",
          payment_method_save_usage: "off_session",
        },
      },
    },
    expand: ["customer"],
  });
  const single = await stripe.tokens.create({
    card: { number: "4242424242424242", exp_month: "12", exp_year: "2040", cvc: "123", name: "Ada" },
  });
  await stripe.tokens.retrieve(single.id);
  await stripe.paymentMethods.create({ type: "card", card: { token: single.id } });
  await refused(
    stripe.tokens.create({ card: { number: "4242424242424241", exp_month: "12", exp_year: "2040" } }),
  );
};
