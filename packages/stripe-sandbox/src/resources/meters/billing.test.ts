import Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { day, hour, latestInvoice, makeClock } from "../../testing/clock";
import { type Started, start } from "../../testing/start";

let world: Started;
let stripe: Stripe;
let meters = 0;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

const tiers: Stripe.PriceCreateParams.Tier[] = [
  { up_to: 5, unit_amount: 1000 },
  { up_to: 10, unit_amount: 800, flat_amount: 0 },
  { up_to: "inf", unit_amount: 500, flat_amount: 2000 },
];

/** A customer on a test clock who pays by usage only. */
async function subscribe(given: Partial<Stripe.PriceCreateParams>) {
  meters += 1;
  const meter = await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: `billed_${meters}`,
    default_aggregation: { formula: "sum" },
  });
  const made = await makeClock(stripe);
  const price = await stripe.prices.create({
    currency: "usd",
    product: String(made.price.product),
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
    ...given,
  });
  const subscription = await stripe.subscriptions.create({
    customer: made.customer.id,
    items: [{ price: price.id }],
  });
  const end = subscription.items.data[0]?.current_period_end ?? 0;
  const use = (value: string, timestamp: number) =>
    stripe.billing.meterEvents.create({
      event_name: meter.event_name,
      payload: { stripe_customer_id: made.customer.id, value },
      timestamp,
    });
  return { ...made, subscription, start: subscription.start_date, end, use };
}

it.each([
  ["graduated", 7400],
  ["volume", 6400],
] as const)("bills 8 units in %s tiers: %i", async (mode, amount) => {
  const {
    subscription,
    start: begin,
    end,
    to,
    use,
  } = await subscribe({
    billing_scheme: "tiered",
    tiers_mode: mode,
    tiers,
  });
  await to(begin + day);
  await use("3", begin);
  await use("5", begin + hour);
  await to(end);
  const invoice = await latestInvoice(stripe, subscription.id);
  expect(invoice).toMatchObject({ status: "draft", total: amount });
  expect(invoice.lines.data).toMatchObject([{ amount, quantity: 8, period: { start: begin, end } }]);
});

it("counts usage of the elapsed period that is reported while the invoice is a draft, and no later", async () => {
  const { subscription, end, to, use } = await subscribe({ unit_amount_decimal: Stripe.Decimal.from("0.5") });
  await to(end - day);
  await use("1000", end - day);
  await to(end + hour / 2);
  await use("101", end - hour);
  await use("5000", end);
  const draft = await latestInvoice(stripe, subscription.id);
  expect(draft).toMatchObject({ total: 551, lines: { data: [{ quantity: 1101 }] } });
  await to(end + 2 * hour);
  await use("7000", end - 2 * hour);
  const paid = await stripe.invoices.retrieve(draft.id ?? "");
  expect(paid).toMatchObject({ status: "paid", amount_paid: 551 });
  expect(paid.lines.data[0]?.quantity_decimal?.toString()).toBe("1101");
});

it("bills unbilled usage when it ends with an invoice", async () => {
  const { subscription, start: begin, to, use } = await subscribe({ unit_amount: 100 });
  await to(begin + 2 * day);
  await use("7.25", begin + day);
  await stripe.subscriptions.cancel(subscription.id, { invoice_now: true });
  const last = await latestInvoice(stripe, subscription.id);
  expect(last.lines.data).toMatchObject([{ amount: 725, quantity: 7, period: { start: begin } }]);
  expect(last.lines.data[0]?.quantity_decimal?.toString()).toBe("7.25");
});

it("gives the usage of a trial away", async () => {
  const { customer, subscription, to, use, start: begin } = await subscribe({ unit_amount: 100 });
  const [item] = subscription.items.data;
  const trial = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: item?.price.id ?? "" }],
    trial_period_days: 10,
  });
  await to(begin + 2 * day);
  await use("5", begin + day);
  await stripe.subscriptions.cancel(trial.id, { invoice_now: true });
  const drafts = await stripe.invoices.list({ subscription: trial.id, status: "draft" });
  expect(drafts.data).toEqual([]);
});
