import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Started, start } from "../../testing/start";
import { eventsOf, expandedInvoice, makeCustomer, makePrice } from "../../testing/world";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

it("a revision takes the place of an open invoice, with its lines changed and its credit back", async () => {
  const customer = await makeCustomer(stripe, "pm_card_visa", { balance: -300 });
  await stripe.invoiceItems.create({
    customer: customer.id,
    amount: 5000,
    currency: "usd",
    description: "Work",
  });
  const invoice = await stripe.invoices.create({
    customer: customer.id,
    pending_invoice_items_behavior: "include",
    description: "March",
  });
  await stripe.invoices.finalizeInvoice(invoice.id);
  const draft = await stripe.invoices.create({ from_invoice: { action: "revision", invoice: invoice.id } });
  expect(draft).toMatchObject({
    status: "draft",
    description: "March",
    from_invoice: { action: "revision", invoice: invoice.id },
    total: 5000,
  });
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: "open", latest_revision: null });
  const [line] = draft.lines.data;
  await stripe.invoices.updateLines(draft.id, { lines: [{ id: line?.id ?? "", amount: 4000 }] });
  const revised = await stripe.invoices.finalizeInvoice(draft.id);
  expect(revised).toMatchObject({ status: "open", total: 4000, amount_due: 3700 });
  const before = await stripe.invoices.retrieve(invoice.id, { expand: ["latest_revision"] });
  expect(before).toMatchObject({ status: "void", latest_revision: { id: draft.id } });
  expect(before.lines.data[0]).toMatchObject({ amount: 5000 });
  expect(await eventsOf(stripe, invoice.id)).toContain("invoice.voided");
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: 0 });
});

it("of a subscription's first invoice keeps the subscription alive", async () => {
  const customer = await makeCustomer(stripe);
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: (await makePrice(stripe)).id }],
    payment_behavior: "default_incomplete",
    expand: ["latest_invoice"],
  });
  const first = expandedInvoice(subscription).id;
  const draft = await stripe.invoices.create({ from_invoice: { action: "revision", invoice: first } });
  await stripe.invoices.finalizeInvoice(draft.id);
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
    status: "incomplete",
    latest_invoice: draft.id,
  });
  await stripe.invoices.pay(draft.id, { payment_method: "pm_card_visa" });
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: "active" });
});

it("is refused for an invoice that is not out, or with what the original decides", async () => {
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const draft = await stripe.invoices.create({ customer: customer.id });
  const from_invoice = { action: "revision" as const, invoice: draft.id };
  await expect(stripe.invoices.create({ from_invoice })).rejects.toMatchObject({
    code: "invoice_not_editable",
  });
  await expect(stripe.invoices.create({ from_invoice, customer: customer.id })).rejects.toMatchObject({
    code: "parameters_exclusive",
    param: "customer",
  });
});
