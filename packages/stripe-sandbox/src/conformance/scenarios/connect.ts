import type Stripe from "stripe";
import { onboard } from "../../testing/accounts";
import { charged } from "../../testing/world";
import { refused } from "../refused";
import type { Scenario } from ".";

const never = { enabled: true, allow_redirects: "never" as const };

export const accounts: Scenario = async (stripe) => {
  const bare = await stripe.accounts.create({ type: "express" });
  const full = await stripe.accounts.create({
    country: "DE",
    email: "shop@example.com",
    business_type: "company",
    business_profile: { name: "Shop", mcc: "5734", support_address: { city: "Berlin" }, support_url: "" },
    controller: { fees: { payer: "application" }, losses: { payments: "application" } },
    capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
    tos_acceptance: { date: 1700000000, ip: "10.0.0.1" },
    metadata: { a: "b" },
  });
  await stripe.accounts.update(full.id, {
    metadata: { a: "" },
    business_profile: { url: "https://a.example" },
  });
  await stripe.accounts.updateCapability(full.id, "legacy_payments", { requested: true });
  await stripe.accounts.updateCapability(full.id, "legacy_payments", { requested: false });
  await onboard(stripe, full.id);
  await stripe.accounts.retrieve(full.id);
  await stripe.accounts.retrieveCurrent();
  await stripe.accounts.retrieveCurrent({}, { stripeAccount: full.id });
  await stripe.accounts.retrieveCapability(full.id, "transfers", { expand: ["account"] });
  await stripe.accounts.listCapabilities(full.id);
  await stripe.accounts.list({ limit: 1 });
  await stripe.accounts.del(bare.id);
  await refused(stripe.accounts.retrieve(bare.id));
  await refused(stripe.customers.list({}, { stripeAccount: bare.id }));
};

export const transfers: Scenario = async (stripe) => {
  const { id } = await stripe.accounts.create({
    capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
  });
  await onboard(stripe, id);
  const shared = await stripe.paymentIntents.create({
    amount: 1000,
    currency: "usd",
    payment_method: "pm_card_visa",
    confirm: true,
    automatic_payment_methods: never,
    application_fee_amount: 100,
    on_behalf_of: id,
    transfer_data: { destination: id },
    expand: ["latest_charge.transfer", "transfer_data.destination", "on_behalf_of"],
  });
  const charge = shared.latest_charge as Stripe.Charge;
  await stripe.charges.retrieve(charge.id, {
    expand: ["application_fee.account", "transfer.destination", "on_behalf_of"],
  });
  const transfer = String((charge.transfer as Stripe.Transfer).id);
  await stripe.transfers.retrieve(transfer, {
    expand: ["balance_transaction", "destination", "source_transaction"],
  });
  await stripe.transfers.update(transfer, { description: "Rent", metadata: { a: "b" } });
  await stripe.transfers.list({ destination: id });
  const reversal = await stripe.transfers.createReversal(transfer, {
    amount: 100,
    refund_application_fee: true,
  });
  await stripe.transfers.updateReversal(transfer, reversal.id, { metadata: { a: "b" } });
  await stripe.transfers.retrieveReversal(transfer, reversal.id, {
    expand: ["transfer", "balance_transaction", "source_refund"],
  });
  await stripe.transfers.listReversals(transfer);
  await stripe.refunds.create({
    charge: charge.id,
    amount: 500,
    reverse_transfer: true,
    refund_application_fee: true,
    expand: ["transfer_reversal"],
  });
  const [pulled] = (await stripe.transfers.listReversals(transfer, { limit: 1 })).data;
  await stripe.transfers.retrieveReversal(transfer, String(pulled?.id), { expand: ["source_refund"] });
  await stripe.paymentIntents.retrieve(shared.id);
  await stripe.refunds.retrieve((await stripe.refunds.list()).data[0]?.id ?? "");
  const setup = await stripe.setupIntents.create({ on_behalf_of: id });
  await stripe.setupIntents.retrieve(setup.id);
  const [fee] = (await stripe.applicationFees.list()).data;
  const feeId = String(fee?.id);
  await stripe.applicationFees.retrieve(feeId, { expand: ["account", "balance_transaction", "charge"] });
  const back = await stripe.applicationFees.createRefund(feeId, { amount: 5, metadata: { a: "b" } });
  await stripe.applicationFees.updateRefund(feeId, back.id, { metadata: { c: "d" } });
  await stripe.applicationFees.retrieveRefund(feeId, back.id, { expand: ["fee", "balance_transaction"] });
  await stripe.applicationFees.listRefunds(feeId);
  await stripe.balanceTransactions.list({ expand: ["data.source"] });
  await refused(stripe.transfers.create({ amount: 1, currency: "usd", destination: id }));
  const plain = await stripe.paymentIntents.create({
    amount: 700,
    currency: "usd",
    payment_method: "pm_card_visa",
    confirm: true,
    automatic_payment_methods: never,
  });
  await stripe.transfers.create({
    amount: 700,
    currency: "usd",
    destination: id,
    source_transaction: String(plain.latest_charge),
    transfer_group: "ORDER_1",
    expand: ["destination"],
  });
  const inside = { stripeAccount: id };
  await stripe.charges.list({}, inside);
  await stripe.refunds.list({}, inside);
  await stripe.balanceTransactions.list({ expand: ["data.source"] }, inside);
  await stripe.balance.retrieve({}, inside);
};

