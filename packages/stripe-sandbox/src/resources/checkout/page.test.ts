import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Receiver, type Started, start, startReceiver } from "../../testing/start";
import { makeCustomer, makePrice } from "../../testing/world";

let world: Started;
let thing: Stripe.Price;
let extra: Stripe.Price;
let receiver: Receiver;
beforeAll(async () => {
  world = await start();
  receiver = await startReceiver();
  thing = await makePrice(world.stripe, { recurring: null, amount: 2000 });
  extra = await makePrice(world.stripe, { recurring: null, amount: 500 });
});
afterAll(async () => {
  await world.sandbox.close();
  await receiver.close();
});

type Given = Partial<Stripe.Checkout.SessionCreateParams>;
const create = (given: Given = {}) =>
  world.stripe.checkout.sessions.create({
    mode: "payment",
    success_url: "https://shop.example/done?id={CHECKOUT_SESSION_ID}",
    line_items: [{ price: thing.id, quantity: 1, adjustable_quantity: { enabled: true, maximum: 5 } }],
    ...given,
  });

interface Answer {
  status: number;
  body: Record<string, never> & { error?: { message: string; code?: string } };
}
async function ask(path: string, body?: object): Promise<Answer> {
  const response = await (body ? world.post(path, body) : fetch(`${world.sandbox.url}${path}`));
  return { status: response.status, body: (await response.json()) as Answer["body"] };
}

async function coupon(code: string, more: Partial<Stripe.PromotionCodeCreateParams> = {}) {
  const { id } = await world.stripe.coupons.create({ amount_off: 500, currency: "usd" });
  const promotion = { type: "coupon", coupon: id } as const;
  return world.stripe.promotionCodes.create({ promotion, code, ...more });
}

