import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type CustomerSession, type Harness, harness } from "../testing/harness";
import { brokenInvariants } from "../testing/invariants";
import { subscribed } from "../testing/subscribed";

let h: Harness;
let session: CustomerSession;
let stripeCustomer: string;
let subscriptionId: string;
let invoiceId: string;
let paymentId: string;

/** One customer on a paid plan; what happens next is done by hand at Stripe, as in its dashboard. */
beforeAll(async () => {
  h = await harness();
  session = await subscribed(h, ["pm_card_visa_chargeDeclined", "pm_card_visa"]);
  const mine = { where: { customerId: session.customerId } };
  stripeCustomer =
    (await h.db.customer.findUniqueOrThrow({ where: { id: session.customerId } })).stripeCustomerId ?? "";
  subscriptionId = (await h.db.subscription.findFirstOrThrow(mine)).id;
  invoiceId = (await h.db.invoice.findFirstOrThrow(mine)).id;
  paymentId = (await h.db.payment.findFirstOrThrow(mine)).id;
});
afterAll(() => h.close());

it("keeps each attempt of a payment, and what it brought after Stripe's fee", async () => {
  const charges = await h.db.charge.findMany({ where: { paymentId }, orderBy: { createdAt: "asc" } });
  expect(charges.map(({ status }) => status).toSorted()).toEqual(["failed", "succeeded"]);
  expect(charges.find(({ status }) => status === "failed")).toMatchObject({ failureCode: "card_declined" });
  const paid = charges.find(({ status }) => status === "succeeded");
  const [movement, ...more] = await h.db.balanceTransaction.findMany({ where: { sourceId: paid?.id } });
  expect(more).toEqual([]);
  expect(movement).toMatchObject({ type: "charge", amount: paid?.amount });
  expect(movement?.net).toBe((movement?.amount ?? 0n) - (movement?.fee ?? 0n));
});

it("keeps a schedule with its phases, and lets go of it when it is released", async () => {
  const schedule = await h.stripe.subscriptionSchedules.create({ from_subscription: subscriptionId });
  const [phase] = schedule.phases;
  const lower = await h.db.price.findFirstOrThrow({
    where: { planId: "starter", currency: "usd", interval: "month", active: true },
  });
  await h.stripe.subscriptionSchedules.update(schedule.id, {
    end_behavior: "release",
    phases: [
      {
        items: [{ price: String(phase?.items[0]?.price), quantity: 1 }],
        start_date: phase?.start_date,
        end_date: phase?.end_date,
      },
      { items: [{ price: lower.id, quantity: 1 }], duration: { interval: "month", interval_count: 1 } },
    ],
  });
  await h.quiet();
  const mirrored = await h.db.subscriptionSchedule.findFirstOrThrow({
    where: { id: schedule.id },
    include: { phases: { orderBy: { position: "asc" } } },
  });
  expect(mirrored).toMatchObject({ status: "active", subscriptionId });
  expect(mirrored.phases.map(({ priceId }) => priceId)).toEqual([phase?.items[0]?.price, lower.id]);
  expect(await subscription()).toMatchObject({ scheduleId: schedule.id });

  await h.stripe.subscriptionSchedules.release(schedule.id);
  await h.quiet();
  const released = await h.db.subscriptionSchedule.findFirstOrThrow({ where: { id: schedule.id } });
  expect(released).toMatchObject({ status: "released", subscriptionId });
  expect(await subscription()).toMatchObject({ scheduleId: null });
});

it("keeps coupons, promotion codes and the discount they became", async () => {
  const coupon = await h.stripe.coupons.create({
    percent_off: 12.5,
    duration: "repeating",
    duration_in_months: 3,
  });
  const code = await h.stripe.promotionCodes.create({
    promotion: { type: "coupon", coupon: coupon.id },
    code: `SPRING${randomUUID().slice(0, 6)}`,
    max_redemptions: 5,
  });
  await h.stripe.subscriptions.update(subscriptionId, { discounts: [{ promotion_code: code.id }] });
  await h.quiet();
  const [discount] = await h.db.subscriptionDiscount.findMany({ where: { subscriptionId } });
  expect(discount).toMatchObject({ couponId: coupon.id, promotionCodeId: code.id });
  expect(await h.db.promotionCode.findUnique({ where: { id: code.id } })).toMatchObject({
    code: code.code,
    couponId: coupon.id,
    maxRedemptions: 5,
  });
  const mirrored = await h.db.coupon.findUniqueOrThrow({ where: { id: coupon.id } });
  expect({ ...mirrored, percentOff: Number(mirrored.percentOff) }).toMatchObject({
    percentOff: 12.5,
    valid: true,
  });

  await h.stripe.subscriptions.deleteDiscount(subscriptionId);
  await h.stripe.coupons.del(coupon.id);
  await h.quiet();
  expect(await h.db.subscriptionDiscount.count({ where: { subscriptionId } })).toBe(0);
  expect(await h.db.coupon.findUnique({ where: { id: coupon.id } })).toMatchObject({
    valid: false,
    deletedAt: expect.any(Date),
  });
});

