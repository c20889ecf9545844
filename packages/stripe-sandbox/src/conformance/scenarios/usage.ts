import Stripe from "stripe";
import { day, hour, makeClock } from "../../testing/clock";
import { makeCustomer } from "../../testing/world";
import { refused } from "../refused";
import type { Scenario } from ".";

export const meters: Scenario = async (stripe) => {
  const meter = await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: "calls",
    default_aggregation: { formula: "sum" },
    value_settings: { event_payload_key: "amount" },
    customer_mapping: { type: "by_id", event_payload_key: "who" },
  });
  const customer = await makeCustomer(stripe);
  const now = Math.floor(Date.now() / 1000);
  const payload = { who: customer.id, amount: "3" };
  await stripe.billing.meterEvents.create({
    event_name: "calls",
    payload,
    timestamp: now,
    identifier: "one",
  });
  await refused(stripe.billing.meterEvents.create({ event_name: "calls", payload, identifier: "one" }));
  await stripe.v2.billing.meterEvents.create({ event_name: "calls", payload });
  await stripe.billing.meterEventAdjustments.create({
    event_name: "calls",
    type: "cancel",
    cancel: { identifier: "one" },
  });
  const second = await stripe.v2.billing.meterEvents.create({ event_name: "calls", payload });
  await stripe.v2.billing.meterEventAdjustments.create({
    event_name: "calls",
    type: "cancel",
    cancel: { identifier: second.identifier },
  });
  const whole = Math.floor(now / 86_400) * 86_400;
  await stripe.billing.meters.listEventSummaries(meter.id, {
    customer: customer.id,
    start_time: whole - 86_400,
    end_time: whole + 86_400,
    value_grouping_window: "day",
  });
  await stripe.v2.billing.meterEventSession.create();
  await stripe.billing.meters.update(meter.id, { display_name: "API calls" });
  await stripe.billing.meters.deactivate(meter.id);
  await refused(stripe.billing.meterEvents.create({ event_name: "calls", payload }));
  await stripe.billing.meters.reactivate(meter.id);
  await stripe.billing.meters.retrieve(meter.id);
  await stripe.billing.meters.list();
};

export const credits: Scenario = async (stripe, sandbox) => {
  const { customer, price: flat, to } = await makeClock(stripe);
  const price = await metered(stripe, String(flat.product));
  const made = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: flat.id }, { price: price.id }],
  });
  const grant = await stripe.billing.creditGrants.create({
    customer: customer.id,
    name: "Welcome",
    amount: { type: "monetary", monetary: { currency: "usd", value: 500 } },
    applicability_config: { scope: { price_type: "metered" } },
    category: "promotional",
    priority: 10,
    expires_at: made.start_date + 90 * day,
    metadata: { a: "b" },
  });
  const only = await stripe.billing.creditGrants.create({
    customer: customer.id,
    amount: { type: "monetary", monetary: { currency: "usd", value: 100 } },
    applicability_config: { scope: { prices: [{ id: price.id }] } },
  });
  await stripe.billing.creditGrants.update(grant.id, { metadata: { a: "c" } });
  await stripe.billing.creditGrants.voidGrant(only.id);
  await stripe.billing.meterEvents.create({
    event_name: "words",
    payload: { stripe_customer_id: customer.id, value: "10" },
    timestamp: made.start_date,
  });
  const end = made.items.data[0]?.current_period_end ?? 0;
  await to(end + 2 * hour);
  await sandbox.settled();
  await stripe.subscriptions.retrieve(made.id, { expand: ["latest_invoice"] });
  await balances(stripe, customer.id, grant.id);
};

async function metered(stripe: Stripe, product: string): Promise<Stripe.Price> {
  const meter = await stripe.billing.meters.create({
    display_name: "Words",
    event_name: "words",
    default_aggregation: { formula: "sum" },
  });
  return stripe.prices.create({
    currency: "usd",
    product,
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
    unit_amount_decimal: Stripe.Decimal.from("99.5"),
  });
}

async function balances(stripe: Stripe, customer: string, grant: string): Promise<void> {
  const entries = await stripe.billing.creditBalanceTransactions.list({
    customer,
    expand: ["data.credit_grant", "data.debit.credits_applied.invoice"],
  });
  await stripe.billing.creditBalanceTransactions.retrieve(entries.data[0]?.id ?? "");
  await stripe.billing.creditBalanceSummaries.retrieve({
    customer,
    filter: { type: "applicability_scope", applicability_scope: { price_type: "metered" } },
    expand: ["customer"],
  });
  await stripe.billing.creditGrants.retrieve(grant);
  await stripe.billing.creditGrants.list({ customer });
  await stripe.billing.creditGrants.expire(grant);
}

/** The token of a session sends to the stream, in place of a key. */
export const meterStream: Scenario = async (stripe, _sandbox, as) => {
  const { event_name } = await stripe.billing.meters.create({
    display_name: "Bytes",
    event_name: "bytes",
    default_aggregation: { formula: "count" },
  });
  const customer = await makeCustomer(stripe);
  const { authentication_token: token } = await stripe.v2.billing.meterEventSession.create();
  await as(token).v2.billing.meterEventStream.create({
    events: [{ event_name, payload: { stripe_customer_id: customer.id, value: "1" } }],
  });
};
