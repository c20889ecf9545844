import Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Started, start } from "../../testing/start";
import { eventsOf, makeCustomer, makePrice } from "../../testing/world";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

async function draftFor(card?: string, given: Partial<Stripe.InvoiceCreateParams> = {}) {
  const customer = await makeCustomer(stripe, card);
  const invoice = await stripe.invoices.create({ customer: customer.id, currency: "usd", ...given });
  return { customer, invoice };
}

async function openFor(amount: number, card?: string) {
  const { customer, invoice } = await draftFor(card);
  await stripe.invoices.addLines(invoice.id, { lines: [{ amount, description: "Work" }] });
  return { customer, invoice: await stripe.invoices.finalizeInvoice(invoice.id) };
}

const pays = (customer: string, amount: number) =>
  stripe.paymentIntents.create({
    customer,
    amount,
    currency: "usd",
    payment_method: "pm_card_visa",
    confirm: true,
    off_session: true,
  });

it("adds, changes and removes lines of a draft, and the items behind them", async () => {
  const { customer, invoice } = await draftFor();
  const waiting = await stripe.invoiceItems.create({ customer: customer.id, amount: 500, currency: "usd" });
  const once = await makePrice(stripe, { amount: 700, recurring: null });
  const added = await stripe.invoices.addLines(invoice.id, {
    lines: [
      { invoice_item: waiting.id },
      { pricing: { price: once.id }, quantity: 2 },
      { price_data: { currency: "usd", product: String(once.product), unit_amount: 50 }, quantity: 3 },
    ],
    invoice_metadata: { project: "7" },
  });
  expect(added).toMatchObject({ total: 2050, metadata: { project: "7" } });
  const [first, second, third] = added.lines.data;
  const changed = await stripe.invoices.updateLines(invoice.id, {
    lines: [{ id: second?.id ?? "", quantity: 1, description: "One" }],
  });
  expect(changed.total).toBe(1350);
  expect(changed.lines.data.map((line) => line.id)).toEqual([first?.id, second?.id, third?.id]);
  expect(changed.lines.data[1]).toMatchObject({ amount: 700, quantity: 1, description: "One" });
  const one = await stripe.invoices.updateLineItem(invoice.id, first?.id ?? "", { amount: 100 });
  expect(one).toMatchObject({ amount: 100 });
  expect((await stripe.invoiceItems.retrieve(waiting.id)).amount).toBe(100);
  const left = await stripe.invoices.removeLines(invoice.id, {
    lines: [
      { id: first?.id ?? "", behavior: "unassign" },
      { id: third?.id ?? "", behavior: "delete" },
    ],
  });
  expect(left.total).toBe(700);
  const pending = await stripe.invoiceItems.list({ customer: customer.id, pending: true });
  expect(pending.data.map((item) => item.id)).toEqual([waiting.id]);
  await stripe.invoices.finalizeInvoice(invoice.id);
  await expect(stripe.invoices.addLines(invoice.id, { lines: [{ amount: 1 }] })).rejects.toMatchObject({
    code: "invoice_not_editable",
  });
});

it("changes an item without an event, and its draft with one", async () => {
  const { customer, invoice } = await draftFor();
  const item = await stripe.invoiceItems.create({ customer: customer.id, invoice: invoice.id, amount: 500 });
  const changed = await stripe.invoiceItems.update(item.id, {
    unit_amount_decimal: Stripe.Decimal.from("33.5"),
    quantity: 3,
  });
  expect(changed).toMatchObject({ amount: 101, quantity: 3 });
  expect((await stripe.invoices.retrieve(invoice.id)).total).toBe(101);
  expect(await eventsOf(stripe, item.id)).toEqual(["invoiceitem.created"]);
  expect(await eventsOf(stripe, invoice.id)).toContain("invoice.updated");
});

