import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { latestInvoice } from "../../testing/clock";
import { makePortal } from "../../testing/portal";
import { type Started, start } from "../../testing/start";

let world: Started;
beforeAll(async () => {
  world = await start();
});
afterAll(() => world.sandbox.close());

const refusal = (work: () => Promise<unknown>) =>
  work().then(
    () => undefined,
    (error: unknown) => error,
  );

/** The types of what an action caused, and that nobody asked for it over the API. */
async function caused(work: () => Promise<unknown>): Promise<string[]> {
  const { stripe, sandbox } = world;
  await sandbox.settled();
  const [last] = (await stripe.events.list({ limit: 1 })).data;
  await work();
  await sandbox.settled();
  const events = await stripe.events.list({ limit: 100, ...(last && { ending_before: last.id }) });
  const own = events.data.filter(({ type }) => type !== "billing_portal.session.created");
  expect(own.every(({ request }) => request?.id === null)).toBe(true);
  return own.map(({ type }): string => type).reverse();
}

describe("cancel", () => {
  it.each(["flexible", "classic"] as const)("at period end, with a reason, and back (%s)", async (mode) => {
    const { stripe } = world;
    const { subscription, does, to } = await makePortal(world, { mode });
    const { id } = subscription;
    const events = await caused(() =>
      does("cancel", { subscription: id, feedback: "unused", comment: "Bye" }),
    );
    expect(events).toEqual(["customer.subscription.updated"]);
    const end = subscription.items.data[0]?.current_period_end;
    const ending = await stripe.subscriptions.retrieve(id);
    expect(ending).toMatchObject({
      cancel_at: end,
      cancel_at_period_end: mode === "classic",
      cancellation_details: { comment: "Bye", feedback: "unused", reason: "cancellation_requested" },
      status: "active",
    });
    const again = await refusal(() => does("cancel", { subscription: id }));
    expect(again).toMatchObject({ body: { param: "subscription" } });
    expect(await caused(() => does("undo_cancel", { subscription: id }))).toEqual([
      "customer.subscription.updated",
    ]);
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
      cancel_at: null,
      cancel_at_period_end: false,
    });
    await does("cancel", { subscription: id });
    await to((end ?? 0) + 60);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("canceled");
  });

  it("immediately, with the unused time given back", async () => {
    const { stripe } = world;
    const { subscription, customer, does } = await makePortal(world, {
      change: (features) => ({
        ...features,
        subscription_cancel: { enabled: true, mode: "immediately", proration_behavior: "create_prorations" },
      }),
    });
    expect(await caused(() => does("cancel", { subscription: subscription.id }))).toEqual([
      "invoiceitem.created",
      "customer.subscription.deleted",
    ]);
    const pending = await stripe.invoiceItems.list({ customer: customer.id, pending: true });
    expect(pending.data.map(({ amount }) => amount)).toEqual([-2000]);
  });

  it("refuses reasons that are not offered", async () => {
    const { subscription, does } = await makePortal(world);
    const given = { subscription: subscription.id, feedback: "low_quality" };
    expect(await refusal(() => does("cancel", given))).toMatchObject({ body: { param: "feedback" } });
    const never = { ...given, feedback: "bored" };
    expect(await refusal(() => does("cancel", never))).toMatchObject({ body: { param: "feedback" } });
  });

  it("offers a coupon instead", async () => {
    const { stripe, sandbox } = world;
    const { subscription, customer, configuration } = await makePortal(world);
    const coupon = await stripe.coupons.create({ percent_off: 25, duration: "forever" });
    const session = await stripe.billingPortal.sessions.create({
      customer: customer.id,
      configuration: configuration.id,
      flow_data: {
        type: "subscription_cancel",
        subscription_cancel: {
          subscription: subscription.id,
          retention: { type: "coupon_offer", coupon_offer: { coupon: coupon.id } },
        },
        after_completion: { type: "hosted_confirmation", hosted_confirmation: { custom_message: "Good!" } },
      },
    });
    const other = () =>
      Promise.resolve().then(() => sandbox.portal(session.id, "pause", { subscription: subscription.id }));
    expect(await refusal(other)).toMatchObject({ body: { param: "action" } });
    const { next } = sandbox.portal(session.id, "accept_offer");
    expect(next).toEqual({ type: "hosted_confirmation", message: "Good!" });
    const kept = await stripe.subscriptions.retrieve(subscription.id, { expand: ["discounts"] });
    expect(kept).toMatchObject({ cancel_at: null, discounts: [{ source: { coupon: coupon.id } }] });
    const after = () => Promise.resolve().then(() => sandbox.portal(session.id, "accept_offer"));
    expect(await refusal(after)).toMatchObject({ body: { code: "portal_session_expired" } });
  });
});

