import { makeClock } from "../../testing/clock";
import type { Scenario } from ".";

/** Fields that lead somewhere only in company: on a test clock, with a discount, with a card of their own. */
export const expansions: Scenario = async (stripe) => {
  const { customer, price } = await makeClock(stripe);
  const card = String(customer.invoice_settings.default_payment_method);
  const { id: coupon } = await stripe.coupons.create({ percent_off: 10, duration: "forever" });
  const made = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    discounts: [{ coupon }],
    default_payment_method: card,
  });
  const lines = ["subscription", "discounts", "discount_amounts.discount", "pricing.price_details.price"];
  await stripe.invoices.listLineItems(String(made.latest_invoice), {
    expand: lines.map((field) => `data.${field}`),
  });
  await stripe.invoices.retrieve(String(made.latest_invoice), {
    expand: ["test_clock", "parent.subscription_details.subscription"],
  });
  const draft = await stripe.invoices.create({ customer: customer.id, default_payment_method: card });
  await stripe.invoices.retrieve(draft.id, { expand: ["default_payment_method"] });
  const item = await stripe.invoiceItems.create({
    customer: customer.id,
    invoice: draft.id,
    amount: 1000,
    discounts: [{ coupon }],
  });
  await stripe.invoiceItems.retrieve(item.id, { expand: ["discounts", "test_clock"] });
  await stripe.invoices.finalizeInvoice(draft.id);
  const { data } = await stripe.invoices.listLineItems(draft.id, { expand: ["data.discounts"] });
  const note = await stripe.creditNotes.create({
    invoice: draft.id,
    lines: [{ type: "invoice_line_item", invoice_line_item: data[0]?.id ?? "", amount: 500 }],
  });
  await stripe.creditNotes.listLineItems(note.id, { expand: ["data.discount_amounts.discount"] });
  await stripe.setupIntents.create({ customer: customer.id });
  await planned(stripe, customer.id, price.id, card);
};

async function planned(stripe: Parameters<Scenario>[0], customer: string, price: string, card: string) {
  const { product } = await stripe.prices.retrieve(price);
  const once = await stripe.prices.create({ product: String(product), currency: "usd", unit_amount: 100 });
  const schedule = await stripe.subscriptionSchedules.create({
    customer,
    start_date: "now",
    default_settings: { default_payment_method: card },
    phases: [
      {
        items: [{ price }],
        add_invoice_items: [{ price: once.id }],
        default_payment_method: card,
        duration: { interval: "month", interval_count: 2 },
      },
    ],
  });
  await stripe.subscriptionSchedules.retrieve(schedule.id, {
    expand: ["phases.add_invoice_items.price", "phases.default_payment_method"],
  });
  await stripe.subscriptionSchedules.retrieve(schedule.id, {
    expand: ["default_settings.default_payment_method"],
  });
}
