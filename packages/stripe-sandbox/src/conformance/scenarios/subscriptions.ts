import type Stripe from "stripe";
import { makeClock } from "../../testing/clock";
import { makeCustomer, makePrice } from "../../testing/world";
import { refused } from "../refused";
import type { Scenario } from ".";

export const subscriptions: Scenario = async (stripe, sandbox) => {
  const [basic, dear] = [await makePrice(stripe), await makePrice(stripe, { amount: 5000 })];
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const made = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: basic.id, quantity: 2, metadata: { seat: "one" } }],
    add_invoice_items: [{ price: (await makePrice(stripe, { recurring: null })).id }],
    description: "Team",
    metadata: { team: "a" },
    payment_settings: { save_default_payment_method: "on_subscription" },
    billing_mode: { type: "classic" },
    expand: ["latest_invoice.payments", "latest_invoice.confirmation_secret"],
  });
  await sandbox.settled();
  const item = made.items.data[0]?.id ?? "";
  await stripe.subscriptions.migrate(made.id, { billing_mode: { type: "flexible" } });
  await stripe.subscriptions.update(made.id, {
    items: [{ id: item, price: dear.id }],
    proration_behavior: "always_invoice",
    expand: ["latest_invoice"],
  });
  await stripe.subscriptions.update(made.id, { items: [{ id: item, quantity: 3 }] });
  await stripe.invoiceItems.list({ customer: customer.id, pending: true });
  await stripe.subscriptions.update(made.id, {
    pause_collection: { behavior: "void", resumes_at: 2_000_000_000 },
  });
  await stripe.subscriptions.update(made.id, { pause_collection: "" });
  await stripe.subscriptions.update(made.id, {
    cancel_at_period_end: true,
    cancellation_details: { comment: "Too far", feedback: "unused" },
  });
  await stripe.subscriptions.update(made.id, { cancel_at_period_end: false });
  await stripe.subscriptions.list({ customer: customer.id, status: "all" });
  await stripe.subscriptions.search({ query: "metadata['team']:'a'" });
  await items(stripe, made.id);
  await stripe.subscriptions.pause(made.id, { invoicing_behavior: "invoice" });
  await stripe.subscriptions.resume(made.id, { payment_behavior: "resume_on_payment_success" });
  await stripe.subscriptions.cancel(made.id, { prorate: true, invoice_now: true });
  await refused(stripe.subscriptions.cancel(made.id));
  await waiting(stripe, basic.id);
};

async function items(stripe: Stripe, subscription: string): Promise<void> {
  const extra = await makePrice(stripe, { amount: 300 });
  const added = await stripe.subscriptionItems.create({ subscription, price: extra.id, quantity: 2 });
  await stripe.subscriptionItems.update(added.id, { quantity: 5, metadata: { a: "b" } });
  await stripe.subscriptionItems.retrieve(added.id);
  await stripe.subscriptionItems.list({ subscription });
  await stripe.subscriptionItems.del(added.id);
}

async function waiting(stripe: Stripe, price: string): Promise<void> {
  const nobody = await makeCustomer(stripe);
  const incomplete = await stripe.subscriptions.create({
    customer: nobody.id,
    items: [{ price }],
    payment_behavior: "default_incomplete",
    expand: ["latest_invoice.confirmation_secret", "pending_setup_intent"],
  });
  await stripe.subscriptions.cancel(incomplete.id);
  const careful = await makeCustomer(stripe, "pm_card_authenticationRequired");
  await stripe.subscriptions.create({ customer: careful.id, items: [{ price }] });
  const poor = await makeCustomer(stripe, "pm_card_chargeCustomerFail");
  await stripe.subscriptions.create({ customer: poor.id, items: [{ price }] });
  await refused(
    stripe.subscriptions.create({
      customer: poor.id,
      items: [{ price }],
      payment_behavior: "error_if_incomplete",
    }),
  );
  await stripe.subscriptions.create({
    customer: nobody.id,
    items: [{ price }],
    collection_method: "send_invoice",
    days_until_due: 7,
    expand: ["latest_invoice"],
  });
  await stripe.subscriptions.create({
    customer: nobody.id,
    items: [{ price }],
    trial_period_days: 10,
    trial_settings: { end_behavior: { missing_payment_method: "pause" } },
    payment_behavior: "default_incomplete",
    payment_settings: { save_default_payment_method: "on_subscription" },
    expand: ["pending_setup_intent"],
  });
}

export const pendingUpdates: Scenario = async (stripe) => {
  const { customer, price, clock, to } = await makeClock(stripe);
  const dear = await makePrice(stripe, { amount: 9000 });
  const begin = async () => {
    const made = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customer.id });
    await stripe.subscriptions.update(made.id, {
      default_payment_method: bad.id,
      expand: ["default_payment_method"],
    });
    return stripe.subscriptions.update(made.id, {
      items: [{ id: made.items.data[0]?.id ?? "", price: dear.id }],
      payment_behavior: "pending_if_incomplete",
      proration_behavior: "always_invoice",
    });
  };
  const applied = await begin();
  const good = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await stripe.invoices.pay(String(applied.latest_invoice), { payment_method: good.id });
  await begin();
  await to(clock.frozen_time + 24 * 3600);
};
