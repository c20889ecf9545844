import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Json, type Started, start } from "./testing/start";
import { charged, makeCustomer, makePrice } from "./testing/world";

/** The declarations of the stripe package are the judge: each field that is not optional must be there, no other may. */
const folder = join(dirname(createRequire(import.meta.url).resolve("stripe")), "..", "esm", "resources");
const declarations = [".", "Billing", "Entitlements", "Radar", "TestHelpers"]
  .flatMap((part) => readdirSync(join(folder, part)).map((file) => join(folder, part, file)))
  .filter((file) => file.endsWith(".d.ts"))
  .map((file) => readFileSync(file, "utf8"))
  .join("\n");

function fieldsOf(name: string): { required: string[]; all: string[] } {
  const body = new RegExp(`^export interface ${name} \\{\\n([\\s\\S]*?)^\\}`, "m").exec(declarations)?.[1];
  if (body === undefined) throw new Error(`stripe declares no ${name}`);
  const fields = [...body.matchAll(/^ {4}(\w+)(\??):/gm)].map(([, field = "", optional]) => ({
    field,
    optional,
  }));
  const all = fields.map(({ field }) => field);
  return { all, required: fields.filter(({ optional }) => optional === "").map(({ field }) => field) };
}

const names: Record<string, string> = {
  customer: "Customer",
  product: "Product",
  price: "Price",
  plan: "Plan",
  payment_method: "PaymentMethod",
  setup_intent: "SetupIntent",
  setup_attempt: "SetupAttempt",
  payment_intent: "PaymentIntent",
  charge: "Charge",
  refund: "Refund",
  balance_transaction: "BalanceTransaction",
  customer_balance_transaction: "CustomerBalanceTransaction",
  subscription: "Subscription",
  subscription_item: "SubscriptionItem",
  subscription_schedule: "SubscriptionSchedule",
  "test_helpers.test_clock": "TestClock",
  invoice: "Invoice",
  line_item: "InvoiceLineItem",
  invoiceitem: "InvoiceItem",
  invoice_payment: "InvoicePayment",
  webhook_endpoint: "WebhookEndpoint",
  confirmation_token: "ConfirmationToken",
  coupon: "Coupon",
  promotion_code: "PromotionCode",
  discount: "Discount",
  tax_rate: "TaxRate",
  credit_note: "CreditNote",
  credit_note_line_item: "CreditNoteLineItem",
  dispute: "Dispute",
  "radar.early_fraud_warning": "EarlyFraudWarning",
  file: "File",
  file_link: "FileLink",
  token: "Token",
  "billing.meter": "Meter",
  "billing.credit_grant": "CreditGrant",
  "billing.credit_balance_transaction": "CreditBalanceTransaction",
  "entitlements.feature": "Feature",
  "entitlements.active_entitlement": "ActiveEntitlement",
  product_feature: "ProductFeature",
  event: "EventBase",
};

let world: Started;
const seen = new Map<string, Json[]>();

beforeAll(async () => {
  world = await start();
  await live(world.stripe);
  await liveOfDiscounts(world.stripe);
  await liveOfDisputes(world.stripe);
  await liveOfUsage(world.stripe);
  await world.sandbox.settled();
  for (const kind of Object.keys(tables)) {
    const answer = await fetch(`${world.sandbox.url}/_sandbox/objects/${tables[kind]}`);
    collect(await answer.json());
  }
});
afterAll(() => world.sandbox.close());

const tables: Record<string, string> = Object.fromEntries(
  Object.keys(names)
    .filter((name) => !["plan", "subscription_item", "credit_note_line_item"].includes(name))
    .map((name) => [
      name,
      name === "invoiceitem"
        ? "invoice_items"
        : name === "line_item"
          ? "invoice_lines"
          : `${name.split(".").at(-1)}s`,
    ]),
);