describe("pause", () => {
  it("for a time that is over by itself", async () => {
    const { stripe } = world;
    const { subscription, does, to } = await makePortal(world);
    const { id } = subscription;
    const started = subscription.start_date;
    expect(
      await caused(() => does("pause", { subscription: id, interval: "month", interval_count: 3 })),
    ).toContain("customer.subscription.paused");
    await to(started + 59 * 86_400);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("paused");
    await to(started + 91 * 86_400);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
  });

  it("is ended by hand, and a later pause lives its own time", async () => {
    const { stripe } = world;
    const { subscription, does, to } = await makePortal(world);
    const { id, start_date: started } = subscription;
    await does("pause", { subscription: id });
    const events = await caused(() => does("resume", { subscription: id }));
    expect(events).toContain("customer.subscription.resumed");
    await to(started + 86_400);
    await stripe.subscriptions.pause(id);
    await to(started + 40 * 86_400);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("paused");
    const wrong = { subscription: id, interval: "week" };
    expect(await refusal(() => does("pause", wrong))).toMatchObject({ body: { param: "interval" } });
  });
});

describe("update", () => {
  it("costs what the preview said", async () => {
    const { stripe } = world;
    const { subscription, pro, does, to } = await makePortal(world);
    const { id, start_date: started } = subscription;
    await to(started + 10 * 86_400);
    const wanted = { subscription: id, price: pro.id, quantity: 2 };
    const { result } = await does("preview_update", wanted);
    const preview = result.invoice as Stripe.Invoice;
    expect(result.regular).toEqual({ amount: 10_000, currency: "usd", interval: "month", interval_count: 1 });
    const events = await caused(() => does("update", wanted));
    expect(events).toEqual(
      expect.arrayContaining(["invoice.paid", "customer.subscription.updated", "charge.succeeded"]),
    );
    const invoice = await latestInvoice(stripe, id);
    expect(invoice.total).toBeGreaterThan(0);
    expect([invoice.total, invoice.amount_paid]).toEqual([preview.total, preview.amount_due]);
    const changed = await stripe.subscriptions.retrieve(id);
    expect(changed.items.data[0]).toMatchObject({ price: { id: pro.id }, quantity: 2 });
  });

  it("takes a promotion code", async () => {
    const { stripe } = world;
    const { subscription, pro, does } = await makePortal(world);
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: "forever" });
    const { code } = await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id } });
    const wanted = { subscription: subscription.id, price: pro.id };
    const bad = await refusal(() => does("update", { ...wanted, promotion_code: "NOPE" }));
    expect(bad).toMatchObject({ body: { param: "promotion_code" } });
    await does("update", { ...wanted, promotion_code: code.toLowerCase() });
    const { discounts } = await stripe.subscriptions.retrieve(subscription.id);
    expect(discounts).toHaveLength(1);
  });

  it("is not made when the card is declined, and waits when the bank asks", async () => {
    const { stripe, sandbox, browse } = world;
    const { subscription, customer, pro, does } = await makePortal(world);
    const { id } = subscription;
    const wanted = { subscription: id, price: pro.id };
    const use = async (card: string) => {
      const method = await stripe.paymentMethods.attach(card, { customer: customer.id });
      await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
    };
    await use("pm_card_chargeCustomerFail");
    const before = await stripe.invoices.list({ customer: customer.id });
    expect(await refusal(() => does("update", wanted))).toMatchObject({
      status: 402,
      body: { type: "card_error" },
    });
    const price = async () => (await stripe.subscriptions.retrieve(id)).items.data[0]?.price.id;
    expect(await price()).not.toBe(pro.id);
    expect((await stripe.invoices.list({ customer: customer.id })).data).toHaveLength(before.data.length);
    await use("pm_card_authenticationRequired");
    const { result } = await does("update", wanted);
    expect(result).toMatchObject({ requires_action: true });
    expect(await price()).not.toBe(pro.id);
    const secret = String(result.client_secret);
    const intent = String(result.payment_intent);
    const finish = (outcome: string) => browse(`/_sandbox/3ds/${intent}`, { client_secret: secret, outcome });
    expect((await finish("complete")).status).toBe(200);
    await sandbox.settled();
    await does("finish_update", { subscription: id });
    expect(await price()).toBe(pro.id);
  });

  it.each(["decreasing_item_amount", "shortening_interval"] as const)(
    "waits for the period end under %s",
    async (type) => {
      const { stripe } = world;
      const { subscription, basic, yearly, pro, does, to } = await makePortal(world, {
        change: (features) => ({
          ...features,
          subscription_update: {
            ...features.subscription_update,
            enabled: true,
            schedule_at_period_end: { conditions: [{ type }] },
          },
        }),
      });
      const { id } = subscription;
      const up = type === "shortening_interval" ? yearly.id : pro.id;
      await does("update", { subscription: id, price: up });
      const now = await stripe.subscriptions.retrieve(id);
      expect(now.items.data[0]?.price.id).toBe(up);
      const down = { subscription: id, price: basic.id };
      const events = await caused(() => does("update", down));
      expect(events).toEqual(["subscription_schedule.created", "customer.subscription.updated"]);
      const waiting = await stripe.subscriptions.retrieve(id);
      expect(waiting.items.data[0]?.price.id).toBe(up);
      expect(await refusal(() => does("update", down))).toMatchObject({
        body: { type: "invalid_request_error" },
      });
      await does("undo_scheduled", { subscription: id });
      expect((await stripe.subscriptions.retrieve(id)).schedule).toBeNull();
      await does("update", down);
      await to((now.items.data[0]?.current_period_end ?? 0) + 7200);
      const later = await stripe.subscriptions.retrieve(id);
      expect(later.items.data[0]?.price.id).toBe(basic.id);
    },
  );

  it("ends a trial or goes on with it, as configured", async () => {
    const { stripe } = world;
    const trial = async (behavior: "continue_trial" | "end_trial") => {
      const made = await makePortal(world, {
        trialDays: 14,
        change: (features) => ({
          ...features,
          subscription_update: {
            ...features.subscription_update,
            enabled: true,
            trial_update_behavior: behavior,
          },
        }),
      });
      await made.does("update", { subscription: made.subscription.id, price: made.pro.id });
      return (await stripe.subscriptions.retrieve(made.subscription.id)).status;
    };
    expect(await trial("continue_trial")).toBe("trialing");
    expect(await trial("end_trial")).toBe("active");
  });

  it("is confirmed in a flow", async () => {
    const { stripe, sandbox } = world;
    const { subscription, item, pro, customer, configuration } = await makePortal(world);
    const session = await stripe.billingPortal.sessions.create({
      customer: customer.id,
      configuration: configuration.id,
      flow_data: {
        type: "subscription_update_confirm",
        subscription_update_confirm: {
          subscription: subscription.id,
          items: [{ id: item, price: pro.id, quantity: 3 }],
        },
        after_completion: { type: "redirect", redirect: { return_url: "https://example.com/done" } },
      },
    });
    expect(sandbox.portal(session.id, "preview_confirm").next).toBeNull();
    expect(sandbox.portal(session.id, "confirm_update").next).toEqual({
      type: "redirect",
      url: "https://example.com/done",
    });
    const { items } = await stripe.subscriptions.retrieve(subscription.id);
    expect(items.data[0]).toMatchObject({ price: { id: pro.id }, quantity: 3 });
  });
});