export const sharedBilling: Scenario = async (stripe) => {
  const { id } = await stripe.accounts.create({
    capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
  });
  await onboard(stripe, id);
  const customer = await stripe.customers.create({
    payment_method: "pm_card_visa",
    invoice_settings: { default_payment_method: "pm_card_visa" },
  });
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: 2000,
    recurring: { interval: "month" },
    product_data: { name: "Plan" },
  });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    application_fee_percent: 10,
    on_behalf_of: id,
    transfer_data: { destination: id },
  });
  await stripe.subscriptions.retrieve(subscription.id);
  await stripe.invoices.retrieve(String(subscription.latest_invoice));
  await stripe.subscriptions.update(subscription.id, { application_fee_percent: "" });
  await stripe.subscriptions.retrieve(subscription.id, { expand: ["transfer_data.destination"] });
};

export const directCharges: Scenario = async (stripe) => {
  const { id } = await stripe.accounts.create({ type: "standard" });
  await onboard(stripe, id);
  const inside = { stripeAccount: id };
  const intent = await stripe.paymentIntents.create(
    {
      amount: 1000,
      currency: "usd",
      payment_method: "pm_card_visa",
      confirm: true,
      capture_method: "automatic",
      automatic_payment_methods: never,
      application_fee_amount: 100,
      expand: ["latest_charge.balance_transaction"],
    },
    inside,
  );
  await stripe.refunds.create({ payment_intent: intent.id, refund_application_fee: true }, inside);
  await stripe.events.list({ type: "payment_intent.created" }, inside);
  await stripe.applicationFees.list({ limit: 1 });
};

export const compellingEvidence: Scenario = async (stripe, sandbox) => {
  const earlier = await charged(stripe, "pm_card_visa");
  const prevented = await charged(stripe, "pm_card_createDispute");
  await charged(stripe, "pm_card_createCe3EligibleDispute");
  await sandbox.settled();
  const { data } = await stripe.disputes.list();
  for (const { id, charge, enhanced_eligibility_types: types } of data) {
    if (charge === prevented.id) sandbox.preventDispute(id);
    if (types.length === 0) continue;
    const same = { customer_purchase_ip: "10.0.0.1", product_description: "Plan" };
    await stripe.disputes.update(id, {
      evidence: {
        enhanced_evidence: {
          visa_compelling_evidence_3: {
            disputed_transaction: { ...same, merchandise_or_services: "services" },
            prior_undisputed_transactions: [
              { charge: earlier.id, ...same, shipping_address: { city: "Ulm" } },
            ],
          },
        },
      },
      submit: false,
    });
  }
  for (const { id } of data) await stripe.disputes.retrieve(id);
};

export const alerts: Scenario = async (stripe, sandbox) => {
  const meter = await stripe.billing.meters.create({
    default_aggregation: { formula: "sum" },
    display_name: "Calls",
    event_name: "calls",
  });
  const customer = await stripe.customers.create();
  const alert = await stripe.billing.alerts.create({
    alert_type: "usage_threshold",
    title: "Many",
    usage_threshold: {
      gte: 5,
      meter: meter.id,
      recurrence: "one_time",
      filters: [{ type: "customer", customer: customer.id }],
    },
    expand: ["usage_threshold.filters.customer"],
  });
  const payload = { stripe_customer_id: customer.id, value: "7.5" };
  await stripe.billing.meterEvents.create({ event_name: "calls", payload });
  await sandbox.settled();
  await stripe.billing.alerts.deactivate(alert.id);
  await stripe.billing.alerts.activate(alert.id);
  await stripe.billing.alerts.retrieve(alert.id);
  await stripe.billing.alerts.list();
  await stripe.billing.alerts.archive(alert.id);
};
