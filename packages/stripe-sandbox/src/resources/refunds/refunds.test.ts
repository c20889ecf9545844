import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Started, start } from "../../testing/start";
import { makeCustomer, makePrice } from "../../testing/world";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

async function paid(card = "pm_card_visa"): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create({
    amount: 1000,
    currency: "usd",
    payment_method: card,
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
  });
}

const chargeOf = (intent: Stripe.PaymentIntent) =>
  stripe.charges.retrieve(String(intent.latest_charge), { expand: ["refunds"] });

it("refunds part, then the rest, then nothing more", async () => {
  const intent = await paid();
  const part = await stripe.refunds.create({
    payment_intent: intent.id,
    amount: 400,
    reason: "requested_by_customer",
    metadata: { operation: "r1" },
  });
  expect(part).toMatchObject({
    status: "succeeded",
    amount: 400,
    reason: "requested_by_customer",
    metadata: { operation: "r1" },
  });
  expect(await chargeOf(intent)).toMatchObject({ amount_refunded: 400, refunded: false });
  await expect(stripe.refunds.create({ payment_intent: intent.id, amount: 601 })).rejects.toMatchObject({
    statusCode: 400,
  });
  const rest = await stripe.refunds.create({ charge: String(intent.latest_charge) });
  expect(rest.amount).toBe(600);
  const charge = await chargeOf(intent);
  expect(charge).toMatchObject({ amount_refunded: 1000, refunded: true });
  expect(charge.refunds?.data.map((refund) => refund.id)).toEqual([rest.id, part.id]);
  await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
    code: "charge_already_refunded",
  });
  await world.sandbox.settled();
  expect((await stripe.refunds.retrieve(part.id)).destination_details?.card?.reference_status).toBe(
    "available",
  );
  const entry = await stripe.balanceTransactions.retrieve(String(part.balance_transaction));
  expect(entry).toMatchObject({ amount: -400, fee: 0, net: -400, type: "refund", source: part.id });
});

it("follows a pending refund until it succeeded", async () => {
  const intent = await paid("pm_card_pendingRefund");
  const refund = await stripe.refunds.create({ payment_intent: intent.id });
  expect(refund).toMatchObject({ status: "pending", pending_reason: "processing" });
  await world.sandbox.settled();
  const after = await stripe.refunds.retrieve(refund.id);
  expect(after.status).toBe("succeeded");
  expect(after).not.toHaveProperty("pending_reason");
});

it("follows a failing refund: the money comes back and can be refunded again", async () => {
  const intent = await paid("pm_card_refundFail");
  const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 700 });
  expect(refund.status).toBe("succeeded");
  await world.sandbox.settled();
  const failed = await stripe.refunds.retrieve(refund.id, { expand: ["failure_balance_transaction"] });
  expect(failed).toMatchObject({
    status: "failed",
    failure_balance_transaction: { amount: 700, type: "refund_failure" },
  });
  expect(await chargeOf(intent)).toMatchObject({ amount_refunded: 0, refunded: false });
  expect((await world.eventTypes("refund.failed")).slice(0, 3)).toEqual([
    "refund.failed",
    "refund.updated",
    "charge.refund.updated",
  ]);
});

it("leaves the invoice paid and the subscription active", async () => {
  const price = await makePrice(stripe);
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  const invoice = String(subscription.latest_invoice);
  const [payment] = (await stripe.invoicePayments.list({ invoice })).data;
  const intent = String(payment?.payment.payment_intent);
  await stripe.refunds.create({ payment_intent: intent, metadata: { a: "b" } });
  expect((await stripe.invoices.retrieve(invoice)).status).toBe("paid");
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
  const found = await stripe.invoicePayments.list({
    payment: { type: "payment_intent", payment_intent: intent },
  });
  expect(found.data.map((row) => row.invoice)).toEqual([invoice]);
});

it("updates metadata only, and cancels nothing that is under way", async () => {
  const refund = await stripe.refunds.create({ payment_intent: (await paid()).id });
  expect((await stripe.refunds.update(refund.id, { metadata: { note: "x" } })).metadata).toEqual({
    note: "x",
  });
  await expect(stripe.refunds.cancel(refund.id)).rejects.toMatchObject({ statusCode: 400 });
});

it("cancels or expires only a refund that waits for the customer, and the money is ours again", async () => {
  const waiting = async () => {
    const intent = await paid();
    const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 400 });
    expect((await world.post(`/_sandbox/refunds/${refund.id}/ask_for_details`, {})).status).toBe(200);
    return { refund: await stripe.refunds.retrieve(refund.id), intent };
  };
  const [first, second] = [await waiting(), await waiting()];
  await world.sandbox.settled();
  expect(first.refund).toMatchObject({ status: "requires_action", next_action: { type: "display_details" } });
  const canceled = await stripe.refunds.cancel(first.refund.id, { expand: ["failure_balance_transaction"] });
  expect(canceled).toMatchObject({
    status: "canceled",
    failure_balance_transaction: { amount: 400, type: "refund_failure" },
  });
  expect(canceled).not.toHaveProperty("next_action");
  expect(await chargeOf(first.intent)).toMatchObject({ amount_refunded: 0, refunded: false });
  const expired = await stripe.testHelpers.refunds.expire(second.refund.id);
  expect(expired.status).toBe("failed");
  await expect(stripe.testHelpers.refunds.expire(second.refund.id)).rejects.toMatchObject({
    statusCode: 400,
  });
});