describe("the checkout page's server", () => {
  it("changes quantity and additions within their limits, and sums up again", async () => {
    const session = await create({ optional_items: [{ price: extra.id, quantity: 2 }] });
    const [line] = (await world.stripe.checkout.sessions.listLineItems(session.id)).data;
    const order = (change: object) => ask(`/c/pay/${session.id}/order`, change);
    expect(await order({ quantities: { [line?.id ?? ""]: 4 } })).toMatchObject({ body: { due: 8000 } });
    expect(await order({ quantities: { [line?.id ?? ""]: 6 } })).toMatchObject({ status: 400 });
    expect(await order({ quantities: { [line?.id ?? ""]: 0 } })).toMatchObject({ status: 400 });
    expect(await order({ optional_items: [{ price: extra.id }] })).toMatchObject({ body: { due: 9000 } });
    expect(await order({ optional_items: [{ price: thing.id }] })).toMatchObject({ status: 400 });
    expect(await world.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ amount_total: 9000 });
  });

  it("takes promotion codes with all their limits", async () => {
    const code = await coupon("MINIMUM", {
      max_redemptions: 1,
      restrictions: { minimum_amount: 3000, minimum_amount_currency: "usd" },
    });
    const session = await create({ allow_promotion_codes: true });
    const apply = (promotion_code: string | null) => ask(`/c/pay/${session.id}/order`, { promotion_code });
    expect((await apply("minimum")).body.error?.message).toMatch(/minimum amount/);
    const [line] = (await world.stripe.checkout.sessions.listLineItems(session.id)).data;
    await ask(`/c/pay/${session.id}/order`, { quantities: { [line?.id ?? ""]: 2 } });
    expect(await apply("minimum")).toMatchObject({ status: 200, body: { due: 3500 } });
    const open = await world.stripe.checkout.sessions.retrieve(session.id);
    expect(open.discounts).toEqual([{ coupon: null, promotion_code: code.id }]);
    expect(await apply(null)).toMatchObject({ body: { due: 4000 } });
    await apply("MINIMUM");
    const other = await create({ allow_promotion_codes: true });
    world.sandbox.completeCheckout(session.id);
    expect(await world.stripe.promotionCodes.retrieve(code.id)).toMatchObject({
      times_redeemed: 1,
      active: false,
    });
    const late = await ask(`/c/pay/${other.id}/order`, { promotion_code: "MINIMUM" });
    expect(late.body.error?.code).toBe("coupon_expired");
    expect((await ask(`/c/pay/${(await create()).id}/order`, { promotion_code: "MINIMUM" })).status).toBe(
      400,
    );
  });

  it("keeps codes for first orders from guests and from those who paid before", async () => {
    await coupon("FIRST", { restrictions: { first_time_transaction: true } });
    const customer = await makeCustomer(world.stripe);
    const first = await create({ allow_promotion_codes: true, customer: customer.id });
    const promotion_code = "FIRST";
    expect(world.sandbox.completeCheckout(first.id, { promotion_code }).session.amount_total).toBe(1500);
    const second = await create({ allow_promotion_codes: true, customer: customer.id });
    expect(() => world.sandbox.completeCheckout(second.id, { promotion_code })).toThrow(/prior transactions/);
    const guest = await create({ allow_promotion_codes: true });
    expect(() => world.sandbox.completeCheckout(guest.id, { promotion_code })).toThrow(/first-time/);
  });

  it("offers the cards that may be shown, keeps those it is asked to keep, and forgets one", async () => {
    const customer = await makeCustomer(world.stripe);
    const session = await create({
      customer: customer.id,
      saved_payment_method_options: { payment_method_save: "enabled", payment_method_remove: "enabled" },
    });
    world.sandbox.completeCheckout(session.id, { save_card: true });
    const [kept] = (await world.stripe.customers.listPaymentMethods(customer.id)).data;
    expect(kept?.allow_redisplay).toBe("always");
    const next = await create({
      customer: customer.id,
      saved_payment_method_options: { payment_method_remove: "enabled" },
    });
    expect(await ask(`/c/pay/${next.id}/state`)).toMatchObject({ body: { saved: [{ id: kept?.id }] } });
    const gone = await ask(`/c/pay/${next.id}/remove_card`, { payment_method: kept?.id });
    expect(gone).toMatchObject({ status: 200, body: { saved: [] } });
  });

  it("says where to go only when the webhook has been answered", async () => {
    world.sandbox.forward({ ...receiver, enabledEvents: ["checkout.session.completed"] });
    receiver.answers.push(500);
    const session = await create();
    await ask(`/c/pay/${session.id}/confirm`, { email: "a@example.com", payment_method: "pm_card_visa" });
    const done = await ask(`/c/pay/${session.id}/done`);
    expect(done.body).toEqual({ url: `https://shop.example/done?id=${session.id}` });
    expect(receiver.received).toHaveLength(2);
  });

  it("shows an embedded session only to the client secret", async () => {
    const session = await create({
      ui_mode: "embedded_page",
      success_url: undefined,
      return_url: "https://shop.example",
    });
    expect((await ask(`/c/pay/${session.id}/state`)).status).toBe(404);
    const key = new URLSearchParams({ key: session.client_secret ?? "" });
    expect((await ask(`/c/pay/${session.id}/state?${key}`)).status).toBe(200);
  });

  it("answers nonsense with a sentence", async () => {
    const session = await create();
    expect((await ask("/c/pay/cs_test_none/state")).status).toBe(404);
    expect((await ask(`/c/pay/${session.id}/confirm`, { surprise: 1 })).body.error?.code).toBe(
      "parameter_unknown",
    );
    expect((await ask(`/c/pay/${session.id}/confirm`, {})).body.error?.message).toMatch(/email/i);
    expect((await ask("/c/recover/none")).status).toBe(404);
  });

  it("belongs to the connected account that made the session", async () => {
    const account = await world.stripe.accounts.create({
      type: "express",
      capabilities: { card_payments: { requested: true } },
    });
    const shop = { stripeAccount: account.id };
    const price_data = { currency: "usd", unit_amount: 900, product_data: { name: "Theirs" } };
    const session = await world.stripe.checkout.sessions.create(
      { mode: "payment", success_url: "https://shop.example", line_items: [{ price_data, quantity: 1 }] },
      shop,
    );
    expect(await ask(`/c/pay/${session.id}/state`)).toMatchObject({
      body: { account: account.id, due: 900 },
    });
    const { session: done } = world.sandbox.completeCheckout(session.id);
    const intent = await world.stripe.paymentIntents.retrieve(String(done.payment_intent), {}, shop);
    expect(intent.status).toBe("succeeded");
    await expect(world.stripe.checkout.sessions.retrieve(session.id)).rejects.toMatchObject({
      statusCode: 404,
    });
  });

  it("declines with what the bank said, by HTTP too", async () => {
    const session = await create();
    const path = `/_sandbox/checkout/${session.id}/complete`;
    const declined = await ask(path, { payment_method: "pm_card_chargeDeclined" });
    expect(declined).toMatchObject({ status: 402, body: { error: { code: "card_declined" } } });
    const done = await ask(path, { card: { number: "4242424242424242", exp_month: 1, exp_year: 2040 } });
    expect(done).toMatchObject({
      status: 200,
      body: { status: "complete", session: { payment_status: "paid" } },
    });
    expect((await ask(path, { three_d_secure: "maybe" })).status).toBe(400);
  });
});

describe("a setup session", () => {
  const setup = (given: Given = {}) =>
    create({ mode: "setup", currency: "usd", line_items: undefined, ...given });

  it("saves a card to its customer", async () => {
    const customer = await makeCustomer(world.stripe);
    const session = await setup({
      customer: customer.id,
      setup_intent_data: { description: "Later", metadata: { a: "b" } },
    });
    expect(session).toMatchObject({ amount_total: null, setup_intent: null, total_details: null });
    const { session: done } = world.sandbox.completeCheckout(session.id);
    expect(done).toMatchObject({ payment_status: "no_payment_required", amount_total: null });
    const intent = await world.stripe.setupIntents.retrieve(String(done.setup_intent));
    expect(intent).toMatchObject({ status: "succeeded", description: "Later", metadata: { a: "b" } });
    expect((await world.stripe.customers.listPaymentMethods(customer.id)).data).toHaveLength(1);
  });

  it("stays open after a decline, and its intent is canceled when it expires", async () => {
    const session = await setup();
    const { sessions } = world.stripe.checkout;
    const refuse = () =>
      world.sandbox.completeCheckout(session.id, { payment_method: "pm_card_chargeDeclined" });
    expect(refuse).toThrow(/declined/);
    const { setup_intent: intent } = await sessions.retrieve(session.id);
    await expect(world.stripe.setupIntents.cancel(String(intent))).rejects.toThrow(
      /belongs to the Checkout Session/,
    );
    await sessions.expire(session.id);
    expect(await world.stripe.setupIntents.retrieve(String(intent))).toMatchObject({ status: "canceled" });
  });
});
