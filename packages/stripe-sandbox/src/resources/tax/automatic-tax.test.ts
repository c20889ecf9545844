import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hour, latestInvoice, makeClock } from "../../testing/clock";
import { type Started, start } from "../../testing/start";
import { expandedInvoice, makeCustomer } from "../../testing/world";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

const berlin = { city: "Berlin", country: "DE", line1: "Unter den Linden 1", postal_code: "10117" };
const enabled = { automatic_tax: { enabled: true } };

async function taxedPrice(
  behavior: "inclusive" | "exclusive",
  more: Stripe.ProductCreateParams = { name: "Plan" },
) {
  const product = await stripe.products.create(more);
  return stripe.prices.create({
    currency: "usd",
    product: product.id,
    recurring: { interval: "month" },
    tax_behavior: behavior,
    unit_amount: 1190,
  });
}

describe("a subscription that is taxed automatically", () => {
  it.each([
    ["exclusive", 226, 1416, 1190],
    ["inclusive", 190, 1190, 1000],
  ] as const)("finds the %s tax of the customer's place", async (behavior, amount, total, net) => {
    const customer = await makeCustomer(stripe, "pm_card_visa", { address: berlin });
    const price = await taxedPrice(behavior);
    const items = [{ price: price.id }];
    const preview = await stripe.invoices.createPreview({
      customer: customer.id,
      ...enabled,
      subscription_details: { items },
    });
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items,
      ...enabled,
      expand: ["latest_invoice"],
    });
    expect(subscription.automatic_tax).toEqual({
      disabled_reason: null,
      enabled: true,
      liability: { type: "self" },
    });
    const invoice = expandedInvoice(subscription);
    expect(invoice).toMatchObject({ status: "paid", total, total_excluding_tax: net });
    expect(invoice.automatic_tax).toEqual({
      disabled_reason: null,
      enabled: true,
      liability: { type: "self" },
      provider: "stripe",
      status: "complete",
    });
    expect(invoice.total_taxes).toMatchObject([
      { amount, tax_behavior: behavior, taxability_reason: "standard_rated", taxable_amount: net },
    ]);
    expect([preview.total, preview.automatic_tax.status]).toEqual([total, "complete"]);
    const rate = await stripe.taxRates.retrieve(String(invoice.total_taxes?.[0]?.tax_rate_details?.tax_rate));
    expect(rate).toMatchObject({ active: false, percentage: 19, country: "DE", tax_type: "vat" });
  });

  it("is refused without a place, and where the rates are named", async () => {
    const customer = await makeCustomer(stripe, "pm_card_visa");
    const items = [{ price: (await taxedPrice("exclusive")).id }];
    const create = { customer: customer.id, items, ...enabled };
    const refusal = { statusCode: 400, code: "customer_tax_location_invalid" };
    await expect(stripe.subscriptions.create(create)).rejects.toMatchObject(refusal);
    const plain = await stripe.subscriptions.create({ customer: customer.id, items });
    await expect(stripe.subscriptions.update(plain.id, enabled)).rejects.toMatchObject(refusal);
    await stripe.customers.update(customer.id, { address: { country: "US" } });
    await expect(stripe.subscriptions.create(create)).rejects.toMatchObject(refusal);
    await stripe.customers.update(customer.id, { address: { country: "ZZ" } });
    await expect(stripe.subscriptions.create(create)).rejects.toMatchObject({
      code: "taxes_calculation_failed",
    });
    await stripe.customers.update(customer.id, { address: { country: "US", postal_code: "94103" } });
    const rate = await stripe.taxRates.create({ display_name: "VAT", percentage: 5, inclusive: false });
    await expect(
      stripe.subscriptions.create({ ...create, default_tax_rates: [rate.id] }),
    ).rejects.toMatchObject({ code: "parameters_exclusive" });
    const taxed = await stripe.subscriptions.update(plain.id, enabled);
    expect(taxed.automatic_tax.enabled).toBe(true);
  });

  it("cannot finalize a renewal once the place is gone, and says so", async () => {
    const made = await makeClock(stripe);
    await stripe.customers.update(made.customer.id, { address: berlin });
    const subscription = await stripe.subscriptions.create({
      customer: made.customer.id,
      items: [{ price: made.price.id }],
      ...enabled,
    });
    await stripe.customers.update(made.customer.id, { address: "" });
    await made.to((subscription.items.data[0]?.current_period_end ?? 0) + 2 * hour);
    const draft = await latestInvoice(stripe, subscription.id);
    expect(draft).toMatchObject({
      status: "draft",
      automatic_tax: { status: "requires_location_inputs" },
      automatically_finalizes_at: null,
      last_finalization_error: {
        code: "customer_tax_location_invalid",
        message: expect.stringContaining("location"),
        type: "invalid_request_error",
      },
    });
    expect(await world.eventTypes("invoice.created")).toContain("invoice.finalization_failed");
    await expect(stripe.invoices.finalizeInvoice(draft.id)).rejects.toMatchObject({
      statusCode: 400,
      code: "customer_tax_location_invalid",
    });
    await stripe.customers.update(made.customer.id, { address: berlin });
    const open = await stripe.invoices.finalizeInvoice(draft.id);
    expect(open).toMatchObject({
      status: "open",
      automatic_tax: { status: "complete" },
      customer_address: { country: "DE" },
      last_finalization_error: null,
    });
  });
});

