import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeClock } from "../../testing/clock";
import { type Started, start } from "../../testing/start";
import { charged, eventsOf, makeCustomer, makePrice } from "../../testing/world";

let world: Started;
let stripe: Stripe;
const daySeconds = 24 * 60 * 60;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

async function disputed(card: string, amount = 5000) {
  const charge = await charged(stripe, card, amount);
  await world.sandbox.settled();
  const found = await stripe.disputes.list({ charge: charge.id });
  return { charge: await stripe.charges.retrieve(charge.id), disputes: found.data };
}

async function oneDispute(card: string) {
  const { charge, disputes } = await disputed(card);
  const [dispute] = disputes;
  if (!dispute || disputes.length !== 1) throw new Error(`${disputes.length} disputes`);
  return { charge, dispute };
}

it("opens a dispute a moment after the payment and takes the money and a fee", async () => {
  const { charge, dispute } = await oneDispute("pm_card_createDispute");
  expect(charge.disputed).toBe(true);
  expect(dispute).toMatchObject({
    amount: 5000,
    currency: "usd",
    charge: charge.id,
    payment_intent: charge.payment_intent,
    reason: "fraudulent",
    status: "needs_response",
    is_charge_refundable: false,
    evidence_details: { has_evidence: false, submission_count: 0, past_due: false },
  });
  expect(dispute.evidence_details.due_by).toBeGreaterThan(dispute.created + 7 * daySeconds - 1);
  expect(dispute.balance_transactions).toMatchObject([
    {
      amount: -5000,
      fee: 1500,
      net: -6500,
      type: "adjustment",
      reporting_category: "dispute",
      source: dispute.id,
    },
  ]);
  expect(await eventsOf(stripe, dispute.id)).toEqual([
    "charge.dispute.created",
    "charge.dispute.funds_withdrawn",
  ]);
  const whole = await stripe.disputes.retrieve(dispute.id, { expand: ["charge", "payment_intent"] });
  expect(whole.charge).toMatchObject({ object: "charge", id: charge.id });
});

it("refuses to refund what the bank took back, but not what it only asks about", async () => {
  const { charge } = await oneDispute("pm_card_createDispute");
  await expect(stripe.refunds.create({ charge: charge.id })).rejects.toMatchObject({
    statusCode: 400,
    code: "charge_disputed",
    message: `Charge ${charge.id} has been charged back; cannot issue a refund.`,
  });
  const inquiry = await oneDispute("pm_card_createDisputeInquiry");
  expect(inquiry.dispute).toMatchObject({ status: "warning_needs_response", is_charge_refundable: true });
  expect(inquiry.dispute.balance_transactions).toEqual([]);
  expect((await stripe.refunds.create({ charge: inquiry.charge.id })).status).toBe("succeeded");
  const after = await stripe.disputes.update(inquiry.dispute.id, {
    evidence: { uncategorized_text: "escalate_inquiry_evidence" },
  });
  expect(after).toMatchObject({ status: "warning_under_review", is_charge_refundable: false });
  await world.sandbox.settled();
  expect((await stripe.disputes.retrieve(after.id)).status).toBe("warning_closed");
});

it("keeps evidence until it is submitted, then wins: two movements, the fee stays", async () => {
  const { charge, dispute } = await oneDispute("pm_card_createDisputeProductNotReceived");
  expect(dispute.reason).toBe("product_not_received");
  const staged = await stripe.disputes.update(dispute.id, {
    evidence: { uncategorized_text: "winning_evidence", customer_name: "Ada" },
    submit: false,
    metadata: { case: "7" },
  });
  expect(staged).toMatchObject({
    status: "needs_response",
    metadata: { case: "7" },
    evidence: { customer_name: "Ada" },
    evidence_details: { has_evidence: true, submission_count: 0 },
  });
  await world.sandbox.settled();
  expect((await stripe.disputes.retrieve(dispute.id)).status).toBe("needs_response");
  const submitted = await stripe.disputes.update(dispute.id, { submit: true });
  expect(submitted).toMatchObject({
    status: "under_review",
    evidence_details: { submission_count: 1, submission_method: "manual" },
  });
  await expect(
    stripe.disputes.update(dispute.id, { evidence: { product_description: "late" } }),
  ).rejects.toMatchObject({ statusCode: 400 });
  await world.sandbox.settled();
  const won = await stripe.disputes.retrieve(dispute.id);
  expect(won.status).toBe("won");
  expect(won.balance_transactions).toMatchObject([
    { amount: -5000, fee: 1500 },
    { amount: 5000, fee: 0, reporting_category: "dispute_reversal" },
  ]);
  expect((await eventsOf(stripe, dispute.id)).slice(-4)).toEqual([
    "charge.dispute.updated",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_reinstated",
  ]);
  expect((await stripe.refunds.create({ charge: charge.id })).amount).toBe(5000);
});

