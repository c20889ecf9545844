import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Started, start } from "../../testing/start";
import { eventsOf, makeCustomer, makePrice } from "../../testing/world";

let world: Started;
let stripe: Stripe;
let price: Stripe.Price;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
  price = await makePrice(stripe);
});
afterAll(() => world.sandbox.close());

async function redeem(discount: { coupon?: string; promotion_code?: string }, customer?: string) {
  const buyer = customer ?? (await makeCustomer(stripe, "pm_card_visa")).id;
  return stripe.subscriptions.create({
    customer: buyer,
    items: [{ price: price.id }],
    discounts: [discount],
  });
}

describe("a coupon", () => {
  it("keeps what it is and changes only its name, metadata and further currencies", async () => {
    const coupon = await stripe.coupons.create({ id: "WELCOME", percent_off: 12.5, name: "Hi" });
    expect(coupon).toMatchObject({ id: "WELCOME", percent_off: 12.5, duration: "once", valid: true });
    expect(coupon).not.toHaveProperty("applies_to");
    expect(await stripe.coupons.update("WELCOME", { name: "Hello" })).toMatchObject({ name: "Hello" });
    await expect(stripe.coupons.create({ id: "WELCOME", percent_off: 1 })).rejects.toMatchObject({
      code: "resource_already_exists",
    });
    expect(await eventsOf(stripe, "WELCOME")).toEqual(["coupon.created", "coupon.updated"]);
  });

  it.each([
    [{}, "parameter_missing"],
    [{ percent_off: 10, amount_off: 5, currency: "usd" }, "parameters_exclusive"],
    [{ amount_off: 5 }, "parameter_missing"],
    [{ percent_off: 10, duration: "repeating" as const }, "parameter_missing"],
    [{ percent_off: 101 }, undefined],
    [{ percent_off: 10, redeem_by: 1 }, undefined],
    [{ percent_off: 10, colour: "red" }, "parameter_unknown"],
  ])("refuses %j", async (given, code) => {
    await expect(stripe.coupons.create(given)).rejects.toMatchObject({ statusCode: 400, code });
  });

  it("can be redeemed as often and as long as it says", async () => {
    const twice = await stripe.coupons.create({ percent_off: 10, max_redemptions: 1 });
    await redeem({ coupon: twice.id });
    await expect(redeem({ coupon: twice.id })).rejects.toMatchObject({ code: "coupon_expired" });
    expect(await stripe.coupons.retrieve(twice.id)).toMatchObject({ valid: false, times_redeemed: 1 });
    const now = Math.floor(Date.now() / 1000);
    const brief = await stripe.coupons.create({ percent_off: 10, redeem_by: now + 1000 });
    await world.advance(1001);
    await expect(redeem({ coupon: brief.id })).rejects.toMatchObject({ code: "coupon_expired" });
    expect((await stripe.coupons.retrieve(brief.id)).valid).toBe(false);
  });

  it("goes on behind its discounts when it is deleted, and cannot be redeemed again", async () => {
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: "forever" });
    const code = await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id } });
    const { id } = await redeem({ coupon: coupon.id });
    expect(await stripe.coupons.del(coupon.id)).toEqual(
      expect.objectContaining({ id: coupon.id, deleted: true }),
    );
    await expect(stripe.coupons.retrieve(coupon.id)).rejects.toMatchObject({ statusCode: 404 });
    await expect(redeem({ coupon: coupon.id })).rejects.toMatchObject({ code: "resource_missing" });
    expect((await stripe.promotionCodes.retrieve(code.id)).active).toBe(false);
    await world.advance(31 * 86_400 + 3700);
    const [invoice] = (await stripe.invoices.list({ subscription: id })).data;
    expect(invoice).toMatchObject({ billing_reason: "subscription_cycle", total: 1000 });
  });

  it("must know the currency it takes off", async () => {
    const coupon = await stripe.coupons.create({ amount_off: 500, currency: "eur" });
    await expect(redeem({ coupon: coupon.id })).rejects.toMatchObject({
      statusCode: 400,
      param: "discounts[0][coupon]",
    });
    await stripe.coupons.update(coupon.id, { currency_options: { usd: { amount_off: 600 } } });
    const subscription = await redeem({ coupon: coupon.id });
    expect((await stripe.invoices.retrieve(String(subscription.latest_invoice))).total).toBe(1400);
  });

  it("reaches its own products only", async () => {
    const other = await makePrice(stripe, { amount: 3000 });
    const coupon = await stripe.coupons.create({
      percent_off: 50,
      applies_to: { products: [String(other.product)] },
    });
    const customer = await makeCustomer(stripe, "pm_card_visa");
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }, { price: other.id }],
      discounts: [{ coupon: coupon.id }],
    });
    const invoice = await stripe.invoices.retrieve(String(subscription.latest_invoice));
    expect(invoice.lines.data.map((line) => line.discount_amounts?.length)).toEqual([0, 1]);
    expect(invoice.total).toBe(3500);
  });
});

