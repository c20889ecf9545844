import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { everything, makePortal } from "../../testing/portal";
import { type Started, start } from "../../testing/start";
import { eventsOf, makeCustomer, makePrice } from "../../testing/world";

const nothing = { invoice_history: { enabled: false } };
let world: Started;
beforeAll(async () => {
  world = await start();
});
afterAll(() => world.sandbox.close());

describe("billing_portal/configurations", () => {
  it("needs one before a session can do without naming it, and the first one is the default", async () => {
    const fresh = await start();
    const { stripe } = fresh;
    const customer = await makeCustomer(stripe);
    const open = () => stripe.billingPortal.sessions.create({ customer: customer.id });
    await expect(open()).rejects.toThrow(/No configuration provided/);
    const first = await stripe.billingPortal.configurations.create({
      features: { invoice_history: { enabled: true } },
    });
    const second = await stripe.billingPortal.configurations.create({ features: nothing });
    expect([first.is_default, second.is_default]).toEqual([true, false]);
    expect((await open()).configuration).toBe(first.id);
    const defaults = await stripe.billingPortal.configurations.list({ is_default: true });
    expect(defaults.data.map(({ id }) => id)).toEqual([first.id]);
    const update = stripe.billingPortal.configurations.update(first.id, { active: false });
    await expect(update).rejects.toMatchObject({ param: "active" });
    await stripe.billingPortal.configurations.update(second.id, { active: false });
    const inactive = stripe.billingPortal.sessions.create({
      customer: customer.id,
      configuration: second.id,
    });
    await expect(inactive).rejects.toMatchObject({ param: "configuration" });
    expect((await stripe.billingPortal.configurations.list({ active: false })).data).toHaveLength(1);
    expect(await eventsOf(stripe, second.id)).toEqual([
      "billing_portal.configuration.created",
      "billing_portal.configuration.updated",
    ]);
    await fresh.sandbox.close();
  });

  it("starts with nothing allowed, and changes one feature at a time", async () => {
    const { stripe } = world;
    const { id, features } = await stripe.billingPortal.configurations.create({ features: nothing });
    expect(features).toMatchObject({
      customer_update: { allowed_updates: [], enabled: false },
      subscription_cancel: { mode: "at_period_end", proration_behavior: "none" },
      subscription_pause: {
        duration: { type: "interval_options", interval_options: [{ interval: "month", interval_count: 1 }] },
      },
      subscription_update: { products: [], schedule_at_period_end: { conditions: [] } },
    });
    const changed = await stripe.billingPortal.configurations.update(id, {
      business_profile: { headline: "Farebox" },
      default_return_url: "https://example.com/account",
      features: {
        subscription_cancel: { enabled: true, mode: "immediately", proration_behavior: "create_prorations" },
      },
      login_page: { enabled: true },
      metadata: { a: "1" },
      name: "Main",
    });
    expect(changed).toMatchObject({
      business_profile: { headline: "Farebox", privacy_policy_url: null },
      default_return_url: "https://example.com/account",
      features: { invoice_history: { enabled: false }, subscription_cancel: { enabled: true } },
      metadata: { a: "1" },
      name: "Main",
    });
    expect(changed.login_page.url).toMatch(/\/p\/login\/test_/);
    const expanded = await stripe.billingPortal.configurations.retrieve(id, {
      expand: ["features.subscription_update.products"],
    });
    expect(expanded.features.subscription_update.products).toEqual([]);
  });

  it("refuses what cannot work", async () => {
    const { stripe } = world;
    const price = await makePrice(stripe);
    const oneTime = await makePrice(stripe, { recurring: null });
    const base = everything({ [String(price.product)]: [price.id] });
    const refusal = (features: object) =>
      stripe.billingPortal.configurations
        .create({ features: { ...base, ...features } })
        .then(() => undefined)
        .catch((error: { param?: string }) => error.param);
    const cancel = (change: object) => refusal({ subscription_cancel: { enabled: true, ...change } });
    const update = (change: object) =>
      refusal({ subscription_update: { ...base.subscription_update, ...change } });
    const where = "features[subscription_update]";
    expect(await cancel({ proration_behavior: "always_invoice" })).toBe(
      "features[subscription_cancel][proration_behavior]",
    );
    expect(await cancel({ proration_behavior: "create_prorations" })).toBe(
      "features[subscription_cancel][proration_behavior]",
    );
    expect(await update({ products: "" })).toBe(`${where}[products]`);
    expect(await update({ default_allowed_updates: "" })).toBe(`${where}[default_allowed_updates]`);
    const product = { product: String(price.product), prices: [oneTime.id] };
    expect(await update({ products: [product] })).toBe(`${where}[products][0][prices][0]`);
    const many = Array.from({ length: 11 }, () => ({ ...product, prices: [price.id] }));
    expect(await update({ products: many })).toBe(`${where}[products]`);
    const pause = (duration: object) => refusal({ subscription_pause: { enabled: true, duration } });
    const options = "features[subscription_pause][duration][interval_options]";
    expect(await pause({ type: "interval_options" })).toBe(options);
    expect(
      await pause({ type: "interval_options", interval_options: [{ interval: "year", interval_count: 4 }] }),
    ).toBe(options);
    expect(
      await refusal({ payment_method_update: { enabled: true, payment_method_configuration: "pmc_1" } }),
    ).toBe("features[payment_method_update][payment_method_configuration]");
    expect(await refusal({ surprises: { enabled: true } })).toBe("features[surprises]");
  });
});

