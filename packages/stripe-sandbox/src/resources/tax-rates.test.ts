import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Started, start } from "../testing/start";
import { expandedInvoice, makeCustomer, makePrice } from "../testing/world";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

const rate = (percentage: number, inclusive: boolean) =>
  stripe.taxRates.create({ display_name: "VAT", percentage, inclusive, country: "DE", jurisdiction: "DE" });

it("puts an exclusive rate on top of what is left after discounts", async () => {
  const [vat, coupon] = [await rate(7.7, false), await stripe.coupons.create({ percent_off: 10 })];
  const subscription = await stripe.subscriptions.create({
    customer: (await makeCustomer(stripe, "pm_card_visa")).id,
    items: [{ price: (await makePrice(stripe, { amount: 2000 })).id }],
    default_tax_rates: [vat.id],
    discounts: [{ coupon: coupon.id }],
    expand: ["latest_invoice"],
  });
  expect(subscription.default_tax_rates?.[0]).toMatchObject({ id: vat.id, percentage: 7.7 });
  const invoice = expandedInvoice(subscription);
  expect(invoice).toMatchObject({
    subtotal: 2000,
    subtotal_excluding_tax: 2000,
    total: 1939,
    total_excluding_tax: 1800,
    amount_paid: 1939,
    default_tax_rates: [{ id: vat.id }],
  });
  const tax = {
    amount: 139,
    tax_behavior: "exclusive",
    tax_rate_details: { tax_rate: vat.id },
    taxability_reason: "not_available",
    taxable_amount: 1800,
    type: "tax_rate_details",
  };
  expect(invoice.total_taxes).toEqual([tax]);
  expect(invoice.lines.data[0]?.taxes).toEqual([tax]);
});

it("finds an inclusive rate inside, and an item's own rates win over the default", async () => {
  const [inside, ontop] = [await rate(19, true), await rate(50, false)];
  const price = await makePrice(stripe, { amount: 1190 });
  const subscription = await stripe.subscriptions.create({
    customer: (await makeCustomer(stripe, "pm_card_visa")).id,
    items: [{ price: price.id, tax_rates: [inside.id] }],
    default_tax_rates: [ontop.id],
    expand: ["latest_invoice"],
  });
  expect(expandedInvoice(subscription)).toMatchObject({
    total: 1190,
    total_excluding_tax: 1000,
    subtotal_excluding_tax: 1000,
    total_taxes: [{ amount: 190, tax_behavior: "inclusive", taxable_amount: 1000 }],
  });
  const cleared = await stripe.subscriptions.update(subscription.id, { default_tax_rates: "" });
  expect(cleared.default_tax_rates).toEqual([]);
});

it("takes nothing from who is exempt, and says why", async () => {
  const vat = await rate(20, false);
  const customer = await stripe.customers.create({ tax_exempt: "reverse" });
  const invoice = await stripe.invoices.create({ customer: customer.id, default_tax_rates: [vat.id] });
  await stripe.invoiceItems.create({ customer: customer.id, invoice: invoice.id, amount: 1000 });
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
    total: 1000,
    total_taxes: [{ amount: 0, taxability_reason: "reverse_charge" }],
  });
});

it("keeps an archived rate where it is and refuses it anywhere else", async () => {
  const vat = await rate(20, false);
  expect(await stripe.taxRates.update(vat.id, { active: false })).toMatchObject({ active: false });
  const customer = await makeCustomer(stripe);
  await expect(
    stripe.invoices.create({ customer: customer.id, default_tax_rates: [vat.id] }),
  ).rejects.toMatchObject({ param: "default_tax_rates[0]" });
  expect((await stripe.taxRates.list({ active: false })).data.map((row) => row.id)).toEqual([vat.id]);
});
