import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventsDuring } from "../../testing/events-since";
import { type Started, start } from "../../testing/start";
import { eventsOf, expandedInvoice, makeCustomer, makePrice } from "../../testing/world";

let world: Started;
beforeAll(async () => {
  world = await start();
});
afterAll(() => world.sandbox.close());

type Given = Partial<Stripe.Checkout.SessionCreateParams>;

async function checkout(given: Given = {}, amount = 2000) {
  const price = await makePrice(world.stripe, { amount });
  return world.stripe.checkout.sessions.create({
    mode: "subscription",
    success_url: "https://shop.example/done",
    line_items: [{ price: price.id, quantity: 1 }],
    ...given,
  });
}

const complete = (id: string, given = {}) => world.sandbox.completeCheckout(id, given).session;
const subscriptionOf = (id: unknown) =>
  world.stripe.subscriptions.retrieve(String(id), { expand: ["latest_invoice"] });
const session = (id: string) => world.stripe.checkout.sessions.retrieve(id);

describe("a subscription session", () => {
  it("brings customer, subscription, invoice and payment, in the order of Stripe's events", async () => {
    const { id } = await checkout({
      subscription_data: { metadata: { plan: "pro" }, description: "Pro" },
      metadata: { stays: "here" },
    });
    const types = await eventsDuring(world.stripe, async () => {
      complete(id, { name: "Ada" });
      await world.sandbox.settled();
    });
    const done = await session(id);
    expect(types).toEqual([
      "customer.created",
      "payment_method.attached",
      "customer.subscription.created",
      "invoice.created",
      "payment_intent.created",
      "invoice.finalized",
      "customer.updated",
      "charge.succeeded",
      "payment_intent.succeeded",
      "invoice.paid",
      "invoice.payment_succeeded",
      "checkout.session.completed",
      "charge.updated",
      "invoice_payment.paid",
    ]);
    expect(done).toMatchObject({
      status: "complete",
      payment_status: "paid",
      payment_intent: null,
      amount_total: 2000,
      customer_creation: "always",
    });
    const subscription = await subscriptionOf(done.subscription);
    expect(subscription).toMatchObject({
      status: "active",
      customer: done.customer,
      description: "Pro",
      metadata: { plan: "pro" },
      default_payment_method: expect.stringMatching(/^pm_/),
      billing_mode: { type: "flexible" },
    });
    expect(expandedInvoice(subscription)).toMatchObject({ id: done.invoice, status: "paid", total: 2000 });
  });

  it("charges what it showed: one-time items, taxes and a coupon included", async () => {
    const once = await makePrice(world.stripe, { recurring: null, amount: 1000 });
    const plan = await makePrice(world.stripe, { amount: 3000 });
    const rate = await world.stripe.taxRates.create({
      display_name: "VAT",
      percentage: 20,
      inclusive: false,
    });
    const coupon = await world.stripe.coupons.create({ percent_off: 25, duration: "once" });
    const open = await checkout({
      line_items: [
        { price: plan.id, quantity: 2 },
        { price: once.id, quantity: 1 },
      ],
      subscription_data: { default_tax_rates: [rate.id] },
      discounts: [{ coupon: coupon.id }],
      expand: ["line_items", "total_details.breakdown"],
    });
    expect(open).toMatchObject({ amount_subtotal: 7000, total_details: { amount_discount: 1750 } });
    expect(open.discounts).toEqual([{ coupon: coupon.id, promotion_code: null }]);
    expect(open.total_details?.breakdown?.discounts).toMatchObject([{ amount: 1750 }]);
    expect((await world.stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(0);
    const done = complete(open.id);
    const invoice = expandedInvoice(await subscriptionOf(done.subscription));
    expect(invoice).toMatchObject({ total: open.amount_total, amount_paid: open.amount_total });
    expect(done.amount_total).toBe(open.amount_total);
    expect((await world.stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(1);
    const after = await world.stripe.checkout.sessions.retrieve(open.id, {
      expand: ["total_details.breakdown", "line_items.data.discounts", "line_items.data.taxes"],
    });
    expect(after.total_details?.breakdown?.discounts[0]?.discount).toMatchObject({
      subscription: done.subscription,
    });
  });

  it("sets the card up for a trial, and charges nothing", async () => {
    const { id } = await checkout({ subscription_data: { trial_period_days: 14 } });
    const types = await eventsDuring(world.stripe, () => complete(id));
    const done = await session(id);
    expect(types.slice(0, 5)).toEqual([
      "customer.created",
      "setup_intent.created",
      "payment_method.attached",
      "setup_intent.succeeded",
      "customer.subscription.created",
    ]);
    expect(types.at(-1)).toBe("checkout.session.completed");
    expect(types).not.toContain("charge.succeeded");
    expect(done).toMatchObject({
      amount_total: 0,
      payment_status: "no_payment_required",
      setup_intent: null,
    });
    const subscription = await subscriptionOf(done.subscription);
    expect(subscription).toMatchObject({ status: "trialing", pending_setup_intent: null });
    expect(subscription.default_payment_method).toMatch(/^pm_/);
    expect(expandedInvoice(subscription)).toMatchObject({ status: "paid", total: 0 });
  });

  it("asks for no card when none is needed and payment_method_collection is if_required", async () => {
    const { id } = await checkout({
      subscription_data: {
        trial_period_days: 7,
        trial_settings: { end_behavior: { missing_payment_method: "cancel" } },
      },
      payment_method_collection: "if_required",
    });
    const types = await eventsDuring(world.stripe, () => complete(id));
    const done = await session(id);
    expect(types).not.toContain("setup_intent.succeeded");
    expect(done.payment_status).toBe("no_payment_required");
    expect(await subscriptionOf(done.subscription)).toMatchObject({
      status: "trialing",
      default_payment_method: null,
    });
  });

  it("takes 3-D Secure before a trial begins, and makes the subscription only then", async () => {
    const { id } = await checkout({ subscription_data: { trial_period_days: 7 } });
    const card = { payment_method: "pm_card_threeDSecure2Required" };
    const waits = world.sandbox.completeCheckout(id, card);
    expect(waits.status).toBe("requires_action");
    expect((await session(id)).subscription).toBeNull();
    const done = complete(id, { ...card, three_d_secure: "complete" });
    expect(await subscriptionOf(done.subscription)).toMatchObject({ status: "trialing" });
  });

  it("takes 3-D Secure for the first payment", async () => {
    const { id } = await checkout();
    const done = complete(id, {
      payment_method: "pm_card_threeDSecure2Required",
      three_d_secure: "complete",
    });
    const subscription = await subscriptionOf(done.subscription);
    expect(subscription).toMatchObject({ status: "active" });
    expect(subscription.default_payment_method).toMatch(/^pm_/);
    expect(done.payment_status).toBe("paid");
  });

  it("keeps the incomplete subscription of a declined card for the next one", async () => {
    const { id } = await checkout();
    const types = await eventsDuring(world.stripe, () =>
      expect(() => complete(id, { payment_method: "pm_card_chargeDeclined" })).toThrow(/declined/),
    );
    expect(types).toContain("invoice.payment_failed");
    expect(await session(id)).toMatchObject({ status: "open", subscription: null, customer: null });
    const done = complete(id);
    const customer = String(done.customer);
    const all = await world.stripe.subscriptions.list({ customer, status: "all" });
    expect(all.data.map(({ status }) => status)).toEqual(["active"]);
    expect((await world.stripe.customers.listPaymentMethods(customer)).data).toHaveLength(1);
  });

  it("starts anew when what was bought changed, or when the first attempt ran out", async () => {
    const { id } = await checkout({ allow_promotion_codes: true });
    const coupon = await world.stripe.coupons.create({ percent_off: 50, duration: "once" });
    const promotion = { type: "coupon", coupon: coupon.id } as const;
    await world.stripe.promotionCodes.create({ promotion, code: "HALF" });
    const decline = (more = {}) =>
      expect(() => complete(id, { payment_method: "pm_card_chargeDeclined", ...more })).toThrow(/declined/);
    decline();
    decline({ promotion_code: "HALF" });
    const { data: open } = await world.stripe.invoices.list({ status: "open" });
    const waiting = open.find(({ total }) => total === 1000);
    await world.stripe.invoices.voidInvoice(waiting?.id ?? "");
    const done = complete(id);
    expect(done).toMatchObject({ payment_status: "paid", amount_total: 1000 });
    const all = await world.stripe.subscriptions.list({ customer: String(done.customer), status: "all" });
    expect(all.data.map(({ status }) => status)).toEqual([
      "active",
      "incomplete_expired",
      "incomplete_expired",
    ]);
    expect((await world.stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(1);
  });

  it("is free with a coupon for everything, and still wants a card", async () => {
    const coupon = await world.stripe.coupons.create({ percent_off: 100, duration: "forever" });
    const { id } = await checkout({ discounts: [{ coupon: coupon.id }] });
    const done = complete(id);
    expect(done).toMatchObject({ amount_total: 0, payment_status: "no_payment_required" });
    const subscription = await subscriptionOf(done.subscription);
    expect(subscription).toMatchObject({ status: "active" });
    expect(subscription.default_payment_method).toMatch(/^pm_/);
  });

  it("starts metered prices without a quantity and without a charge", async () => {
    const meter = await world.stripe.billing.meters.create({
      display_name: "Calls",
      event_name: "checkout_calls",
      default_aggregation: { formula: "sum" },
    });
    const price = await makePrice(world.stripe, {
      recurring: { interval: "month", usage_type: "metered", meter: meter.id },
    });
    const { id } = await checkout({ line_items: [{ price: price.id }] });
    const done = complete(id);
    expect(done).toMatchObject({ amount_total: 0, payment_status: "no_payment_required" });
    expect(await subscriptionOf(done.subscription)).toMatchObject({ status: "active" });
  });

  it("prorates the time until a billing anchor, or bills it not at all", async () => {
    const anchor = Math.floor(Date.now() / 1000) + 10 * 86400;
    const short = await checkout({ subscription_data: { billing_cycle_anchor: anchor } }, 3000);
    const done = complete(short.id);
    const invoice = expandedInvoice(await subscriptionOf(done.subscription));
    expect(done.amount_total).toBe(invoice.total);
    expect(invoice.total).toBeLessThan(3000);
    const free = await checkout({
      subscription_data: { billing_cycle_anchor: anchor, proration_behavior: "none" },
    });
    expect(free.amount_total).toBe(0);
    expect(complete(free.id).payment_status).toBe("no_payment_required");
  });

  it("sells prices made on the spot, which stay out of the catalogue", async () => {
    const { id } = await checkout({
      line_items: [
        {
          price_data: {
            currency: "eur",
            unit_amount: 900,
            recurring: { interval: "month" },
            product_data: { name: "Made here", description: "Once" },
          },
          quantity: 1,
        },
        { price_data: { currency: "eur", unit_amount: 500, product_data: { name: "Setup" } }, quantity: 1 },
      ],
    });
    const items = await world.stripe.checkout.sessions.listLineItems(id);
    expect(items.data.map(({ description, price }) => [description, price?.active])).toEqual([
      ["Made here", false],
      ["Setup", false],
    ]);
    const done = complete(id);
    expect(done).toMatchObject({ currency: "eur", amount_total: 1400 });
    const subscription = await subscriptionOf(done.subscription);
    expect(subscription.items.data[0]?.price.active).toBe(false);
  });

  it("lives in the time of its customer's test clock, and expires there", async () => {
    const clock = await world.stripe.testHelpers.testClocks.create({ frozen_time: 1_900_000_000 });
    const customer = await makeCustomer(world.stripe, undefined, { test_clock: clock.id });
    const { id, created } = await checkout({ customer: customer.id });
    const other = await checkout({ customer: customer.id });
    expect(created).toBe(1_900_000_000);
    const done = complete(id);
    expect((await subscriptionOf(done.subscription)).created).toBe(1_900_000_000);
    await world.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: 1_900_000_000 + 86400 });
    await world.sandbox.settled();
    expect(await session(other.id)).toMatchObject({ status: "expired", url: null });
    expect(await eventsOf(world.stripe, other.id)).toEqual(["checkout.session.expired"]);
  });
});

describe("expiry of a subscription session", () => {
  it("leaves nothing behind when nobody tried to pay", async () => {
    const { id } = await checkout();
    const expire = () => world.stripe.checkout.sessions.expire(id);
    expect(await eventsDuring(world.stripe, expire)).toEqual(["checkout.session.expired"]);
  });

  it("ends the attempt under way, and gives the promotion code back", async () => {
    const coupon = await world.stripe.coupons.create({ percent_off: 10, duration: "forever" });
    const code = await world.stripe.promotionCodes.create({
      promotion: { type: "coupon", coupon: coupon.id },
      code: "LASTONE",
      max_redemptions: 1,
    });
    const { id } = await checkout({ allow_promotion_codes: true });
    const waits = world.sandbox.completeCheckout(id, {
      promotion_code: "lastone",
      payment_method: "pm_card_threeDSecure2Required",
    });
    await world.stripe.checkout.sessions.expire(id);
    const intent = await world.stripe.paymentIntents.retrieve(
      waits.client_secret?.split("_secret_")[0] ?? "",
    );
    expect(intent.status).toBe("canceled");
    const [subscription] = (
      await world.stripe.subscriptions.list({ customer: String(intent.customer), status: "all" })
    ).data;
    expect(subscription?.status).toBe("incomplete_expired");
    expect(await world.stripe.promotionCodes.retrieve(code.id)).toMatchObject({
      active: true,
      times_redeemed: 0,
    });
    expect(() => complete(id)).toThrow(/expired/);
  });
});