it("is paid in parts, and what is too much becomes credit", async () => {
  const { customer, invoice } = await openFor(3000);
  const part = await pays(customer.id, 1000);
  const after = await stripe.invoices.attachPayment(invoice.id, { payment_intent: part.id });
  expect(after).toMatchObject({ status: "open", amount_paid: 1000, amount_remaining: 2000 });
  await expect(stripe.invoices.attachPayment(invoice.id, { payment_intent: part.id })).rejects.toMatchObject({
    param: "payment_intent",
  });
  const rest = await pays(customer.id, 2500);
  const done = await stripe.invoices.attachPayment(invoice.id, {
    payment_intent: rest.id,
    expand: ["payments"],
  });
  expect(done).toMatchObject({
    status: "paid",
    amount_paid: 3000,
    amount_remaining: 0,
    amount_overpaid: 500,
  });
  expect(done.payments?.data.map((payment) => payment.status).sort()).toEqual(["canceled", "paid", "paid"]);
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -500 });
  expect(await eventsOf(stripe, invoice.id)).toEqual(
    expect.arrayContaining(["invoice.overpaid", "invoice.paid", "invoice.payment_succeeded"]),
  );
});

it("asks the card for what a part payment left", async () => {
  const { customer, invoice } = await openFor(3000, "pm_card_visa");
  const part = await pays(customer.id, 1200);
  await stripe.invoices.attachPayment(invoice.id, { payment_intent: part.id });
  const paid = await stripe.invoices.pay(invoice.id);
  expect(paid).toMatchObject({ status: "paid", amount_paid: 3000 });
  const charges = await stripe.charges.list({ customer: customer.id });
  expect(charges.data.map((charge) => charge.amount)).toEqual([1800, 1200]);
});

it("is sent, forgiven, and still can be paid", async () => {
  const { invoice } = await draftFor("pm_card_visa", {
    collection_method: "send_invoice",
    days_until_due: 10,
  });
  await stripe.invoices.addLines(invoice.id, { lines: [{ amount: 900 }] });
  const sent = await stripe.invoices.sendInvoice(invoice.id);
  expect(sent).toMatchObject({ status: "open", due_date: expect.any(Number) });
  expect(await eventsOf(stripe, invoice.id)).toContain("invoice.sent");
  const forgiven = await stripe.invoices.markUncollectible(invoice.id);
  expect(forgiven.status).toBe("uncollectible");
  expect((await stripe.invoices.pay(invoice.id)).status).toBe("paid");
});

it("credits a negative invoice to the balance, and the next invoice spends it", async () => {
  const { customer, invoice } = await draftFor();
  await stripe.invoices.addLines(invoice.id, { lines: [{ amount: -800 }] });
  expect(await stripe.invoices.finalizeInvoice(invoice.id)).toMatchObject({
    status: "paid",
    total: -800,
    amount_due: 0,
    ending_balance: -800,
  });
  const next = await stripe.invoices.create({ customer: customer.id });
  const draft = await stripe.invoices.addLines(next.id, { lines: [{ amount: 1000 }] });
  expect(draft).toMatchObject({ amount_due: 200, starting_balance: -800, ending_balance: null });
  const open = await stripe.invoices.finalizeInvoice(next.id);
  expect(open).toMatchObject({ amount_due: 200, ending_balance: 0 });
  await stripe.invoices.voidInvoice(next.id);
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -800 });
  const rows = await stripe.customers.listBalanceTransactions(customer.id);
  expect(rows.data.map((row) => [row.type, row.amount, row.ending_balance])).toEqual([
    ["unapplied_from_invoice", -800, -800],
    ["applied_to_invoice", 800, 0],
    ["applied_to_invoice", -800, -800],
  ]);
});

it("finalizes and pays by itself at a named moment", async () => {
  const { customer, invoice } = await draftFor("pm_card_visa");
  await stripe.invoices.addLines(invoice.id, { lines: [{ amount: 900 }] });
  const at = invoice.created + 5000;
  const set = await stripe.invoices.update(invoice.id, {
    auto_advance: true,
    automatically_finalizes_at: at,
  });
  expect(set.automatically_finalizes_at).toBe(at);
  await world.advance(5001);
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: "paid", customer: customer.id });
});

it("returns its items when the draft is deleted", async () => {
  const { customer, invoice } = await draftFor();
  await stripe.invoices.addLines(invoice.id, { lines: [{ amount: 900 }] });
  await stripe.invoices.del(invoice.id);
  const pending = await stripe.invoiceItems.list({ customer: customer.id, pending: true });
  expect(pending.data).toMatchObject([{ amount: 900, invoice: null }]);
});
