import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Started, start } from "../../testing/start";
import { makeCustomer, makeIncomplete, makePrice } from "../../testing/world";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

it("bills one-off items: draft, open, paid, with its pages", async () => {
  const customer = await makeCustomer(stripe, "pm_card_visa");
  await stripe.invoiceItems.create({
    customer: customer.id,
    amount: 2500,
    currency: "usd",
    description: "Set-up",
  });
  const draft = await stripe.invoices.create({
    customer: customer.id,
    pending_invoice_items_behavior: "include",
  });
  expect(draft).toMatchObject({
    status: "draft",
    number: null,
    total: 2500,
    auto_advance: false,
    hosted_invoice_url: null,
  });
  const open = await stripe.invoices.finalizeInvoice(draft.id);
  expect(open).toMatchObject({ status: "open", amount_due: 2500, number: `${customer.invoice_prefix}-0001` });
  await expect(stripe.invoices.finalizeInvoice(draft.id)).rejects.toMatchObject({
    code: "invoice_not_editable",
  });
  await expect(stripe.invoices.update(draft.id, { description: "late" })).rejects.toMatchObject({
    code: "invoice_not_editable",
  });
  const paid = await stripe.invoices.pay(draft.id);
  expect(paid).toMatchObject({ status: "paid", amount_paid: 2500, amount_remaining: 0, attempt_count: 1 });
  await expect(stripe.invoices.pay(draft.id)).rejects.toMatchObject({
    statusCode: 400,
    message: "Invoice is already paid",
  });
  const pdf = await fetch(String(paid.invoice_pdf));
  expect((await pdf.text()).slice(0, 8)).toBe("%PDF-1.4");
  expect(await (await fetch(String(paid.hosted_invoice_url))).text()).toContain(String(paid.number));
});

it("spends the customer's credit before the card and returns it when voided", async () => {
  const customer = await stripe.customers.create({ balance: -1000 });
  const item = { customer: customer.id, currency: "usd" };
  const invoice = await stripe.invoices.create({ customer: customer.id });
  await stripe.invoiceItems.create({ ...item, amount: 2500, invoice: invoice.id });
  const open = await stripe.invoices.finalizeInvoice(invoice.id);
  expect(open).toMatchObject({ total: 2500, amount_due: 1500, starting_balance: -1000, ending_balance: 0 });
  const voided = await stripe.invoices.voidInvoice(invoice.id);
  expect(voided.status).toBe("void");
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -1000 });
  const rows = await stripe.customers.listBalanceTransactions(customer.id);
  expect(rows.data.map((row) => row.type)).toEqual([
    "unapplied_from_invoice",
    "applied_to_invoice",
    "initial",
  ]);
  await expect(stripe.invoices.pay(invoice.id)).rejects.toMatchObject({ code: "status_transition_invalid" });
});

it("puts sums too small to charge on the balance", async () => {
  const customer = await makeCustomer(stripe);
  const invoice = await stripe.invoices.create({ customer: customer.id });
  await stripe.invoiceItems.create({
    customer: customer.id,
    currency: "usd",
    amount: 30,
    invoice: invoice.id,
  });
  expect(await stripe.invoices.finalizeInvoice(invoice.id)).toMatchObject({
    status: "paid",
    amount_due: 0,
    ending_balance: 30,
  });
});

it("ends an unpaid subscription when its first invoice is voided", async () => {
  const price = await makePrice(stripe);
  const customer = await makeCustomer(stripe);
  const { subscription, invoice } = await makeIncomplete(stripe, customer.id, price.id);
  await stripe.invoices.voidInvoice(invoice.id);
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("incomplete_expired");
});

it("says 402 when the card is refused, and pays out of band without a charge", async () => {
  const price = await makePrice(stripe);
  const customer = await makeCustomer(stripe);
  const { subscription, invoice, intent } = await makeIncomplete(stripe, customer.id, price.id);
  await expect(stripe.invoices.pay(invoice.id)).rejects.toMatchObject({
    statusCode: 400,
    code: "resource_missing",
  });
  const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customer.id });
  await expect(stripe.invoices.pay(invoice.id, { payment_method: bad.id })).rejects.toMatchObject({
    statusCode: 402,
    code: "card_declined",
  });
  const paid = await stripe.invoices.pay(invoice.id, { paid_out_of_band: true });
  expect(paid.status).toBe("paid");
  expect((await stripe.paymentIntents.retrieve(intent)).status).toBe("canceled");
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
  expect((await stripe.invoicePayments.list({ invoice: invoice.id })).data[0]?.status).toBe("canceled");
});

it("lists by subscription, customer and status, and its lines", async () => {
  const price = await makePrice(stripe);
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id, quantity: 3 }],
  });
  const [invoice] = (await stripe.invoices.list({ subscription: subscription.id })).data;
  expect(invoice?.parent?.subscription_details?.subscription).toBe(subscription.id);
  expect((await stripe.invoices.list({ customer: customer.id, status: "open" })).data).toEqual([]);
  const lines = await stripe.invoices.listLineItems(invoice?.id ?? "");
  expect(lines.data[0]).toMatchObject({
    amount: 6000,
    quantity: 3,
    description: "3 × Plan 2000 (at $20.00 / month)",
    pricing: { price_details: { price: price.id, product: price.product } },
  });
  expect(String(lines.data[0]?.pricing?.unit_amount_decimal)).toBe("2000");
});

it("hands a 3-D Secure payment over to the customer, on session, and refuses it off session", async () => {
  const price = await makePrice(stripe);
  const customer = await makeCustomer(stripe);
  const { subscription, invoice, intent, secret } = await makeIncomplete(stripe, customer.id, price.id);
  const card = await stripe.paymentMethods.attach("pm_card_threeDSecure2Required", { customer: customer.id });
  const pay = (offSession: boolean) =>
    stripe.invoices.pay(invoice.id, { payment_method: card.id, off_session: offSession });
  await expect(pay(true)).rejects.toMatchObject({ statusCode: 402, code: "authentication_required" });
  await expect(pay(false)).rejects.toMatchObject({
    statusCode: 402,
    code: "invoice_payment_intent_requires_action",
  });
  expect((await stripe.paymentIntents.retrieve(intent)).status).toBe("requires_action");
  await world.browse(`/_sandbox/3ds/${intent}`, { client_secret: secret, outcome: "complete" });
  expect((await stripe.invoices.retrieve(invoice.id)).status).toBe("paid");
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
});
