import type Stripe from "stripe";
import { makeCustomer } from "../../testing/world";
import { refused } from "../refused";
import type { Scenario } from ".";

async function makeInvoice(stripe: Stripe): Promise<string> {
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: "once" });
  const rate = await stripe.taxRates.create({ display_name: "VAT", percentage: 20, inclusive: false });
  const invoice = await stripe.invoices.create({ customer: customer.id, currency: "usd" });
  const target = { customer: customer.id, invoice: invoice.id };
  await stripe.invoiceItems.create({
    ...target,
    amount: 1200,
    tax_rates: [rate.id],
    discounts: [{ coupon: coupon.id }],
  });
  await stripe.invoiceItems.create({ ...target, amount: 1000 });
  await stripe.invoices.finalizeInvoice(invoice.id, {
    expand: ["discounts", "total_discount_amounts.discount"],
  });
  return invoice.id;
}

export const creditNotes: Scenario = async (stripe) => {
  const before = await makeInvoice(stripe);
  const less = await stripe.creditNotes.create({
    invoice: before,
    amount: 296,
    reason: "order_change",
    memo: "Sorry",
    metadata: { a: "b" },
  });
  await stripe.creditNotes.update(less.id, { memo: "Very sorry" });
  await stripe.creditNotes.voidCreditNote(less.id);
  const paid = await makeInvoice(stripe);
  const { lines } = await stripe.invoices.pay(paid);
  const line = { type: "invoice_line_item" as const, invoice_line_item: lines.data[0]?.id ?? "" };
  const given = {
    invoice: paid,
    lines: [
      { ...line, amount: 540 },
      { type: "custom_line_item" as const, description: "More", quantity: 1, unit_amount: 400 },
    ],
    refund_amount: 448,
    credit_amount: 435,
    out_of_band_amount: 100,
  };
  await stripe.creditNotes.preview(given);
  await stripe.creditNotes.listPreviewLineItems(given);
  const note = await stripe.creditNotes.create({
    ...given,
    expand: ["refunds.refund", "customer_balance_transaction"],
  });
  await stripe.creditNotes.listLineItems(note.id);
  await stripe.creditNotes.retrieve(note.id, { expand: ["invoice", "discount_amounts.discount"] });
  await stripe.creditNotes.list({ invoice: paid });
  await stripe.customers.listBalanceTransactions(String(note.customer), { expand: ["data.credit_note"] });
  await stripe.invoices.retrieve(paid);
  await refused(stripe.creditNotes.create({ invoice: paid, amount: 100_000 }));
};
