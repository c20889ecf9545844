import { randomBytes } from "node:crypto";
import Stripe from "stripe";
import { webhookSecret } from "./bundles";
import { requestBytes } from "./load";

const eventsPerObject = 3;
let made = 0;

/** Deliveries as Stripe sends them: pretty-printed, 5 KB, signed, every event with an id of its own, three of each object. */
export function deliveries(count: number, path?: string): Buffer[] {
  made = Math.ceil(made / eventsPerObject) * eventsPerObject;
  return Array.from({ length: count }, () => {
    const body = subscriptionUpdated(`sub_bench${Math.floor(made / eventsPerObject)}`);
    made += 1;
    return delivery(body, path);
  });
}

/** Signed now: a signature is good for five minutes. */
export function delivery(body: string, path = "/stripe/main"): Buffer {
  const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: webhookSecret });
  return requestBytes(
    `POST ${path}`,
    { "content-type": "application/json; charset=utf-8", "stripe-signature": signature },
    body,
  );
}

function subscriptionUpdated(id: string): string {
  const created = Math.floor(Date.now() / 1000);
  const event = {
    id: `evt_${randomBytes(12).toString("hex")}`,
    object: "event",
    api_version: "2026-10-28.endive",
    created,
    data: { object: subscription(id, created), previous_attributes: { metadata: { seats: "3" } } },
    livemode: false,
    pending_webhooks: 1,
    request: { id: "req_bench", idempotency_key: null },
    type: "customer.subscription.updated",
  };
  return JSON.stringify(event, null, 2);
}

function subscription(id: string, created: number) {
  const period = { current_period_start: created, current_period_end: created + 2_592_000 };
  const price = {
    id: "price_bench",
    object: "price",
    active: true,
    billing_scheme: "per_unit",
    currency: "usd",
    metadata: { plan: "growth" },
    product: "prod_bench",
    recurring: { interval: "month", interval_count: 1, meter: null, trial_period_days: null },
    type: "recurring",
    unit_amount: 4900,
    unit_amount_decimal: "4900",
  };
  const item = (index: number) => ({
    id: `si_bench${index}`,
    object: "subscription_item",
    ...period,
    discounts: [],
    metadata: { seat_group: `group ${index}`, cost_centre: "marketing and sales, northern region" },
    price,
    quantity: 4,
    subscription: id,
    tax_rates: [],
  });
  return {
    id,
    object: "subscription",
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: created,
    cancel_at: null,
    cancel_at_period_end: false,
    collection_method: "charge_automatically",
    created,
    currency: "usd",
    customer: "cus_bench",
    default_payment_method: "pm_bench",
    items: {
      object: "list",
      data: [0, 1, 2, 3].map(item),
      has_more: false,
      total_count: 4,
      url: "/v1/items",
    },
    latest_invoice: "in_bench",
    livemode: false,
    metadata: { operation_id: "00000000-0000-4000-8000-000000000000" },
    start_date: created,
    status: "active",
  };
}
