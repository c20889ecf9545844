import type Stripe from "stripe";
import { advanceClock, hour, makeClock } from "../../testing/clock";
import { makeCustomer, makePrice } from "../../testing/world";
import { refused } from "../refused";
import type { Scenario } from ".";

const month = { interval: "month", interval_count: 1 } as const;
const berlin = { city: "Berlin", country: "DE", line1: "Unter den Linden 1", postal_code: "10117" };
const taxed = { automatic_tax: { enabled: true } };

/** What a subscription can be given at its start and on its way. */
export const subscriptionExtras: Scenario = async (stripe, sandbox) => {
  const { customer, price, clock, to } = await makeClock(stripe);
  const inline = {
    currency: "usd",
    product: String(price.product),
    recurring: { interval: "month" as const },
    unit_amount: 1500,
  };
  const made = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price_data: inline }],
    backdate_start_date: clock.frozen_time - 40 * 86_400,
    billing_cycle_anchor_config: { day_of_month: 31, hour: 1, minute: 2, second: 3 },
    invoice_settings: {
      custom_fields: [{ name: "Order", value: "1" }],
      description: "Thanks",
      footer: "Bye",
    },
    pending_invoice_item_interval: { interval: "week" },
    expand: ["latest_invoice"],
  });
  await stripe.invoiceItems.create({ customer: customer.id, amount: 500, currency: "usd" });
  await to(clock.frozen_time + 8 * 86_400);
  await stripe.subscriptions.update(made.id, { pending_invoice_item_interval: "" });
  await itemized(stripe);
  await thresholds(stripe);
  await sandbox.settled();
};

async function itemized(stripe: Stripe): Promise<void> {
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: "forever" });
  const made = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: (await makePrice(stripe)).id }],
    billing_mode: { type: "flexible", flexible: { proration_discounts: "itemized" } },
    discounts: [{ coupon: coupon.id }],
  });
  const change = {
    items: [{ id: made.items.data[0]?.id ?? "", price: (await makePrice(stripe, { amount: 5000 })).id }],
    proration_behavior: "always_invoice" as const,
  };
  await stripe.invoices.createPreview({ subscription: made.id, subscription_details: change });
  await stripe.subscriptions.update(made.id, { ...change, expand: ["latest_invoice"] });
  await stripe.invoiceItems.list({ customer: customer.id });
}

async function thresholds(stripe: Stripe): Promise<void> {
  const { customer, price, clock } = await makeClock(stripe);
  const meter = await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: "conforming_calls",
    default_aggregation: { formula: "sum" },
  });
  const metered = await stripe.prices.create({
    currency: "usd",
    product: String(price.product),
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
    unit_amount: 10,
  });
  await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }, { price: metered.id, billing_thresholds: { usage_gte: 5 } }],
    billing_thresholds: { amount_gte: 1000, reset_billing_cycle_anchor: true },
  });
  await stripe.billing.meterEvents.create({
    event_name: meter.event_name,
    payload: { stripe_customer_id: customer.id, value: "200" },
    timestamp: clock.frozen_time,
  });
}

export const automaticTax: Scenario = async (stripe, sandbox) => {
  const { customer, price, clock } = await makeClock(stripe);
  await refused(
    stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }], ...taxed }),
  );
  await stripe.customers.update(customer.id, {
    address: berlin,
    tax: { ip_address: "203.0.113.7", validate_location: "immediately" },
    expand: ["tax"],
  });
  const made = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    ...taxed,
    expand: ["latest_invoice"],
  });
  await stripe.invoices.createPreview({ subscription: made.id, ...taxed });
  await stripe.customers.update(customer.id, { address: "", expand: ["tax"] });
  const end = made.items.data[0]?.current_period_end ?? 0;
  await advanceClock(stripe, clock.id, end + 2 * hour);
  const [draft] = (await stripe.invoices.list({ subscription: made.id })).data;
  await refused(stripe.invoices.finalizeInvoice(draft?.id ?? ""));
  await stripe.taxRates.list();
  await sandbox.settled();
};

export const phasedSchedules: Scenario = async (stripe, sandbox) => {
  const { customer, price, clock, to } = await makeClock(stripe);
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: "forever" });
  const setup = await makePrice(stripe, { amount: 700, recurring: null });
  const made = await stripe.subscriptionSchedules.create({
    customer: customer.id,
    start_date: clock.frozen_time - 10 * 86_400,
    default_settings: {
      automatic_tax: { enabled: false },
      billing_thresholds: { amount_gte: 100_000 },
      description: "Planned",
      invoice_settings: { footer: "Default" },
    },
    phases: [
      {
        items: [{ price: price.id, quantity: 2, metadata: { seat: "a" } }],
        add_invoice_items: [{ price: setup.id, quantity: 1, discounts: [{ coupon: coupon.id }] }],
        duration: month,
        discounts: [{ coupon: coupon.id }],
        invoice_settings: { custom_fields: [{ name: "Phase", value: "1" }] },
        metadata: { phase: "1" },
      },
      { items: [{ price: price.id }], duration: month, billing_cycle_anchor: "phase_start", trial: true },
    ],
    pause_schedules: [
      {
        pause: { pause_at: { type: "timestamp", timestamp: clock.frozen_time + 3600 } },
        resume: { resume_at: { type: "timestamp", timestamp: clock.frozen_time + 7200 } },
      },
    ],
    expand: ["phases.items.price", "phases.add_invoice_items.price"],
  });
  await to(clock.frozen_time + 3 * 3600);
  await stripe.subscriptionSchedules.retrieve(made.id);
  await stripe.subscriptionSchedules.update(made.id, { pause_schedules: "" });
  await stripe.invoices.createPreview({
    customer: customer.id,
    schedule_details: { phases: [{ items: [{ price: price.id }], duration: month }] },
  });
  await sandbox.settled();
};