it("loses by evidence, by acceptance and by silence", async () => {
  const [byEvidence, byAcceptance, bySilence] = [
    await oneDispute("pm_card_createDispute"),
    await oneDispute("pm_card_createDispute"),
    await oneDispute("pm_card_createDispute"),
  ];
  await stripe.disputes.update(byEvidence.dispute.id, {
    evidence: { uncategorized_text: "losing_evidence" },
  });
  await world.sandbox.settled();
  expect((await stripe.disputes.retrieve(byEvidence.dispute.id)).status).toBe("lost");
  expect((await stripe.disputes.close(byAcceptance.dispute.id)).status).toBe("lost");
  await expect(stripe.disputes.close(byAcceptance.dispute.id)).rejects.toMatchObject({ statusCode: 400 });
  await world.advance(15 * daySeconds);
  const silent = await stripe.disputes.retrieve(bySilence.dispute.id);
  expect(silent.status).toBe("lost");
  expect(silent.balance_transactions).toHaveLength(1);
  const [event] = (await stripe.events.list({ type: "charge.dispute.closed", limit: 1 })).data;
  expect(event?.request).toEqual({ id: null, idempotency_key: null });
});

it("turns an inquiry into a chargeback, or lets it run out", async () => {
  const [escalated, ignored] = [
    await oneDispute("pm_card_createDisputeInquiry"),
    await oneDispute("pm_card_createDisputeInquiry"),
  ];
  await expect(stripe.disputes.close(ignored.dispute.id)).rejects.toMatchObject({ statusCode: 400 });
  await stripe.disputes.update(escalated.dispute.id, {
    evidence: { uncategorized_text: "escalate_inquiry_evidence" },
  });
  await world.sandbox.settled();
  const chargeback = await stripe.disputes.retrieve(escalated.dispute.id);
  expect(chargeback).toMatchObject({
    status: "needs_response",
    is_charge_refundable: false,
    payment_method_details: { card: { case_type: "chargeback" } },
  });
  expect(chargeback.balance_transactions).toHaveLength(1);
  expect((await eventsOf(stripe, chargeback.id)).slice(-2)).toEqual([
    "charge.dispute.updated",
    "charge.dispute.funds_withdrawn",
  ]);
  await world.advance(121 * daySeconds);
  expect((await stripe.disputes.retrieve(ignored.dispute.id)).status).toBe("warning_closed");
});

it("opens several disputes that share the charge", async () => {
  const { charge, disputes } = await disputed("pm_card_createMultipleDisputes", 5001);
  expect(disputes.map(({ amount }) => amount).sort()).toEqual([2500, 2501]);
  expect(charge.disputed).toBe(true);
});

it("checks evidence: length of each text, of all together, files and their purpose", async () => {
  const { dispute } = await oneDispute("pm_card_createDispute");
  const send = (evidence: Stripe.DisputeUpdateParams.Evidence) =>
    stripe.disputes.update(dispute.id, { evidence, submit: false });
  const long = "x".repeat(20_000);
  await expect(send({ product_description: `${long}x` })).rejects.toMatchObject({
    param: "evidence[product_description]",
  });
  await send({
    access_activity_log: long,
    cancellation_rebuttal: long,
    cancellation_policy_disclosure: long,
    refund_policy_disclosure: long,
    refund_refusal_explanation: long,
    product_description: long,
    duplicate_charge_explanation: long,
  });
  await expect(send({ uncategorized_text: long })).rejects.toMatchObject({ param: "evidence" });
  await expect(send({ receipt: "file_none" })).rejects.toMatchObject({ code: "resource_missing" });
  await expect(
    stripe.disputes.update(dispute.id, { evidence: { nonsense: "x" } as object }),
  ).rejects.toMatchObject({
    code: "parameter_unknown",
  });
});