it("keeps credit notes with their lines and refunds", async () => {
  const { lines } = await h.stripe.invoices.retrieve(invoiceId);
  const note = await h.stripe.creditNotes.create({
    invoice: invoiceId,
    lines: [{ type: "invoice_line_item", invoice_line_item: lines.data[0]?.id, amount: 1500 }],
    refund_amount: 1000,
    credit_amount: 500,
    reason: "order_change",
  });
  await h.quiet();
  const mirrored = await h.db.creditNote.findFirstOrThrow({
    where: { id: note.id },
    include: { lines: true, refunds: true },
  });
  expect(mirrored).toMatchObject({
    status: "issued",
    invoiceId,
    totalAmount: 1500n,
    postPaymentAmount: 1500n,
  });
  expect(mirrored.lines).toMatchObject([{ amount: 1500n, invoiceLineId: lines.data[0]?.id }]);
  expect(mirrored.refunds).toMatchObject([{ amount: 1000n }]);
  const refundId = mirrored.refunds[0]?.refundId ?? "";
  expect(await h.db.refund.findFirst({ where: { id: refundId } })).toMatchObject({ amount: 1000n });
  expect(await h.db.balanceTransaction.findMany({ where: { sourceId: refundId } })).toMatchObject([
    { amount: -1000n },
  ]);

  const [movement] = await movements();
  expect(movement).toMatchObject({ amount: -500n, endingBalance: -500n, creditNoteId: note.id });
});

it("keeps every change of a balance, also one that goes up and down again", async () => {
  const before = await movements();
  await h.stripe.customers.createBalanceTransaction(stripeCustomer, { amount: 700, currency: "usd" });
  await h.stripe.customers.createBalanceTransaction(stripeCustomer, { amount: -700, currency: "usd" });
  await h.stripe.customers.createBalanceTransaction(stripeCustomer, { amount: -20, currency: "usd" });
  await h.quiet();
  const after = await movements();
  expect(after.length).toBe(before.length + 3);
  const customer = await h.db.customer.findUniqueOrThrow({ where: { id: session.customerId } });
  expect(after.reduce((sum, { amount }) => sum + amount, 0n)).toBe(customer.balanceAmount);
});

it("keeps credit grants with what was added and taken", async () => {
  const grant = await h.stripe.billing.creditGrants.create({
    customer: stripeCustomer,
    category: "promotional",
    name: "Sorry",
    amount: { type: "monetary", monetary: { currency: "usd", value: 2500 } },
    applicability_config: { scope: { price_type: "metered" } },
  });
  await h.quiet();
  const granted = { where: { id: grant.id }, include: { movements: true } };
  expect(await h.db.stripeCredit.findFirstOrThrow(granted)).toMatchObject({
    amount: 2500n,
    category: "promotional",
    movements: [{ amount: 2500n }],
  });
  await h.stripe.billing.creditGrants.voidGrant(grant.id);
  await h.quiet();
  const voided = await h.db.stripeCredit.findFirstOrThrow(granted);
  expect(voided.voidedAt).toBeInstanceOf(Date);
  expect(voided.movements.reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n);
});

it("keeps a product until it is gone", async () => {
  const product = await h.stripe.products.create({ name: "Made by hand" });
  await h.quiet();
  expect(await h.db.product.findUnique({ where: { id: product.id } })).toMatchObject({
    active: true,
    planId: null,
  });
  await h.stripe.products.del(product.id);
  await h.quiet();
  expect(await h.db.product.findUnique({ where: { id: product.id } })).toMatchObject({
    active: false,
    deletedAt: expect.any(Date),
  });
});

it("keeps a dispute to its end, with the money it took and gave back", async () => {
  const intent = await h.stripe.paymentIntents.create({
    customer: stripeCustomer,
    amount: 4200,
    currency: "usd",
    payment_method: "pm_card_createDispute",
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
  });
  await h.quiet();
  const [dispute] = await h.db.dispute.findMany({ where: { paymentId: intent.id } });
  expect(dispute).toMatchObject({ status: "needs_response", amount: 4200n, hasEvidence: false });
  expect(dispute?.evidenceDueAt).toBeInstanceOf(Date);
  const id = dispute?.id ?? "";
  expect(await h.db.payment.findFirst({ where: { id: intent.id } })).toMatchObject({ disputed: true });
  expect(await h.db.balanceTransaction.findMany({ where: { sourceId: id } })).toMatchObject([
    { amount: -4200n },
  ]);

  await h.stripe.disputes.update(id, { evidence: { uncategorized_text: "winning_evidence" }, submit: true });
  await h.quiet();
  expect(await h.db.dispute.findFirst({ where: { id } })).toMatchObject({
    status: "won",
    submissionCount: 1,
  });
  const booked = await h.db.balanceTransaction.findMany({ where: { sourceId: id } });
  expect(booked.reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n);
  const told = await h.db.auditEntry.findMany({ where: { targetId: id }, orderBy: { seq: "asc" } });
  expect(told.map(({ action }) => action)[0]).toBe("disputes.opened");
  expect(told.at(-1)?.after).toMatchObject({ status: "won" });
});

it("breaks no invariant with any of this", async () => {
  expect(await brokenInvariants(h.pool)).toEqual({});
});

const subscription = () => h.db.subscription.findFirstOrThrow({ where: { id: subscriptionId } });

const movements = () =>
  h.db.customerBalanceTransaction.findMany({
    where: { customerId: session.customerId },
    orderBy: { createdAt: "asc" },
  });
