import type Stripe from "stripe";
import { charged, makeCustomer } from "../../testing/world";
import { refused } from "../refused";
import type { Scenario } from ".";
import { challenge } from "./cards";

const back = { return_url: "https://example.com/back" };
const sale = { amount: 1500, currency: "usd", automatic_payment_methods: { enabled: true } };

export const paymentIntents: Scenario = async (stripe, sandbox) => {
  const customer = await makeCustomer(stripe);
  const whole = await stripe.paymentIntents.create({
    ...sale,
    customer: customer.id,
    description: "Order",
    receipt_email: "ada@example.com",
    statement_descriptor_suffix: "ORDER",
    setup_future_usage: "off_session",
    shipping: { name: "Ada", address: { line1: "Weg 1", country: "DE" } },
    metadata: { order: "9" },
  });
  await stripe.paymentIntents.update(whole.id, { amount: 1600, metadata: { order: "10" } });
  await stripe.paymentIntents.confirm(whole.id, { payment_method: "pm_card_visa", ...back });
  await sandbox.settled();
  await stripe.paymentIntents.retrieve(whole.id, {
    expand: ["latest_charge.balance_transaction", "customer", "payment_method"],
  });
  await stripe.paymentIntents.search({ query: "amount>1000" });
  await stripe.paymentIntents.list({ customer: customer.id });
  await captures(stripe);
  for (const outcome of ["fail", "complete"] as const) {
    const asked = await stripe.paymentIntents.create({
      ...sale,
      payment_method: "pm_card_threeDSecure2Required",
      confirm: true,
      ...back,
    });
    await challenge(sandbox.url, asked, outcome);
    await stripe.paymentIntents.retrieve(asked.id, { expand: ["latest_charge"] });
  }
  await declines(stripe);
};

async function captures(stripe: Stripe): Promise<void> {
  const later = { ...sale, capture_method: "manual" as const, payment_method: "pm_card_visa", confirm: true };
  const held = await stripe.paymentIntents.create({ ...later, ...back });
  await stripe.charges.retrieve(String(held.latest_charge));
  await stripe.paymentIntents.capture(held.id, { amount_to_capture: 1000, expand: ["latest_charge"] });
  const dropped = await stripe.paymentIntents.create({ ...later, ...back });
  await stripe.paymentIntents.cancel(dropped.id, {
    cancellation_reason: "requested_by_customer",
    expand: ["latest_charge"],
  });
}

async function declines(stripe: Stripe): Promise<void> {
  const cards = [
    "pm_card_visa_chargeDeclined",
    "pm_card_chargeDeclinedInsufficientFunds",
    "pm_card_chargeDeclinedExpiredCard",
    "pm_card_chargeDeclinedIncorrectCvc",
    "pm_card_chargeDeclinedProcessingError",
    "pm_card_radarBlock",
  ];
  for (const card of cards)
    await refused(stripe.paymentIntents.create({ ...sale, payment_method: card, confirm: true, ...back }));
  await stripe.charges.list({ limit: 10, expand: ["data.payment_intent"] });
  const customer = await makeCustomer(stripe, "pm_card_authenticationRequired");
  await refused(
    stripe.paymentIntents.create({
      ...sale,
      customer: customer.id,
      payment_method: String(customer.invoice_settings.default_payment_method),
      off_session: true,
      confirm: true,
    }),
  );
  await refused(stripe.paymentIntents.create({ amount: 1, currency: "usd" }));
  await refused(stripe.paymentIntents.create({ amount: 1000, currency: "dollars" }));
}

export const charges: Scenario = async (stripe, sandbox) => {
  const cards = [
    "pm_card_riskLevelElevated",
    "pm_card_cvcCheckFail",
    "pm_card_avsFail",
    "pm_card_bypassPending",
  ];
  for (const card of cards) await charged(stripe, card);
  const charge = await charged(stripe, "pm_card_visa");
  await sandbox.settled();
  const payer = await makeCustomer(stripe, "pm_card_visa");
  const { latest_charge: paid } = await stripe.paymentIntents.create({
    ...sale,
    customer: payer.id,
    payment_method: String(payer.invoice_settings.default_payment_method),
    confirm: true,
    off_session: true,
  });
  await stripe.charges.retrieve(String(paid), { expand: ["customer"] });
  const { id: refund } = await stripe.refunds.create({ charge: String(paid) });
  await stripe.refunds.retrieve(refund, { expand: ["customer"] });
  await stripe.charges.update(charge.id, {
    description: "Order",
    receipt_email: "ada@example.com",
    fraud_details: { user_report: "safe" },
    metadata: { a: "b" },
  });
  await stripe.charges.retrieve(charge.id);
  await stripe.charges.search({ query: "amount>=1000", expand: ["total_count"] });
  await stripe.balance.retrieve();
  const entries = await stripe.balanceTransactions.list({ limit: 3, expand: ["data.source"] });
  await stripe.balanceTransactions.retrieve(entries.data[0]?.id ?? "");
};

export const refunds: Scenario = async (stripe, sandbox) => {
  const charge = await charged(stripe, "pm_card_visa");
  const part = await stripe.refunds.create({
    charge: charge.id,
    amount: 300,
    reason: "requested_by_customer",
    metadata: { a: "b" },
  });
  await stripe.refunds.update(part.id, { metadata: { a: "c" } });
  await sandbox.settled();
  await stripe.refunds.retrieve(part.id);
  const rest = await stripe.refunds.create({ charge: charge.id });
  await stripe.charges.retrieve(charge.id, { expand: ["refunds"] });
  await refused(stripe.refunds.create({ charge: charge.id }));
  await stripe.refunds.list({ charge: charge.id });
  await refused(stripe.refunds.cancel(rest.id));
  for (const card of ["pm_card_pendingRefund", "pm_card_refundFail"]) {
    const other = await charged(stripe, card);
    const refund = await stripe.refunds.create({ charge: other.id, reason: "duplicate" });
    await sandbox.settled();
    await stripe.refunds.retrieve(refund.id);
  }
  for (const end of ["cancel", "expire"] as const) {
    const other = await charged(stripe, "pm_card_visa");
    const refund = await stripe.refunds.create({ charge: other.id });
    sandbox.askForRefundDetails(refund.id);
    await stripe.refunds.retrieve(refund.id);
    if (end === "cancel") await stripe.refunds.cancel(refund.id);
    else await stripe.testHelpers.refunds.expire(refund.id);
  }
  await sandbox.settled();
  await stripe.balanceTransactions.list({ type: "refund", expand: ["data.source"] });
};