describe("payment methods and details", () => {
  it("adds, chooses and removes cards", async () => {
    const { stripe, browse } = world;
    const { customer, subscription, does } = await makePortal(world);
    const { payment_method: first } =
      (await stripe.paymentIntents.list({ customer: customer.id })).data[0] ?? {};
    const events = await caused(() => does("add_payment_method", { payment_method: "pm_card_mastercard" }));
    expect(events).toEqual([
      "setup_intent.created",
      "payment_method.attached",
      "setup_intent.succeeded",
      "customer.updated",
    ]);
    const { invoice_settings: settings } = (await stripe.customers.retrieve(customer.id)) as Stripe.Customer;
    expect(settings.default_payment_method).not.toBe(first);
    const needed = await refusal(() =>
      does("remove_payment_method", { payment_method: settings.default_payment_method }),
    );
    expect(needed).toMatchObject({ body: { param: "payment_method" } });
    expect(await caused(() => does("remove_payment_method", { payment_method: first }))).toEqual([
      "payment_method.detached",
    ]);
    const failed = await caused(() =>
      refusal(() => does("add_payment_method", { payment_method: "pm_card_chargeDeclined" })),
    );
    expect(failed).toEqual(["setup_intent.created", "setup_intent.setup_failed"]);
    const { result } = await does("add_payment_method", {
      payment_method: "pm_card_authenticationRequired",
      default: false,
    });
    expect(result).toMatchObject({ requires_action: true });
    const { setup_intent: intent, client_secret: secret } = result;
    await browse(`/_sandbox/3ds/${intent}`, { client_secret: String(secret), outcome: "complete" });
    const done = await does("finish_payment_method", { setup_intent: intent, default: false });
    const added = (done.result.payment_method as Stripe.PaymentMethod).id;
    await does("set_default_payment_method", { payment_method: added, subscription: subscription.id });
    expect((await stripe.subscriptions.retrieve(subscription.id)).default_payment_method).toBe(added);
  });

  it("changes what may be changed", async () => {
    const { stripe } = world;
    const { customer, does } = await makePortal(world);
    const address = { line1: "1 Main St", city: "Oslo", country: "NO" };
    expect(await caused(() => does("update_customer", { name: "Grace", address }))).toEqual([
      "customer.updated",
    ]);
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({
      name: "Grace",
      address: { city: "Oslo" },
    });
    const { result } = await does("add_tax_id", { type: "no_vat", value: "123456789MVA" });
    const { id } = result.tax_id as Stripe.TaxId;
    expect(await caused(() => does("remove_tax_id", { tax_id: id }))).toEqual(["customer.tax_id.deleted"]);
    const strict = await makePortal(world, {
      change: (features) => ({ ...features, customer_update: { enabled: true, allowed_updates: ["email"] } }),
    });
    expect(await refusal(() => strict.does("update_customer", { name: "X" }))).toMatchObject({
      body: { param: "name" },
    });
    expect(await refusal(() => strict.does("update_customer", { email: "x" }))).toMatchObject({
      body: { code: "email_invalid" },
    });
    expect(await refusal(() => strict.does("no_such_thing"))).toMatchObject({ status: 404 });
  });
});
