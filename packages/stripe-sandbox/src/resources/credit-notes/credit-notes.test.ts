import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Started, start } from "../../testing/start";
import { makeCustomer } from "../../testing/world";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

/** A finalized invoice of two lines, 12.00 less a tenth and plus a fifth of tax, and 10.00 flat. */
async function makeInvoice(pay: boolean) {
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const [coupon, rate] = [
    await stripe.coupons.create({ percent_off: 10 }),
    await stripe.taxRates.create({ display_name: "VAT", percentage: 20, inclusive: false }),
  ];
  const invoice = await stripe.invoices.create({ customer: customer.id, currency: "usd" });
  const target = { customer: customer.id, invoice: invoice.id };
  await stripe.invoiceItems.create({
    ...target,
    amount: 1200,
    tax_rates: [rate.id],
    discounts: [{ coupon: coupon.id }],
  });
  await stripe.invoiceItems.create({ ...target, amount: 1000 });
  const done = pay
    ? await stripe.invoices.pay(invoice.id)
    : await stripe.invoices.finalizeInvoice(invoice.id);
  return { customer, invoice: done, lines: done.lines.data };
}

it("asks for less on an open invoice and pays it when nothing is left; void takes it back", async () => {
  const { invoice } = await makeInvoice(false);
  expect(invoice).toMatchObject({ subtotal: 2080, total: 2296, amount_due: 2296 });
  const note = await stripe.creditNotes.create({ invoice: invoice.id, amount: 296, reason: "order_change" });
  expect(note).toMatchObject({
    type: "pre_payment",
    pre_payment_amount: 296,
    post_payment_amount: 0,
    number: `${invoice.number}-CN-01`,
    status: "issued",
  });
  const pdf = await fetch(note.pdf);
  expect((await pdf.text()).slice(0, 8)).toBe("%PDF-1.4");
  const less = await stripe.invoices.retrieve(invoice.id, {
    expand: ["payments.data.payment.payment_intent"],
  });
  expect(less).toMatchObject({ amount_remaining: 2000, pre_payment_credit_notes_amount: 296, total: 2296 });
  expect(less.payments?.data[0]?.payment.payment_intent).toMatchObject({ amount: 2000 });
  expect((await stripe.creditNotes.voidCreditNote(note.id)).status).toBe("void");
  expect((await stripe.invoices.retrieve(invoice.id)).amount_remaining).toBe(2296);
  await stripe.creditNotes.create({ invoice: invoice.id, amount: 2296 });
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: "paid", amount_remaining: 0 });
  await expect(stripe.creditNotes.voidCreditNote(note.id)).rejects.toMatchObject({
    code: "status_transition_invalid",
  });
});

it("gives back what was paid: the ways must sum exactly", async () => {
  const { customer, invoice } = await makeInvoice(true);
  const given = { invoice: invoice.id, amount: 1000, refund_amount: 500, credit_amount: 300 };
  await expect(stripe.creditNotes.create(given)).rejects.toMatchObject({ statusCode: 400 });
  const preview = await stripe.creditNotes.preview({ ...given, out_of_band_amount: 200 });
  expect((await stripe.refunds.list({ limit: 1 })).data.map((refund) => refund.amount)).not.toContain(500);
  const note = await stripe.creditNotes.create({ ...given, out_of_band_amount: 200 });
  expect(note).toMatchObject({
    type: "post_payment",
    post_payment_amount: 1000,
    out_of_band_amount: 200,
    refunds: [{ amount_refunded: 500, type: "refund" }],
  });
  expect((await world.eventTypes("credit_note.created")).slice(0, 5)).toEqual([
    "credit_note.created",
    "refund.created",
    "charge.refunded",
    "customer.updated",
    "invoice.updated",
  ]);
  expect({ ...preview.lines.data[0], id: "" }).toEqual({ ...note.lines.data[0], id: "" });
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -300 });
  const [entry] = (await stripe.customers.listBalanceTransactions(customer.id)).data;
  expect(entry).toMatchObject({ type: "credit_note", credit_note: note.id, amount: -300 });
  expect((await stripe.invoices.retrieve(invoice.id)).post_payment_credit_notes_amount).toBe(1000);
  const [refund] = (await stripe.refunds.list({ limit: 1 })).data;
  expect(refund).toMatchObject({ id: note.refunds[0]?.refund, amount: 500 });
  await expect(
    stripe.creditNotes.create({ invoice: invoice.id, amount: 1297, credit_amount: 1297 }),
  ).rejects.toMatchObject({ message: "This invoice can be credited by at most 1296." });
});

it("credits lines with their discounts and taxes, and in slices exactly the whole", async () => {
  const { invoice, lines } = await makeInvoice(true);
  const line = lines[0]?.id ?? "";
  const slice = (amount: number, credit: number) =>
    stripe.creditNotes.create({
      invoice: invoice.id,
      lines: [{ type: "invoice_line_item", invoice_line_item: line, amount }],
      credit_amount: credit,
    });
  const first = await slice(401, 433);
  expect(first).toMatchObject({ subtotal: 401, discount_amount: 40, total: 433 });
  expect(first.total_taxes?.[0]).toMatchObject({ amount: 72, tax_behavior: "exclusive" });
  const rest = await slice(799, 1296 - 433);
  expect(first.discount_amount + rest.discount_amount).toBe(120);
  expect(first.total + rest.total).toBe(1296);
  await expect(slice(1, 1)).rejects.toMatchObject({ statusCode: 400 });
  expect((await stripe.creditNotes.list({ invoice: invoice.id })).data).toHaveLength(2);
  expect((await stripe.creditNotes.listLineItems(first.id)).data[0]).toMatchObject({
    invoice_line_item: line,
  });
});

it("links a refund that was made before, and counts one that is not linked", async () => {
  const { invoice } = await makeInvoice(true);
  const [payment] = (await stripe.invoicePayments.list({ invoice: invoice.id })).data;
  const refund = await stripe.refunds.create({
    payment_intent: String(payment?.payment.payment_intent),
    amount: 700,
  });
  await expect(
    stripe.creditNotes.create({ invoice: invoice.id, amount: 1700, credit_amount: 1700 }),
  ).rejects.toMatchObject({ statusCode: 400 });
  const note = await stripe.creditNotes.create({
    invoice: invoice.id,
    amount: 2296,
    credit_amount: 1596,
    refunds: [{ refund: refund.id }],
  });
  expect(note.refunds).toMatchObject([{ refund: refund.id, amount_refunded: 700 }]);
  const types = await world.eventTypes("refund.created");
  expect(types).toEqual(expect.arrayContaining(["credit_note.created", "invoice.updated"]));
});
