import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ensureStripeCustomer } from "../customers/ensure-stripe-customer";
import { takeLateOperations } from "../db/sql/operations";
import { refundInvoice } from "../refunds/refund-invoice";
import { openStripe } from "../stripe/client";
import { createSubscription } from "../subscriptions/create-subscription";
import { paidSubscription } from "../testing/builders";
import { type CustomerSession, type Harness, harness, type StaffSession } from "../testing/harness";
import { brokenInvariants } from "../testing/invariants";
import { settleUndecided } from "./settle-undecided";

let h: Harness;
let staff: StaffSession;
beforeAll(async () => {
  h = await harness();
  staff = await h.asStaff();
});
afterEach(() => control("delivery_mode", { mode: "normal" }));
afterAll(() => h.close());

async function control(path: string, body: object): Promise<void> {
  await fetch(`${h.sandbox.url}/_sandbox/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

const fault = (path: string, fields: object) =>
  control("faults", { path, method: "POST", times: 1, ...fields });

/** Stripe does the work, the connection breaks, and each repetition is told 500: as Stripe keeps it for a day. */
async function makeButKeepSaying500(path: string): Promise<void> {
  await control("delivery_mode", { mode: "hold" });
  await fault(path, { dropAfterCommit: true });
  await fault(path, { status: 500 });
}

/** The SDK repeats less, so that each call meets as many faults as the test has planned. */
const onceOnly = <Ctx extends { stripe: unknown }>(ctx: Ctx): Ctx => ({
  ...ctx,
  stripe: openStripe({ secretKey: h.sandbox.secretKey, apiBase: h.sandbox.url, maxNetworkRetries: 0 }),
});

const growth = () => ({
  operationId: randomUUID(),
  planId: "growth" as const,
  interval: "month" as const,
  currency: "usd" as const,
});
const readyCustomer = async (): Promise<CustomerSession> => {
  const session = await h.asCustomer();
  await ensureStripeCustomer(session.ctx, session.customerId);
  return session;
};
const operation = (id: string) => h.db.moneyOperation.findFirstOrThrow({ where: { id } });
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

describe("an answer that Stripe keeps and that says nothing", () => {
  it("is settled by the refund that was made all the same", async () => {
    const { invoiceId, paymentId } = await paidSubscription(h, await h.asCustomer());
    const input = {
      operationId: randomUUID(),
      invoiceId,
      amount: 500,
      reason: "duplicate" as const,
      note: "",
    };
    await makeButKeepSaying500("/v1/refunds");
    expect(await refundInvoice(onceOnly(staff.ctx), input)).toMatchObject({ status: "succeeded" });
    expect(await operation(input.operationId)).toMatchObject({ state: "succeeded" });
    expect((await h.stripe.refunds.list({ payment_intent: paymentId })).data).toHaveLength(1);
  });

  it("is settled by the subscription that was made, and the customer can pay", async () => {
    const { ctx } = await readyCustomer();
    await makeButKeepSaying500("/v1/subscriptions");
    const input = growth();
    const created = await createSubscription(onceOnly(ctx), input);
    expect(created.confirmation).toMatchObject({ kind: "payment", clientSecret: expect.any(String) });
    expect(await operation(input.operationId)).toMatchObject({ stripeObjectId: created.subscriptionId });
  });

  it("frees a purchase after ten minutes when nothing was made", async () => {
    const { ctx } = await readyCustomer();
    const input = growth();
    await fault("/v1/subscriptions", { status: 500, times: 3 });
    await expect(createSubscription(onceOnly(ctx), input)).rejects.toMatchObject({
      reason: "outcome_unknown",
    });
    await settleUndecided(onceOnly(h.billing), { afterMs: 0 });
    expect(await operation(input.operationId)).toMatchObject({ state: "unknown", openSlot: "plan" });
    await h.db.moneyOperation.updateMany({
      where: { id: input.operationId },
      data: { submittedAt: minutesAgo(11) },
    });
    await settleUndecided(onceOnly(h.billing), { afterMs: 0 });
    expect(await operation(input.operationId)).toMatchObject({
      state: "failed",
      failureReason: "provider_fault",
      openSlot: null,
    });
    expect((await createSubscription(ctx, growth())).confirmation.kind).toBe("payment");
  });

  it("never frees the amount of a refund while Stripe may still make it", async () => {
    const { invoiceId } = await paidSubscription(h, await h.asCustomer());
    const input = {
      operationId: randomUUID(),
      invoiceId,
      amount: 500,
      reason: "duplicate" as const,
      note: "",
    };
    await fault("/v1/refunds", { status: 500, times: 2 });
    expect(await refundInvoice(onceOnly(staff.ctx), input)).toMatchObject({ status: "unknown" });
    await h.db.moneyOperation.updateMany({
      where: { id: input.operationId },
      data: { submittedAt: minutesAgo(11) },
    });
    await settleUndecided(onceOnly(h.billing), { afterMs: 0 });
    expect(await operation(input.operationId)).toMatchObject({ state: "unknown", settledAt: null });
    await settleUndecided(h.billing, { afterMs: 0 });
    expect(await operation(input.operationId)).toMatchObject({ state: "succeeded" });
  });
});

it("a key that was revoked meanwhile says nothing about what was done before", async () => {
  const { invoiceId, paymentId } = await paidSubscription(h, await h.asCustomer());
  const input = { operationId: randomUUID(), invoiceId, amount: 500, reason: "duplicate" as const, note: "" };
  await control("delivery_mode", { mode: "hold" });
  await fault("/v1/refunds", { dropAfterCommit: true });
  await fault("/v1/refunds", { status: 429 });
  expect(await refundInvoice(onceOnly(staff.ctx), input)).toMatchObject({ status: "unknown" });
  const revoked = openStripe({ secretKey: "sk_none_revoked", apiBase: h.sandbox.url });
  await settleUndecided({ ...h.billing, stripe: revoked }, { afterMs: 0 });
  expect(await operation(input.operationId)).toMatchObject({ state: "unknown" });
  await settleUndecided(h.billing, { afterMs: 0 });
  expect(await operation(input.operationId)).toMatchObject({ state: "succeeded" });
  expect((await h.stripe.refunds.list({ payment_intent: paymentId })).data).toHaveLength(1);
});

it("a second Stripe customer for one of ours is reported, and its operation does not stay open for ever", async () => {
  const { customerId } = await readyCustomer();
  const [first] = await h.db.moneyOperation.findMany({ where: { customerId } });
  if (!first) throw new Error("no operation made the customer");
  const id = randomUUID();
  const data = { ...first, id, state: "unknown" as const, stripeObjectId: null, settledAt: null, params: {} };
  await h.db.moneyOperation.create({ data });
  const metadata = { operation_id: id, customer_id: customerId };
  const second = await h.stripe.customers.create({ name: "Again", metadata });
  await h.quiet();
  expect(await operation(id)).toMatchObject({ state: "succeeded", stripeObjectId: second.id });
  await h.db.moneyOperation.deleteMany({ where: { id } });
});

it("old operations that nobody can settle do not keep the janitor from a new one", async () => {
  const { customerId } = await readyCustomer();
  const [made] = await h.db.moneyOperation.findMany({ where: { customerId } });
  if (!made) throw new Error("no operation made the customer");
  const undecided = (submittedAt: Date, attempts: number) => ({
    ...made,
    id: randomUUID(),
    state: "unknown" as const,
    submittedAt,
    attempts,
    params: {},
  });
  const data = [
    ...Array.from({ length: 25 }, () => undecided(minutesAgo(120), 20)),
    undecided(minutesAgo(1), 1),
  ];
  await h.db.moneyOperation.createMany({ data });
  const taken = await takeLateOperations(h.pool, { afterMs: 30_000, limit: 20 });
  await h.db.moneyOperation.deleteMany({ where: { id: { in: data.map(({ id }) => id) } } });
  expect(taken.map(({ id }) => id)).toEqual([data.at(-1)?.id]);
});

it("and nothing of it breaks an invariant", async () => {
  await h.quiet();
  expect(await brokenInvariants(h.pool)).toEqual({});
});
