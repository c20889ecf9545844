import { makePortal } from "../../testing/portal";
import { refused } from "../refused";
import type { Scenario } from ".";

export const taxIds: Scenario = async (stripe, sandbox) => {
  const customer = await stripe.customers.create({
    name: "Ada GmbH",
    address: { line1: "Am Platz 1", postal_code: "10115", city: "Berlin", country: "DE" },
    tax_id_data: [{ type: "eu_vat", value: "DE123456789" }],
  });
  const made = await stripe.customers.createTaxId(customer.id, { type: "us_ein", value: "12-3456789" });
  await stripe.customers.createTaxId(customer.id, {
    type: "au_abn",
    value: "111111111",
    expand: ["customer"],
  });
  await sandbox.settled();
  await stripe.customers.listTaxIds(customer.id, { limit: 2 });
  await stripe.customers.retrieveTaxId(customer.id, made.id, { expand: ["owner.customer"] });
  await stripe.customers.retrieve(customer.id, { expand: ["tax_ids"] });
  await stripe.invoiceItems.create({ customer: customer.id, amount: 900, currency: "eur" });
  const draft = await stripe.invoices.create({
    customer: customer.id,
    pending_invoice_items_behavior: "include",
  });
  await stripe.invoices.finalizeInvoice(draft.id);
  await stripe.customers.deleteTaxId(customer.id, made.id);
  await refused(stripe.customers.createTaxId(customer.id, { type: "eu_vat", value: "?" }));
  await refused(stripe.customers.retrieveTaxId(customer.id, made.id));
};

export const portalSessions: Scenario = async (stripe, sandbox) => {
  const { customer, configuration, subscription, item, pro } = await makePortal({ stripe, sandbox });
  const coupon = await stripe.coupons.create({ percent_off: 20, duration: "once" });
  const open = (more: object = {}) =>
    stripe.billingPortal.sessions.create({ customer: customer.id, configuration: configuration.id, ...more });
  await open();
  await open({
    return_url: "https://example.com",
    locale: "de",
    after_expiration: { type: "customer_login" },
    expand: ["configuration"],
  });
  const own = { subscription: subscription.id };
  const flow = (flow_data: object) => open({ flow_data });
  await flow({ type: "customer_update" });
  await flow({ type: "payment_method_update", after_completion: { type: "hosted_confirmation" } });
  await flow({
    type: "subscription_cancel",
    subscription_cancel: { ...own, retention: { type: "coupon_offer", coupon_offer: { coupon: coupon.id } } },
    after_completion: { type: "redirect", redirect: { return_url: "https://example.com" } },
  });
  await flow({ type: "subscription_pause", subscription_pause: own });
  await flow({ type: "subscription_update", subscription_update: own });
  await flow({
    type: "subscription_update_confirm",
    subscription_update_confirm: {
      ...own,
      items: [{ id: item, price: pro.id }],
      discounts: [{ coupon: coupon.id }],
    },
  });
  await refused(flow({ type: "subscription_cancel" }));
  await stripe.billingPortal.configurations.retrieve(configuration.id, {
    expand: ["features.subscription_update.products"],
  });
  await stripe.billingPortal.configurations.update(configuration.id, {
    business_profile: { headline: "Farebox" },
    features: {
      subscription_cancel: { mode: "immediately", proration_behavior: "create_prorations" },
      subscription_pause: { duration: { type: "indefinite" } },
      subscription_update: { billing_cycle_anchor: "unchanged", products: "", enabled: false },
    },
    login_page: { enabled: true },
    name: "Main",
    metadata: { a: "b" },
  });
  await stripe.billingPortal.configurations.list({ active: true, is_default: true });
};

/** What customers do there has events without a request. */
export const portalActions: Scenario = async (stripe, sandbox) => {
  const { subscription, pro, yearly, does } = await makePortal({ stripe, sandbox });
  const own = { subscription: subscription.id };
  await does("add_payment_method", { payment_method: "pm_card_mastercard" });
  await does("update_customer", { name: "Grace", phone: "+4912345" });
  await does("add_tax_id", { type: "eu_vat", value: "DE123456789" });
  await does("update", { ...own, price: pro.id, quantity: 2 });
  await does("cancel", { ...own, feedback: "unused", comment: "Bye" });
  await stripe.subscriptions.retrieve(subscription.id);
  await does("undo_cancel", own);
  await does("pause", own);
  await stripe.subscriptions.retrieve(subscription.id);
  await does("resume", own);
  await does("update", { ...own, price: yearly.id, quantity: 1 });
  await sandbox.settled();
};
