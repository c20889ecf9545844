import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventsDuring } from "../../testing/events-since";
import { type Started, start } from "../../testing/start";
import { eventsOf, makeCustomer, makePrice } from "../../testing/world";

let world: Started;
beforeAll(async () => {
  world = await start();
});
afterAll(() => world.sandbox.close());

const success_url = "https://shop.example/done?session={CHECKOUT_SESSION_ID}";

async function checkout(given: Record<string, unknown> = {}) {
  const price = await makePrice(world.stripe, { recurring: null, amount: 1500 });
  const session = await world.stripe.checkout.sessions.create({
    mode: "payment",
    success_url,
    line_items: [{ price: price.id, quantity: 2 }],
    ...given,
  });
  return { session, price };
}

const complete = (id: string, given = {}) => world.sandbox.completeCheckout(id, given).session;
const intentOf = (id: unknown) => world.stripe.paymentIntents.retrieve(String(id));

describe("a payment session", () => {
  it("is open and unpaid, with its sums and a page, and makes no intent yet", async () => {
    const { session } = await checkout();
    expect(session).toMatchObject({
      amount_subtotal: 3000,
      amount_total: 3000,
      client_secret: null,
      currency: "usd",
      customer: null,
      customer_creation: "if_required",
      mode: "payment",
      payment_intent: null,
      payment_status: "unpaid",
      status: "open",
      total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
      ui_mode: "hosted_page",
      url: `${world.sandbox.url}/c/pay/${session.id}`,
    });
    expect(session.id).toMatch(/^cs_test_/);
    expect(session.expires_at - session.created).toBe(86400);
    expect(session).not.toHaveProperty("line_items");
    expect(await eventsOf(world.stripe, session.id)).toEqual([]);
  });

  it("is paid by the real verbs, in the order of Stripe's events", async () => {
    const { session } = await checkout();
    const types = await eventsDuring(world.stripe, async () => {
      complete(session.id, { email: "ada@example.com" });
      await world.sandbox.settled();
    });
    const done = await world.stripe.checkout.sessions.retrieve(session.id);
    expect(types).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.completed",
      "charge.updated",
    ]);
    expect(done).toMatchObject({
      status: "complete",
      payment_status: "paid",
      url: null,
      customer: null,
      customer_details: { email: "ada@example.com", tax_exempt: "none" },
    });
    const intent = await intentOf(done.payment_intent);
    expect(intent).toMatchObject({ amount: 3000, status: "succeeded", customer: null });
    const [event] = (await world.stripe.events.list({ type: "checkout.session.completed" })).data;
    expect(event?.request).toEqual({ id: null, idempotency_key: null });
    expect(event?.data.object).toMatchObject({ id: session.id, status: "complete", payment_status: "paid" });
  });

  it("creates a customer when asked, and passes on payment_intent_data", async () => {
    const { session } = await checkout({
      customer_creation: "always",
      payment_intent_data: {
        description: "Two things",
        metadata: { order: "7" },
        receipt_email: "r@example.com",
        setup_future_usage: "off_session",
        shipping: { name: "Ada", address: { line1: "1 Street", country: "GB" } },
      },
      metadata: { stays: "here" },
    });
    const done = complete(session.id, { name: "Ada L", phone: "123" });
    const customer = await world.stripe.customers.retrieve(String(done.customer));
    expect(customer).toMatchObject({ email: "buyer@example.com", name: "Ada L", phone: "123" });
    expect(await intentOf(done.payment_intent)).toMatchObject({
      customer: done.customer,
      description: "Two things",
      metadata: { order: "7" },
      receipt_email: "r@example.com",
      setup_future_usage: "off_session",
    });
    const methods = await world.stripe.customers.listPaymentMethods(String(done.customer));
    expect(methods.data).toHaveLength(1);
  });

  it("stays open after a decline, and takes another card with the same intent", async () => {
    const { session } = await checkout();
    expect(() => complete(session.id, { payment_method: "pm_card_chargeDeclined" })).toThrow(/declined/);
    const after = await world.stripe.checkout.sessions.retrieve(session.id);
    expect(after).toMatchObject({ status: "open", payment_status: "unpaid" });
    const intent = await intentOf(after.payment_intent);
    expect(intent).toMatchObject({ status: "requires_payment_method" });
    expect(intent.last_payment_error?.code).toBe("card_declined");
    const done = complete(session.id, { payment_method: "pm_card_mastercard" });
    expect(done).toMatchObject({ status: "complete", payment_intent: intent.id });
    expect(await eventsOf(world.stripe, intent.id)).toEqual([
      "payment_intent.created",
      "payment_intent.payment_failed",
      "payment_intent.succeeded",
    ]);
  });

  it("refuses a card number that is none without making an intent", async () => {
    const { session } = await checkout();
    const card = { number: "4242424242424241", exp_month: 12, exp_year: 40, cvc: "123" };
    expect(() => complete(session.id, { card })).toThrow(/incorrect/);
    expect((await world.stripe.checkout.sessions.retrieve(session.id)).payment_intent).toBeNull();
  });

  it("waits for 3-D Secure, which the customer completes, fails or leaves", async () => {
    const { session } = await checkout();
    const card = { payment_method: "pm_card_threeDSecure2Required" };
    const waits = world.sandbox.completeCheckout(session.id, card);
    expect(waits).toMatchObject({ status: "requires_action", session: { status: "open" } });
    expect(waits.client_secret).toMatch(/^pi_.*_secret_/);
    expect(() => complete(session.id, { ...card, three_d_secure: "fail" })).toThrow(/authenticate/);
    expect(await world.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: "open" });
    const done = complete(session.id, { ...card, three_d_secure: "complete" });
    expect(done).toMatchObject({ status: "complete", payment_status: "paid" });
    expect(await eventsOf(world.stripe, session.id)).toEqual(["checkout.session.completed"]);
  });

  it("completes when only the bank's page answers, without another call of the checkout page", async () => {
    const { session } = await checkout();
    const { client_secret: secret = "" } = world.sandbox.completeCheckout(session.id, {
      payment_method: "pm_card_threeDSecure2Required",
    });
    const intent = secret.split("_secret_")[0];
    await world.browse(`/_sandbox/3ds/${intent}`, { client_secret: secret, outcome: "complete" });
    expect(await world.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: "complete",
      payment_status: "paid",
    });
  });

  it("is completed once, however often the button is pressed", async () => {
    const { session } = await checkout();
    const ends = [1, 2, 3].map(() => complete(session.id));
    expect(new Set(ends.map(({ payment_intent }) => payment_intent)).size).toBe(1);
    expect(await eventsOf(world.stripe, session.id)).toEqual(["checkout.session.completed"]);
    const intents = await world.stripe.charges.list({ payment_intent: String(ends[0]?.payment_intent) });
    expect(intents.data).toHaveLength(1);
  });

  it("keeps its intent to itself while it is open", async () => {
    const { session } = await checkout();
    world.sandbox.completeCheckout(session.id, { payment_method: "pm_card_threeDSecure2Required" });
    const { payment_intent: intent } = await world.stripe.checkout.sessions.retrieve(session.id);
    const code = "payment_intent_unexpected_state";
    await expect(world.stripe.paymentIntents.cancel(String(intent))).rejects.toMatchObject({ code });
    await expect(
      world.stripe.paymentIntents.confirm(String(intent), { payment_method: "pm_card_visa" }),
    ).rejects.toMatchObject({ code });
  });

  it("is unpaid until an authorized payment is captured", async () => {
    const { session } = await checkout({ payment_intent_data: { capture_method: "manual" } });
    const done = complete(session.id);
    expect(done).toMatchObject({ status: "complete", payment_status: "unpaid" });
    await world.stripe.paymentIntents.capture(String(done.payment_intent));
    expect(await world.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      payment_status: "paid",
    });
  });

  it("makes an invoice after the payment when invoice_creation is on", async () => {
    const { session } = await checkout({
      invoice_creation: { enabled: true, invoice_data: { description: "Thanks", metadata: { a: "b" } } },
    });
    const types = await eventsDuring(world.stripe, () => complete(session.id));
    const done = await world.stripe.checkout.sessions.retrieve(session.id);
    const invoice = await world.stripe.invoices.retrieve(String(done.invoice), { expand: ["payments"] });
    expect(invoice).toMatchObject({
      status: "paid",
      total: 3000,
      amount_paid: 3000,
      description: "Thanks",
      metadata: { a: "b" },
      customer: done.customer,
    });
    expect(invoice.payments?.data.map(({ payment }) => payment.payment_intent)).toEqual([
      done.payment_intent,
    ]);
    expect(types.filter((type) => type === "payment_intent.created")).toHaveLength(1);
    expect(types.filter((type) => /^invoice\.|^checkout/.test(type))).toEqual([
      "invoice.created",
      "invoice.finalized",
      "invoice.paid",
      "invoice.payment_succeeded",
      "checkout.session.completed",
    ]);
  });

  it("charges the saved card of its customer and no other's", async () => {
    const customer = await makeCustomer(world.stripe, "pm_card_visa");
    const { data } = await world.stripe.customers.listPaymentMethods(customer.id);
    const stranger = await makeCustomer(world.stripe, "pm_card_visa");
    const { data: others } = await world.stripe.customers.listPaymentMethods(stranger.id);
    const { session } = await checkout({ customer: customer.id });
    expect(() => complete(session.id, { payment_method: others[0]?.id })).toThrow(/does not belong/);
    const done = complete(session.id, { payment_method: data[0]?.id });
    expect(await intentOf(done.payment_intent)).toMatchObject({ payment_method: data[0]?.id });
    expect(done.customer_details).toMatchObject({ email: "ada@example.com", name: "Ada" });
  });

  it("changes of its customer only what customer_update names", async () => {
    const customer = await makeCustomer(world.stripe);
    const typed = {
      name: "New name",
      address: { line1: "1 Road", city: "Bonn", postal_code: "53111", country: "DE" },
    };
    const { session } = await checkout({ customer: customer.id, customer_update: { address: "auto" } });
    complete(session.id, typed);
    expect(await world.stripe.customers.retrieve(customer.id)).toMatchObject({
      name: "Ada",
      address: { city: "Bonn", country: "DE" },
    });
  });
});
