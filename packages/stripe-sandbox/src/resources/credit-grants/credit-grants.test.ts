import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { day, hour, latestInvoice, makeClock } from "../../testing/clock";
import { type Started, start } from "../../testing/start";
import { eventsOf } from "../../testing/world";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

const metered = { scope: { price_type: "metered" as const } };

function grant(customer: string, value: number, given: Partial<Stripe.Billing.CreditGrantCreateParams> = {}) {
  return stripe.billing.creditGrants.create({
    customer,
    amount: { type: "monetary", monetary: { currency: "usd", value } },
    applicability_config: metered,
    ...given,
  });
}

async function balance(customer: string): Promise<number | undefined> {
  const summary = await stripe.billing.creditBalanceSummaries.retrieve({
    customer,
    filter: { type: "applicability_scope", applicability_scope: { price_type: "metered" } },
  });
  return summary.balances[0]?.available_balance.monetary?.value;
}

/** Someone who pays a fixed price and for usage, and has used ten units at 1.00. */
async function user(event: string) {
  const made = await makeClock(stripe);
  const meter = await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: event,
    default_aggregation: { formula: "sum" },
  });
  const price = await stripe.prices.create({
    currency: "usd",
    product: String(made.price.product),
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
    unit_amount: 100,
  });
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: "forever" });
  const subscription = await stripe.subscriptions.create({
    customer: made.customer.id,
    items: [{ price: made.price.id }, { price: price.id }],
    discounts: [{ coupon: coupon.id }],
  });
  await stripe.billing.meterEvents.create({
    event_name: event,
    payload: { stripe_customer_id: made.customer.id, value: "10" },
    timestamp: subscription.start_date,
  });
  const end = subscription.items.data[0]?.current_period_end ?? 0;
  return { ...made, price, subscription, end };
}

it("pays for usage after discounts, in order, and comes back when the invoice is voided", async () => {
  const { customer, subscription, end, to } = await user("credited");
  const late = await grant(customer.id, 700);
  const first = await grant(customer.id, 400, { priority: 0, category: "promotional" });
  expect(await balance(customer.id)).toBe(1100);
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: "" } });
  const preview = await stripe.invoices.createPreview({ subscription: subscription.id });
  await to(end + 2 * hour);
  const invoice = await latestInvoice(stripe, subscription.id);
  expect(invoice).toMatchObject({ status: "open", subtotal: 3000, total: 1800 });
  expect(preview.total).toBe(1800);
  const credits = invoice.total_pretax_credit_amounts?.filter(({ type }) => type !== "discount");
  expect(credits?.map(({ amount }) => amount)).toEqual([400, 500]);
  expect(await balance(customer.id)).toBe(200);
  const rows = await stripe.billing.creditBalanceTransactions.list({
    customer: customer.id,
    credit_grant: first.id,
  });
  expect(rows.data.map((row) => row.debit?.type ?? row.credit?.type)).toEqual([
    "credits_applied",
    "credits_granted",
  ]);
  expect(rows.data[0]?.debit?.credits_applied).toMatchObject({ invoice: invoice.id });
  await stripe.invoices.voidInvoice(invoice.id);
  expect(await balance(customer.id)).toBe(1100);
  await expect(stripe.billing.creditGrants.voidGrant(late.id)).resolves.toMatchObject({
    voided_at: expect.any(Number),
  });
  expect(await balance(customer.id)).toBe(400);
});

it("expires at its time and by hand, with events", async () => {
  const { clock, customer, to } = await makeClock(stripe);
  const brief = await grant(customer.id, 300, { expires_at: clock.frozen_time + day });
  const long = await grant(customer.id, 500);
  await to(clock.frozen_time + 2 * day);
  expect(await balance(customer.id)).toBe(500);
  const [row] = (await stripe.billing.creditBalanceTransactions.list({ credit_grant: brief.id })).data;
  expect(row?.debit).toMatchObject({ type: "credits_expired", amount: { monetary: { value: 300 } } });
  await stripe.billing.creditGrants.expire(long.id);
  expect(await balance(customer.id)).toBeUndefined();
  expect(await eventsOf(stripe, long.id)).toEqual([
    "billing.credit_grant.created",
    "billing.credit_grant.updated",
  ]);
});

it("is only for prices with a meter, and says what is wrong", async () => {
  const { customer, price } = await makeClock(stripe);
  const scope = { scope: { prices: [{ id: price.id }] } };
  await expect(grant(customer.id, 100, { applicability_config: scope })).rejects.toMatchObject({
    param: "applicability_config[scope][prices]",
  });
  await expect(grant(customer.id, 0)).rejects.toMatchObject({ statusCode: 400 });
  await expect(grant(customer.id, 100, { priority: 101 })).rejects.toMatchObject({ param: "priority" });
});
