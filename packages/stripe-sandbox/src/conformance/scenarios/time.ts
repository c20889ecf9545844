import type Stripe from "stripe";
import { day, hour, makeClock } from "../../testing/clock";
import { makePrice } from "../../testing/world";
import { refused } from "../refused";
import type { Scenario } from ".";

export const renewals: Scenario = async (stripe) => {
  const { clock, customer, price, to } = await makeClock(stripe);
  await stripe.customers.retrieve(customer.id, { expand: ["test_clock"] });
  const made = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  const trial = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    trial_period_days: 10,
  });
  const end = made.items.data[0]?.current_period_end ?? 0;
  await to(end);
  await stripe.invoices.list({ subscription: made.id });
  await to(end + 2 * hour);
  await stripe.subscriptions.retrieve(trial.id, { expand: ["latest_invoice", "test_clock"] });
  const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customer.id });
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: bad.id } });
  await to(end + 32 * day);
  await stripe.subscriptions.retrieve(made.id, { expand: ["latest_invoice.payments"] });
  await to(end + 50 * day);
  await stripe.subscriptions.retrieve(made.id);
  await stripe.testHelpers.testClocks.list();
  await stripe.testHelpers.testClocks.retrieve(clock.id);
  await refused(stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: 1 }));
  await stripe.testHelpers.testClocks.del(clock.id);
  await stripe.customers.retrieve(customer.id);
};

export const trialsAndDueDates: Scenario = async (stripe) => {
  const { clock, customer, price, to } = await makeClock(stripe, { card: null });
  const given = { customer: customer.id, items: [{ price: price.id }] };
  const ends = (missing_payment_method: "pause" | "cancel") => ({
    trial_period_days: 5,
    trial_settings: { end_behavior: { missing_payment_method } },
  });
  const paused = await stripe.subscriptions.create({ ...given, ...ends("pause") });
  await stripe.subscriptions.create({ ...given, ...ends("cancel") });
  const sent = await stripe.subscriptions.create({
    ...given,
    collection_method: "send_invoice",
    days_until_due: 10,
  });
  await to(clock.frozen_time + 12 * day);
  await stripe.subscriptions.retrieve(paused.id);
  await stripe.subscriptions.retrieve(sent.id, { expand: ["latest_invoice"] });
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: card.id } });
  await stripe.subscriptions.resume(paused.id);
};

export const schedules: Scenario = async (stripe) => {
  const { clock, customer, price, to } = await makeClock(stripe);
  const cheap = await makePrice(stripe, { amount: 500 });
  const made = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  const end = made.items.data[0]?.current_period_end ?? 0;
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: made.id });
  await stripe.subscriptionSchedules.update(schedule.id, {
    phases: [
      { items: [{ price: price.id, quantity: 1 }], start_date: made.start_date, end_date: end },
      { items: [{ price: cheap.id }], duration: { interval: "month", interval_count: 1 } },
    ],
    metadata: { a: "b" },
    expand: ["phases.items.price", "subscription"],
  });
  await stripe.subscriptions.retrieve(made.id, { expand: ["schedule"] });
  const later = await create(stripe, customer.id, cheap.id, clock.frozen_time + 3 * day);
  await stripe.subscriptionSchedules.cancel(later.id);
  const other = await create(stripe, customer.id, cheap.id, clock.frozen_time + 3 * day);
  await to(end + 2 * hour);
  await stripe.subscriptionSchedules.release(schedule.id, { preserve_cancel_date: true });
  await stripe.subscriptionSchedules.retrieve(other.id);
  await to(end + 31 * day);
  await stripe.subscriptionSchedules.list({ customer: customer.id });
  await refused(stripe.subscriptionSchedules.release(schedule.id));
};

function create(stripe: Stripe, customer: string, price: string, start: number) {
  return stripe.subscriptionSchedules.create({
    customer,
    start_date: start,
    end_behavior: "cancel",
    phases: [{ items: [{ price, quantity: 2 }], duration: { interval: "month", interval_count: 1 } }],
  });
}