describe("a promotion code", () => {
  let coupon: Stripe.Coupon;
  beforeAll(async () => {
    coupon = await stripe.coupons.create({ percent_off: 20, duration: "forever" });
  });
  const code = (given: Partial<Stripe.PromotionCodeCreateParams> = {}) =>
    stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id }, ...given });

  it("is found without regard to case and unique among the active ones", async () => {
    const spring = await code({ code: "Spring26" });
    const found = await stripe.promotionCodes.list({ code: "SPRING26", active: true });
    expect(found.data.map((row) => row.id)).toEqual([spring.id]);
    await expect(code({ code: "spring26" })).rejects.toMatchObject({ code: "resource_already_exists" });
    await stripe.promotionCodes.update(spring.id, { active: false });
    await expect(redeem({ promotion_code: spring.id })).rejects.toMatchObject({ statusCode: 400 });
    await code({ code: "spring26" });
    await expect(stripe.promotionCodes.update(spring.id, { active: true })).rejects.toMatchObject({
      code: "resource_already_exists",
    });
  });

  it("counts its redemptions and is over when they are used up", async () => {
    const once = await code({ max_redemptions: 1 });
    const subscription = await redeem({ promotion_code: once.id });
    const shown = await stripe.subscriptions.retrieve(subscription.id, { expand: ["discounts"] });
    expect(shown.discounts[0]).toMatchObject({ promotion_code: once.id });
    await expect(redeem({ promotion_code: once.id })).rejects.toMatchObject({ code: "coupon_expired" });
    expect(await stripe.promotionCodes.retrieve(once.id)).toMatchObject({ active: false, times_redeemed: 1 });
    expect(await eventsOf(stripe, once.id)).toEqual(["promotion_code.created", "promotion_code.updated"]);
  });

  it("ends by itself", async () => {
    const now = await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id } });
    const brief = await code({ expires_at: now.created + 500 });
    await world.advance(501);
    expect((await stripe.promotionCodes.retrieve(brief.id)).active).toBe(false);
    await expect(redeem({ promotion_code: brief.id })).rejects.toMatchObject({ code: "coupon_expired" });
  });

  it("is for one customer, for a first purchase, or for a minimum", async () => {
    const [friend, stranger] = [
      await makeCustomer(stripe, "pm_card_visa"),
      await makeCustomer(stripe, "pm_card_visa"),
    ];
    const mine = await code({ customer: friend.id });
    await expect(redeem({ promotion_code: mine.id }, stranger.id)).rejects.toMatchObject({ statusCode: 400 });
    const first = await code({ restrictions: { first_time_transaction: true } });
    await redeem({ promotion_code: first.id }, friend.id);
    await expect(redeem({ promotion_code: first.id }, friend.id)).rejects.toMatchObject({ statusCode: 400 });
    const restrictions = { minimum_amount: 2001, minimum_amount_currency: "usd" };
    const large = await code({ restrictions });
    await expect(redeem({ promotion_code: large.id })).rejects.toMatchObject({ statusCode: 400 });
    expect(large.restrictions).toEqual({ first_time_transaction: false, ...restrictions });
    const fits = await code({ restrictions: { ...restrictions, minimum_amount: 2000 } });
    expect((await redeem({ promotion_code: fits.id })).discounts).toHaveLength(1);
  });
});
