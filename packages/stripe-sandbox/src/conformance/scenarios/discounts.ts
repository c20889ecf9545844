import { makeCustomer, makePrice } from "../../testing/world";
import { refused } from "../refused";
import type { Scenario } from ".";

export const discounts: Scenario = async (stripe, sandbox) => {
  const price = await makePrice(stripe);
  const percent = await stripe.coupons.create({
    id: "TENTH",
    percent_off: 10,
    duration: "repeating",
    duration_in_months: 3,
    max_redemptions: 9,
    name: "A tenth",
    metadata: { a: "b" },
    applies_to: { products: [String(price.product)] },
    expand: ["applies_to"],
  });
  const amount = await stripe.coupons.create({
    amount_off: 500,
    currency: "usd",
    duration: "forever",
    redeem_by: Math.floor(Date.now() / 1000) + 3600,
    currency_options: { eur: { amount_off: 450 } },
    expand: ["currency_options"],
  });
  await stripe.coupons.update(percent.id, { name: "Tenth" });
  await stripe.coupons.retrieve(percent.id);
  await stripe.coupons.list();
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const code = await stripe.promotionCodes.create({
    promotion: { type: "coupon", coupon: amount.id },
    code: "HELLO",
    customer: customer.id,
    max_redemptions: 2,
    expires_at: Math.floor(Date.now() / 1000) + 1800,
    restrictions: { first_time_transaction: true, minimum_amount: 100, minimum_amount_currency: "usd" },
    expand: ["promotion.coupon", "customer"],
  });
  await stripe.promotionCodes.list({ code: "HELLO" });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id, discounts: [{ coupon: percent.id }] }],
    discounts: [{ promotion_code: code.id }],
    expand: ["discounts.promotion_code", "items.data.discounts", "latest_invoice.discounts"],
  });
  await stripe.promotionCodes.update(code.id, { active: false, metadata: { a: "b" } });
  await stripe.promotionCodes.retrieve(code.id);
  await stripe.subscriptions.deleteDiscount(subscription.id);
  await refused(stripe.subscriptions.deleteDiscount(subscription.id));
  sandbox.discountCustomer(customer.id, { coupon: percent.id });
  await stripe.customers.retrieve(customer.id, {
    expand: ["discount.source.coupon", "discount.customer"],
  });
  await stripe.customers.deleteDiscount(customer.id);
  await stripe.coupons.del(percent.id);
  await refused(stripe.coupons.retrieve(percent.id));
  await stripe.subscriptions.retrieve(subscription.id, { expand: ["items.data.discounts.source.coupon"] });
};

export const taxRates: Scenario = async (stripe) => {
  const rate = await stripe.taxRates.create({
    display_name: "VAT",
    percentage: 19,
    inclusive: false,
    country: "DE",
    state: "BE",
    jurisdiction: "DE",
    description: "Germany",
    tax_type: "vat",
    metadata: { a: "b" },
  });
  const within = await stripe.taxRates.create({ display_name: "GST", percentage: 7.25, inclusive: true });
  await stripe.taxRates.update(rate.id, { active: false, description: "Old" });
  await stripe.taxRates.retrieve(rate.id);
  await stripe.taxRates.list({ inclusive: true });
  await stripe.taxRates.update(rate.id, { active: true });
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const price = await makePrice(stripe);
  await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id, tax_rates: [within.id] }],
    default_tax_rates: [rate.id],
    expand: ["latest_invoice"],
  });
};