async function live(stripe: Stripe): Promise<void> {
  const price = await makePrice(stripe);
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
  await stripe.testHelpers.testClocks.create({ frozen_time: 1_800_000_000 });
  const item = subscription.items.data[0]?.id ?? "";
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, quantity: 3 }],
    proration_behavior: "always_invoice",
  });
  await stripe.customers.createBalanceTransaction(customer.id, { amount: -100, currency: "usd" });
  await stripe.setupIntents.create({
    payment_method: "pm_card_visa",
    confirm: true,
    return_url: "https://example.com",
  });
  const payment = await stripe.paymentIntents.create({
    amount: 900,
    currency: "usd",
    payment_method: "pm_card_refundFail",
    confirm: true,
    off_session: true,
  });
  await stripe.refunds.create({ payment_intent: payment.id });
  await stripe.paymentIntents
    .create({
      amount: 900,
      currency: "usd",
      payment_method: "pm_card_chargeDeclined",
      confirm: true,
      off_session: true,
    })
    .catch(() => undefined);
  await stripe.testHelpers.confirmationTokens.create({ payment_method: "pm_card_visa" });
  await stripe.webhookEndpoints.create({ url: "http://127.0.0.1:1/", enabled_events: ["coupon.created"] });
}

async function liveOfDiscounts(stripe: Stripe): Promise<void> {
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const coupon = await stripe.coupons.create({ percent_off: 10 });
  const code = await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id } });
  const rate = await stripe.taxRates.create({ display_name: "VAT", percentage: 20, inclusive: true });
  await stripe.billing.creditGrants.create({
    customer: customer.id,
    amount: { type: "monetary", monetary: { currency: "usd", value: 100 } },
    applicability_config: { scope: { price_type: "metered" } },
  });
  const invoice = await stripe.invoices.create({
    customer: customer.id,
    discounts: [{ promotion_code: code.id }],
    default_tax_rates: [rate.id],
  });
  const { lines } = await stripe.invoices.addLines(invoice.id, { lines: [{ amount: 1000 }] });
  await stripe.invoices.pay(invoice.id);
  await stripe.creditNotes.create({
    invoice: invoice.id,
    lines: [{ type: "invoice_line_item", invoice_line_item: lines.data[0]?.id ?? "", amount: 500 }],
    credit_amount: 450,
  });
}

async function liveOfDisputes(stripe: Stripe): Promise<void> {
  await charged(stripe, "pm_card_createDispute");
  await charged(stripe, "pm_card_createIssuerFraudRecord");
  await stripe.files.create({
    purpose: "dispute_evidence",
    file: { data: Buffer.from("%PDF-1.4 receipt"), name: "receipt.pdf" },
    file_link_data: { create: true },
  });
  await stripe.tokens.create({
    card: { number: "4242424242424242", exp_month: "12", exp_year: "2040", cvc: "123" },
  });
}

async function liveOfUsage(stripe: Stripe): Promise<void> {
  await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: "calls",
    default_aggregation: { formula: "sum" },
  });
  const price = await makePrice(stripe);
  const feature = await stripe.entitlements.features.create({ name: "SSO", lookup_key: "sso" });
  await stripe.products.createFeature(String(price.product), { entitlement_feature: feature.id });
  const customer = await makeCustomer(stripe, "pm_card_visa");
  await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
}

/** Every object anywhere inside, by what it says it is. */
function collect(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  const node = value as Json;
  if (typeof node.object === "string" && typeof node.id === "string")
    seen.set(node.object, [...(seen.get(node.object) ?? []), node]);
  for (const child of Object.values(node)) collect(child);
}

it.each(Object.entries(names))("%s has the fields that stripe declares", (object, name) => {
  const { required, all } = fieldsOf(name);
  const objects = seen.get(object) ?? [];
  expect(objects.length).toBeGreaterThan(0);
  for (const one of objects) {
    const keys = Object.keys(one);
    expect(required.filter((field) => !keys.includes(field) && field !== "context")).toEqual([]);
    expect(keys.filter((field) => !all.includes(field))).toEqual([]);
  }
});

it("leaves out of events what is only included on request", () => {
  for (const event of seen.get("event") ?? []) {
    const object = (event.data as { object: Json }).object;
    for (const field of [
      "payments",
      "confirmation_secret",
      "refunds",
      "sources",
      "tiers",
      "currency_options",
    ]) {
      if (object.object === "credit_note" && field === "refunds") continue;
      expect(object).not.toHaveProperty(field);
    }
  }
});