describe("billing_portal/sessions", () => {
  it("describes the flow it is for", async () => {
    const { stripe } = world;
    const { customer, configuration, subscription, item, pro } = await makePortal(world);
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: "once" });
    const session = await stripe.billingPortal.sessions.create({
      customer: customer.id,
      configuration: configuration.id,
      return_url: "https://example.com/back",
      locale: "de",
      after_expiration: { type: "customer_login", customer_login: { expires_at: 2_000_000_000 } },
      flow_data: {
        type: "subscription_cancel",
        subscription_cancel: {
          subscription: subscription.id,
          retention: { type: "coupon_offer", coupon_offer: { coupon: coupon.id } },
        },
        after_completion: { type: "redirect", redirect: { return_url: "https://example.com/sorry" } },
      },
      expand: ["configuration"],
    });
    expect(session).toMatchObject({
      after_expiration: { type: "customer_login", customer_login: { expires_at: 2_000_000_000 } },
      configuration: { object: "billing_portal.configuration" },
      flow: {
        after_completion: {
          hosted_confirmation: null,
          redirect: { return_url: "https://example.com/sorry" },
          type: "redirect",
        },
        customer_update: null,
        subscription_cancel: {
          retention: { coupon_offer: { coupon: coupon.id }, type: "coupon_offer" },
          subscription: subscription.id,
        },
        subscription_update_confirm: null,
        type: "subscription_cancel",
      },
      locale: "de",
      on_behalf_of: null,
    });
    expect(session.url).toMatch(/\/p\/session\/test_/);
    expect(session).not.toHaveProperty("access");
    expect(await eventsOf(stripe, session.id)).toEqual(["billing_portal.session.created"]);
    const confirm = await stripe.billingPortal.sessions.create({
      customer: customer.id,
      configuration: configuration.id,
      flow_data: {
        type: "subscription_update_confirm",
        subscription_update_confirm: {
          subscription: subscription.id,
          items: [{ id: item, price: pro.id, quantity: 2 }],
          discounts: [{ coupon: coupon.id }],
        },
      },
    });
    expect(confirm.flow).toMatchObject({
      after_completion: { type: "portal_homepage" },
      subscription_update_confirm: {
        discounts: [{ coupon: coupon.id, promotion_code: null }],
        items: [{ id: item, price: pro.id, quantity: 2 }],
      },
    });
  });

  it("refuses flows that could not be gone through", async () => {
    const { stripe } = world;
    const { customer, configuration, subscription, item, basic } = await makePortal(world);
    const stranger = await makeCustomer(stripe);
    const dear = await makePrice(stripe, { amount: 90_000 });
    const refusal = (flow: object, more: object = {}) =>
      stripe.billingPortal.sessions
        .create({ customer: customer.id, configuration: configuration.id, flow_data: flow as never, ...more })
        .then(() => undefined)
        .catch((error: { param?: string }) => error.param);
    const own = { subscription: subscription.id };
    expect(await refusal({ type: "subscription_cancel" })).toBe("flow_data[subscription_cancel]");
    expect(await refusal({ type: "customer_update", subscription_pause: own })).toBe(
      "flow_data[subscription_pause]",
    );
    expect(
      await refusal({ type: "subscription_pause", subscription_pause: own }, { customer: stranger.id }),
    ).toBe("flow_data[subscription_pause][subscription]");
    const confirm = (items: object[]) =>
      refusal({ type: "subscription_update_confirm", subscription_update_confirm: { ...own, items } });
    const where = "flow_data[subscription_update_confirm][items]";
    expect(await confirm([{ id: item, price: dear.id }])).toBe(`${where}[0][price]`);
    expect(await confirm([{ id: "si_other", price: basic.id }])).toBe(`${where}[0][id]`);
    expect(await confirm([{ id: item, quantity: 21 }])).toBe(`${where}[0][quantity]`);
    expect(await confirm([])).toBe(where);
    expect(await refusal({ type: "payment_method_update", after_completion: { type: "redirect" } })).toBe(
      "flow_data[after_completion][redirect]",
    );
    const bare = await stripe.billingPortal.configurations.create({ features: nothing });
    expect(await refusal({ type: "payment_method_update" }, { configuration: bare.id })).toBe(
      "flow_data[type]",
    );
    await expect(stripe.billingPortal.sessions.create({})).rejects.toMatchObject({ param: "customer" });
    const relative = stripe.billingPortal.sessions.create({ customer: customer.id, return_url: "/back" });
    await expect(relative).rejects.toMatchObject({ code: "url_invalid", param: "return_url" });
  });
});