it("answers a compliance dispute only with its fee acknowledged", async () => {
  const payment = await world.stripe.paymentMethods.create({
    type: "card",
    card: { number: "4000008400000779", exp_month: 12, exp_year: 2040, cvc: "123" },
  });
  const { dispute } = await oneDispute(payment.id);
  expect(dispute.enhanced_eligibility_types).toEqual(["visa_compliance"]);
  const evidence = { product_description: "A plan" };
  await expect(stripe.disputes.update(dispute.id, { evidence })).rejects.toMatchObject({ statusCode: 400 });
  const answered = await stripe.disputes.update(dispute.id, {
    evidence: { ...evidence, enhanced_evidence: { visa_compliance: { fee_acknowledged: true } } },
  });
  expect(answered).toMatchObject({
    status: "under_review",
    evidence_details: { enhanced_eligibility: { visa_compliance: { status: "fee_acknowledged" } } },
  });
});

it("warns of fraud early, until the charge is refunded", async () => {
  const charge = await charged(stripe, "pm_card_createIssuerFraudRecord", 900);
  await world.sandbox.settled();
  const [warning] = (await stripe.radar.earlyFraudWarnings.list({ charge: charge.id })).data;
  expect(warning).toMatchObject({ actionable: true, charge: charge.id, object: "radar.early_fraud_warning" });
  await stripe.refunds.create({ charge: charge.id });
  expect(await stripe.radar.earlyFraudWarnings.retrieve(warning?.id ?? "")).toMatchObject({
    actionable: false,
  });
  expect(await eventsOf(stripe, warning?.id ?? "")).toEqual([
    "radar.early_fraud_warning.created",
    "radar.early_fraud_warning.updated",
  ]);
});

it("does not dispute what was refunded before the bank came", async () => {
  const charge = await charged(stripe, "pm_card_createDispute", 900);
  await stripe.refunds.create({ charge: charge.id });
  await world.sandbox.settled();
  expect((await stripe.disputes.list({ charge: charge.id })).data).toEqual([]);
});

it("waits for an answer on the test clock of the customer", async () => {
  const { customer, price, clock, to } = await makeClock(stripe, { card: "pm_card_createDispute" });
  await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  await world.sandbox.settled();
  const [charge] = (await stripe.charges.list({ customer: customer.id })).data;
  const [dispute] = (await stripe.disputes.list({ charge: charge?.id ?? "" })).data;
  expect(dispute).toMatchObject({ status: "needs_response", created: clock.frozen_time });
  await to((dispute?.evidence_details.due_by ?? 0) - 1);
  expect((await stripe.disputes.retrieve(dispute?.id ?? "")).status).toBe("needs_response");
  await to(dispute?.evidence_details.due_by ?? 0);
  expect((await stripe.disputes.retrieve(dispute?.id ?? "")).status).toBe("lost");
});

it("sends evidence by itself where it was asked to", async () => {
  const method = await stripe.paymentMethods.create({
    type: "card",
    card: { number: "4000000001000043", exp_month: 12, exp_year: 2045, cvc: "123" },
  });
  const { dispute } = await oneDispute(method.id);
  expect(dispute.intended_submission_method).toBe("prefer_smart_disputes");
  await world.advance(15 * daySeconds);
  expect(await stripe.disputes.retrieve(dispute.id)).toMatchObject({
    status: "under_review",
    evidence_details: { submission_count: 1, submission_method: "smart_disputes" },
  });
});

it("ends the disputed subscription where the account is set to", async () => {
  const strict = await start({ cancelDisputed: true });
  try {
    const price = await makePrice(strict.stripe);
    const customer = await makeCustomer(strict.stripe, "pm_card_createDispute");
    const subscription = await strict.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
    });
    await strict.sandbox.settled();
    expect(await strict.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: "canceled",
      cancellation_details: { reason: "payment_disputed" },
    });
  } finally {
    await strict.sandbox.close();
  }
});
