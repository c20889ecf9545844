import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { resources } from "../resources";
import { type Started, start } from "../testing/start";
import { charged, makeCustomer, makeIncomplete, makePrice } from "../testing/world";

const routes = resources
  .flatMap((resource) => resource.routes ?? [])
  .filter(({ access }) => access !== "meter_session");
const names = [
  "customer",
  "items[0][price]",
  "items[0][id]",
  "items[0][quantity]",
  "items[0][deleted]",
  "items",
  "price",
  "product",
  "amount",
  "currency",
  "unit_amount",
  "recurring[interval]",
  "recurring[interval_count]",
  "tiers[0][up_to]",
  "tiers_mode",
  "payment_method",
  "payment_method_data[type]",
  "payment_method_data[card][number]",
  "confirm",
  "off_session",
  "return_url",
  "payment_intent",
  "charge",
  "invoice",
  "subscription",
  "setup_intent",
  "status",
  "type",
  "limit",
  "starting_after",
  "ending_before",
  "created[gte]",
  "metadata[k]",
  "metadata",
  "expand[0]",
  "expand[1]",
  "name",
  "email",
  "url",
  "enabled_events[0]",
  "trial_end",
  "trial_period_days",
  "cancel_at",
  "cancel_at_period_end",
  "proration_behavior",
  "proration_date",
  "payment_behavior",
  "billing_cycle_anchor",
  "collection_method",
  "days_until_due",
  "client_secret",
  "prorate",
  "invoice_now",
  "paid_out_of_band",
  "quantity",
  "balance",
  "lookup_key",
  "automatic_payment_methods[enabled]",
  "query",
  "page",
  "event_name",
  "display_name",
  "default_aggregation[formula]",
  "payload[value]",
  "payload[stripe_customer_id]",
  "timestamp",
  "identifier",
  "cancel[identifier]",
  "start_time",
  "end_time",
  "evidence[uncategorized_text]",
  "evidence[receipt]",
  "submit",
  "entitlement_feature",
  "card[number]",
  "components[payment_element][enabled]",
  "file",
  "purpose",
];
const words = [
  "",
  "true",
  "false",
  "0",
  "1",
  "-1",
  "999999999999999",
  "1.5",
  "usd",
  "jpy",
  "xxx",
  "month",
  "now",
  "none",
  "always_invoice",
  "default_incomplete",
  "send_invoice",
  "active",
  "all",
  "card",
  "4242424242424242",
  "pm_card_visa",
  "pm_card_chargeDeclined",
  "pm_card_threeDSecure2Required",
  "inf",
  "volume",
  "https://example.com",
  "*",
  "data.customer",
  "latest_invoice.payments",
  "customer",
  "max_period_end",
  "sum",
  "name~'Pla' AND created>1",
  "metadata['k']:null OR -name:'x'",
  "winning_evidence",
  "dispute_evidence",
  "x".repeat(600),
  "é€\u0000",
  "__proto__",
  "constructor",
];

let world: Started;
const ids: string[] = ["cus_none", "constructor", "%2e%2e", "x y"];

beforeAll(async () => {
  world = await start();
  const { stripe } = world;
  const price = await makePrice(stripe);
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const active = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  const waiting = await makeIncomplete(stripe, customer.id, price.id);
  const setup = await stripe.setupIntents.create({ customer: customer.id });
  const draft = await stripe.invoices.create({ customer: customer.id });
  const method = String(customer.invoice_settings.default_payment_method);
  const item = active.items.data[0]?.id ?? "";
  const payments = await stripe.charges.list({ customer: customer.id });
  ids.push(
    price.id,
    String(price.product),
    customer.id,
    active.id,
    item,
    String(active.latest_invoice),
    waiting.intent,
    waiting.subscription.id,
  );
  const meter = await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: "calls",
    default_aggregation: { formula: "sum" },
  });
  const feature = await stripe.entitlements.features.create({ name: "SSO", lookup_key: "sso" });
  await charged(stripe, "pm_card_createDispute");
  await world.sandbox.settled();
  const disputes = await stripe.disputes.list();
  ids.push(meter.id, feature.id, disputes.data[0]?.id ?? "");
  ids.push(waiting.secret, setup.id, draft.id, method, payments.data[0]?.id ?? "");
});
afterAll(() => world.sandbox.close());

it("answers anything with a result or a reason, never with a crash", async () => {
  const value = fc.oneof(
    fc.constantFrom(...words),
    fc.nat(1_000_000).map((at) => ids[at % ids.length] ?? ""),
  );
  const request = fc.record({
    route: fc.constantFrom(...routes),
    path: fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }),
    params: fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ route, path, params }) => {
      const places = [...path];
      const url = route.path.replaceAll(/:/g, () =>
        encodeURIComponent(ids[(places.shift() ?? 0) % ids.length] ?? ""),
      );
      const query = new URLSearchParams(params).toString();
      const post = route.method === "POST";
      const response = await fetch(`${world.sandbox.url}${url}${post ? "" : `?${query}`}`, {
        method: route.method,
        headers: {
          authorization: "Bearer sk_test_fuzz",
          "content-type": "application/x-www-form-urlencoded",
        },
        ...(post && { body: query }),
      });
      const body = (await response.json()) as { error?: { message: string } };
      expect([200, 400, 402, 404]).toContain(response.status);
      if (response.status !== 200) expect(body.error?.message).toBeTruthy();
    }),
    { numRuns: 1500 },
  );
  expect((await world.stripe.customers.list()).object).toBe("list");
}, 60_000);
