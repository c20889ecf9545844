import type Stripe from "stripe";
import { makeCustomer, makePrice } from "../../testing/world";
import { refused } from "../refused";
import type { Scenario } from ".";

export const invoices: Scenario = async (stripe, sandbox) => {
  const customer = await makeCustomer(stripe, "pm_card_visa", {
    address: { line1: "Weg 1", country: "DE" },
    shipping: { name: "Ada", address: { line1: "Weg 1", country: "DE" } },
    phone: "+49",
  });
  const draft = await stripe.invoices.create({
    customer: customer.id,
    currency: "usd",
    collection_method: "send_invoice",
    days_until_due: 10,
    description: "Work",
    footer: "Thanks",
    custom_fields: [{ name: "PO", value: "1" }],
    metadata: { a: "b" },
  });
  await lines(stripe, draft.id, customer.id);
  await stripe.invoices.update(draft.id, { description: "More work", statement_descriptor: "WORK" });
  await stripe.invoices.finalizeInvoice(draft.id, { expand: ["confirmation_secret", "payments"] });
  await stripe.invoices.sendInvoice(draft.id);
  const paid = await stripe.invoices.pay(draft.id, { expand: ["payments.data.payment.payment_intent"] });
  await sandbox.settled();
  const { data } = await stripe.invoicePayments.list({ invoice: paid.id });
  await stripe.invoicePayments.retrieve(data[0]?.id ?? "", { expand: ["invoice", "payment.payment_intent"] });
  await stripe.invoices.list({ customer: customer.id, expand: ["data.customer"] });
  await stripe.invoices.search({ query: "total>1" });
  await endings(stripe, customer.id);
  await parts(stripe, customer.id);
  await failures(stripe);
};

async function lines(stripe: Stripe, invoice: string, customer: string): Promise<void> {
  const once = await makePrice(stripe, { amount: 700, recurring: null });
  const waiting = await stripe.invoiceItems.create({
    customer,
    amount: 500,
    currency: "usd",
    description: "Waiting",
    period: { start: 1_700_000_000, end: 1_700_100_000 },
    metadata: { a: "b" },
  });
  const added = await stripe.invoices.addLines(invoice, {
    lines: [
      { invoice_item: waiting.id },
      { pricing: { price: once.id }, quantity: 2 },
      { price_data: { currency: "usd", product: String(once.product), unit_amount: 50 }, quantity: 3 },
    ],
  });
  const [first, second, third] = added.lines.data.map(({ id }) => id);
  await stripe.invoices.updateLines(invoice, { lines: [{ id: second ?? "", quantity: 1 }] });
  await stripe.invoices.updateLineItem(invoice, first ?? "", { amount: 100, description: "One" });
  await stripe.invoices.removeLines(invoice, { lines: [{ id: third ?? "", behavior: "delete" }] });
  await stripe.invoices.listLineItems(invoice, { limit: 1 });
  const item = await stripe.invoiceItems.create({
    customer,
    invoice,
    pricing: { price: once.id },
    quantity: 2,
  });
  await stripe.invoiceItems.update(item.id, { quantity: 3, description: "Three" });
  await stripe.invoiceItems.list({ customer, expand: ["data.invoice"] });
  const gone = await stripe.invoiceItems.create({ customer, amount: -20, currency: "usd" });
  await stripe.invoiceItems.retrieve(gone.id);
  await stripe.invoiceItems.del(gone.id);
}

async function open(stripe: Stripe, customer: string, amount = 3000): Promise<string> {
  const { id } = await stripe.invoices.create({ customer, currency: "usd" });
  await stripe.invoices.addLines(id, { lines: [{ amount, description: "Work" }] });
  await stripe.invoices.finalizeInvoice(id);
  return id;
}

async function endings(stripe: Stripe, customer: string): Promise<void> {
  const { id } = await stripe.invoices.create({ customer, currency: "usd" });
  await stripe.invoices.del(id);
  await stripe.invoices.voidInvoice(await open(stripe, customer));
  const bad = await open(stripe, customer);
  await stripe.invoices.markUncollectible(bad);
  await stripe.invoices.pay(bad, { paid_out_of_band: true });
  await stripe.invoices.retrieve(await open(stripe, customer, 10));
  await stripe.customers.listBalanceTransactions(customer, { expand: ["data.invoice"] });
  await refused(stripe.invoices.voidInvoice(bad));
}

async function parts(stripe: Stripe, customer: string): Promise<void> {
  const pay = (amount: number) =>
    stripe.paymentIntents.create({
      customer,
      amount,
      currency: "usd",
      payment_method: "pm_card_visa",
      confirm: true,
      off_session: true,
    });
  const invoice = await open(stripe, customer);
  await stripe.invoices.attachPayment(invoice, {
    payment_intent: (await pay(1000)).id,
    expand: ["payments"],
  });
  await stripe.invoices.attachPayment(invoice, {
    payment_intent: (await pay(2500)).id,
    expand: ["payments"],
  });
}

async function failures(stripe: Stripe): Promise<void> {
  const poor = await makeCustomer(stripe, "pm_card_chargeCustomerFail");
  const invoice = await open(stripe, poor.id);
  await refused(stripe.invoices.pay(invoice));
  await stripe.invoices.retrieve(invoice, { expand: ["payments.data.payment.payment_intent"] });
  const careful = await makeCustomer(stripe, "pm_card_authenticationRequired");
  const asked = await open(stripe, careful.id);
  await refused(stripe.invoices.pay(asked));
  await stripe.invoices.retrieve(asked, { expand: ["confirmation_secret", "payments"] });
  await refused(stripe.invoices.finalizeInvoice(asked));
}

export const previews: Scenario = async (stripe) => {
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const price = await makePrice(stripe);
  const other = await makePrice(stripe, { amount: 3000 });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  const of = { subscription: subscription.id };
  await stripe.invoices.createPreview(of);
  await stripe.invoices.createPreview({
    ...of,
    subscription_details: {
      items: [{ id: subscription.items.data[0]?.id ?? "", price: other.id }],
      proration_behavior: "always_invoice",
    },
  });
  await stripe.invoices.createPreview({ ...of, subscription_details: { cancel_now: true } });
  await stripe.invoices.createPreview({
    customer: customer.id,
    subscription_details: { items: [{ price: other.id, quantity: 2 }] },
  });
  await stripe.invoices.createPreview({
    customer: customer.id,
    invoice_items: [{ amount: 700, currency: "usd", description: "Once" }],
  });
  await refused(stripe.invoices.createPreview({ customer: "cus_none" }));
};