describe("a one-off invoice that is taxed automatically", () => {
  it("treats each item as it says, spares what is not taxed and who is exempt", async () => {
    const customer = await makeCustomer(stripe, "pm_card_visa", { address: berlin });
    const invoice = await stripe.invoices.create({ customer: customer.id, ...enabled });
    const free = { name: "Gift card", tax_code: "txcd_00000000" };
    const product = await stripe.products.create(free);
    const item = { customer: customer.id, invoice: invoice.id, currency: "usd" };
    await stripe.invoiceItems.create({ ...item, amount: 1190, tax_behavior: "inclusive" });
    await stripe.invoiceItems.create({ ...item, amount: 1000, tax_behavior: "exclusive" });
    await stripe.invoiceItems.create({ ...item, amount: 500, tax_code: "txcd_00000000" });
    const { currency: _usd, ...bare } = item;
    await stripe.invoiceItems.create({
      ...bare,
      price_data: { currency: "usd", product: product.id, unit_amount: 700, tax_behavior: "exclusive" },
    });
    const draft = await stripe.invoices.retrieve(invoice.id);
    expect(draft).toMatchObject({ total: 1190 + 1190 + 500 + 700, automatic_tax: { status: "complete" } });
    expect(draft.lines.data.map(({ taxes }) => [taxes?.[0]?.amount, taxes?.[0]?.taxability_reason])).toEqual([
      [190, "standard_rated"],
      [190, "standard_rated"],
      [0, "product_exempt"],
      [0, "product_exempt"],
    ]);
    await stripe.customers.update(customer.id, { tax_exempt: "reverse" });
    const finalized = await stripe.invoices.finalizeInvoice(invoice.id);
    expect(finalized.total).toBe(1190 + 1000 + 500 + 700);
    expect(finalized.lines.data[1]?.taxes?.[0]).toMatchObject({
      amount: 0,
      taxability_reason: "reverse_charge",
    });
  });

  it("stays a draft without a place; what is answered was not undone", async () => {
    const customer = await makeCustomer(stripe, "pm_card_visa");
    await stripe.invoiceItems.create({ customer: customer.id, amount: 1000, currency: "usd" });
    const invoice = await stripe.invoices.create({
      customer: customer.id,
      pending_invoice_items_behavior: "include",
      ...enabled,
    });
    expect(invoice.automatic_tax.status).toBe("requires_location_inputs");
    await expect(stripe.invoices.pay(invoice.id)).rejects.toMatchObject({
      code: "customer_tax_location_invalid",
    });
    const kept = await stripe.invoices.retrieve(invoice.id);
    expect(kept).toMatchObject({
      status: "draft",
      last_finalization_error: { code: "customer_tax_location_invalid" },
    });
    const off = await stripe.invoices.update(invoice.id, { automatic_tax: { enabled: false } });
    expect(off.automatic_tax).toMatchObject({ enabled: false, status: null });
    expect(await stripe.invoices.pay(invoice.id)).toMatchObject({ status: "paid", total: 1000 });
  });
});

it("customer.tax says whether the place is known", async () => {
  const customer = await stripe.customers.create({ address: berlin, tax: { ip_address: "203.0.113.7" } });
  const seen = await stripe.customers.retrieve(customer.id, { expand: ["tax"] });
  expect(Reflect.get(customer, "tax")).toBeUndefined();
  expect(Reflect.get(seen, "tax")).toEqual({
    automatic_tax: "supported",
    ip_address: "203.0.113.7",
    location: { country: "DE", source: "billing_address", state: null },
    provider: "stripe",
  });
  await expect(stripe.customers.create({ tax: { validate_location: "immediately" } })).rejects.toMatchObject({
    code: "customer_tax_location_invalid",
  });
  const brazil = await stripe.customers.create({ address: { country: "BR" }, expand: ["tax"] });
  expect(brazil.tax).toMatchObject({ automatic_tax: "not_collecting", location: { country: "BR" } });
});
