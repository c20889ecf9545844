import type Stripe from "stripe";
import { refused } from "../refused";
import type { Scenario } from ".";

const success_url = "https://shop.example/{CHECKOUT_SESSION_ID}";
const expand = [
  "line_items.data.discounts",
  "line_items.data.taxes",
  "total_details.breakdown",
  "customer",
  "invoice",
  "payment_intent",
  "setup_intent",
  "subscription",
];

async function catalog(stripe: Stripe) {
  const product = await stripe.products.create({ name: "Plan" });
  const plan = { product: product.id, currency: "usd", unit_amount: 2000 };
  const [monthly, once] = await Promise.all([
    stripe.prices.create({ ...plan, recurring: { interval: "month" } }),
    stripe.prices.create(plan),
  ]);
  const rate = await stripe.taxRates.create({ display_name: "VAT", percentage: 20, inclusive: false });
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: "forever" });
  const code = await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id } });
  return { monthly, once, rate, coupon, code };
}

export const checkout: Scenario = async (stripe, sandbox) => {
  const { monthly, once, rate, coupon } = await catalog(stripe);
  const { checkout } = stripe;
  const payment = await checkout.sessions.create({
    mode: "payment",
    success_url,
    cancel_url: "https://shop.example/cart",
    line_items: [
      {
        price: once.id,
        quantity: 2,
        tax_rates: [rate.id],
        adjustable_quantity: { enabled: true, minimum: 1, maximum: 9 },
        metadata: { sku: "1" },
      },
    ],
    discounts: [{ coupon: coupon.id }],
    customer_email: "ada@example.com",
    customer_creation: "always",
    invoice_creation: { enabled: true, invoice_data: { custom_fields: [{ name: "PO", value: "1" }] } },
    billing_address_collection: "required",
    tax_id_collection: { enabled: true },
    phone_number_collection: { enabled: true },
    name_collection: { business: { enabled: true }, individual: { enabled: true, optional: true } },
    consent_collection: { terms_of_service: "required" },
    custom_fields: [
      {
        key: "size",
        type: "numeric",
        label: { type: "custom", custom: "Size" },
        numeric: { minimum_length: 1 },
      },
      { key: "note", type: "text", label: { type: "custom", custom: "Note" }, optional: true },
      {
        key: "how",
        type: "dropdown",
        label: { type: "custom", custom: "How" },
        dropdown: { options: [{ label: "Web", value: "web" }], default_value: "web" },
      },
    ],
    custom_text: { submit: { message: "Thanks" } },
    after_expiration: { recovery: { enabled: true } },
    saved_payment_method_options: { payment_method_save: "enabled" },
    wallet_options: { link: { display: "never" } },
    submit_type: "pay",
    locale: "de",
    expand,
  });
  sandbox.completeCheckout(payment.id, {
    business_name: "Acme",
    phone: "+49123",
    address: { line1: "Weg 1", city: "Bonn", postal_code: "53111", country: "DE" },
    tax_id: { type: "eu_vat", value: "DE123456789" },
    custom_fields: { size: "3" },
    terms_accepted: true,
    save_card: true,
  });
  await checkout.sessions.retrieve(payment.id, { expand });
  await checkout.sessions.list({
    customer_details: { email: "ada@example.com" },
    expand: ["data.line_items"],
  });
  await refused(checkout.sessions.expire(payment.id));
  const setup = await checkout.sessions.create({ mode: "setup", success_url, currency: "usd", expand });
  sandbox.completeCheckout(setup.id);
  await checkout.sessions.retrieve(setup.id, { expand });
  await checkout.sessions.list({ payment_intent: "pi_none" });
  await refused(
    checkout.sessions.create({ mode: "subscription", success_url, line_items: [{ price: monthly.id }] }),
  );
  await refused(checkout.sessions.retrieve("cs_test_none"));
};

export const checkoutSubscriptions: Scenario = async (stripe, sandbox) => {
  const { monthly, once, rate, code } = await catalog(stripe);
  const { checkout } = stripe;
  const customer = await stripe.customers.create({
    email: "ada@example.com",
    payment_method: "pm_card_visa",
  });
  const open = await checkout.sessions.create({
    mode: "subscription",
    ui_mode: "elements",
    return_url: success_url,
    line_items: [{ price: monthly.id, quantity: 1 }],
    customer: customer.id,
    customer_update: { address: "auto" },
    subscription_data: { default_tax_rates: [rate.id], trial_period_days: 7 },
  });
  const items = await checkout.sessions.listLineItems(open.id, {
    expand: ["data.price.product", "data.taxes"],
  });
  await checkout.sessions.update(open.id, {
    metadata: { a: "b" },
    line_items: [{ id: items.data[0]?.id ?? "", quantity: 2 }],
    collected_information: { shipping_details: { name: "Ada", address: { line1: "Weg 1", country: "DE" } } },
  });
  sandbox.completeCheckout(open.id);
  await checkout.sessions.retrieve(open.id, { expand });
  const paid = await checkout.sessions.create({
    mode: "subscription",
    success_url,
    line_items: [{ price: monthly.id, quantity: 1 }],
    optional_items: [{ price: once.id, quantity: 1, adjustable_quantity: { enabled: true } }],
    allow_promotion_codes: true,
    after_expiration: { recovery: { enabled: true, allow_promotion_codes: true } },
  });
  const typed = { promotion_code: code.code, payment_method: "pm_card_threeDSecure2Required" };
  sandbox.completeCheckout(paid.id, { ...typed, three_d_secure: "complete" });
  await checkout.sessions.retrieve(paid.id, {
    expand: [...expand, "discounts.coupon", "discounts.promotion_code"],
  });
  await checkout.sessions.list({ subscription: "sub_none", status: "complete" });
  const late = await checkout.sessions.create({
    mode: "subscription",
    ui_mode: "embedded_page",
    redirect_on_completion: "never",
    line_items: [{ price: monthly.id, quantity: 1 }],
  });
  await checkout.sessions.expire(late.id, { expand: ["line_items"] });
};
