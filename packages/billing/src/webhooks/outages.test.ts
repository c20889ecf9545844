import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pollEvents } from "../reconciliation/poll-events";
import { requestSweep, workOnRun } from "../reconciliation/run";
import { paidSubscription } from "../testing/builders";
import { keepTables } from "../testing/campaign/tables";
import { fault } from "../testing/faults";
import { type Harness, harness } from "../testing/harness";
import { brokenInvariants } from "../testing/invariants";
import { until } from "../testing/until";

let h: Harness;
beforeAll(async () => {
  h = await harness();
});
afterAll(() => h.close());
beforeEach(() => {
  h.sandbox.clearFaults();
  h.sandbox.deliveryMode("normal");
});

const wish = (planId: "growth" | "starter") =>
  ({ operationId: randomUUID(), planId, interval: "month", currency: "usd" }) as const;
const stripeIdOf = async (id: string) =>
  (await h.db.customer.findUniqueOrThrow({ where: { id } })).stripeCustomerId ?? "";

async function sweep(): Promise<number> {
  const id = await requestSweep(h.billing, { kind: "sweep", repairs: true, requestedBy: "after an outage" });
  await workOnRun(h.billing, () => false);
  await h.webhooks.worker.idle();
  return h.db.drift.count({ where: { runId: id } });
}

it("C04: a webhook that is faster than the answer to the call that caused it makes no second row", async () => {
  const session = await h.asCustomer();
  await fault(h.sandbox, { path: "/v1/subscriptions", method: "POST", holdMs: 1_200 });
  const buying = session.caller.subscriptions.create(wish("growth"));
  const mine = { where: { customerId: session.customerId } };
  const early = await until("the webhook to be applied", () => h.db.subscription.findFirst(mine));
  const bought = await buying;
  await h.quiet();
  expect(bought.subscriptionId).toBe(early.id);
  expect(await h.db.subscription.count(mine)).toBe(1);
  await expect.poll(() => brokenInvariants(h.pool)).toEqual({});
});

describe("F12: of the calls that make room for another choice, each once goes unanswered", () => {
  it.each([
    ["the look at the old one", "/v1/subscriptions/*", "GET"],
    ["the end of its invoice", "/v1/invoices/*/void", "POST"],
    ["the start of the new one", "/v1/subscriptions", "POST"],
  ])("%s", async (_what, path, method) => {
    const session = await h.asCustomer();
    const before = await session.caller.subscriptions.create(wish("growth"));
    await h.quiet();
    await fault(h.sandbox, { path, method, dropAfterCommit: true });
    const second = wish("starter");
    const choose = () => session.caller.subscriptions.create(second);
    const after = await choose().catch(choose);
    await h.quiet();
    const customer = await stripeIdOf(session.customerId);
    const { data } = await h.stripe.subscriptions.list({ customer, status: "all" });
    expect(data.map(({ id }) => id)).toEqual([after.subscriptionId, before.subscriptionId]);
    expect(data[1]?.status).toMatch(/canceled|incomplete_expired/);
    await expect.poll(() => brokenInvariants(h.pool)).toEqual({});
  });
});

it("D03: after a backup was put back, Stripe tells what it does not know, and nothing is refunded twice", async () => {
  const session = await h.asCustomer();
  const { invoiceId, paymentId } = await paidSubscription(h, session);
  const staff = await h.asStaff("finance");
  await h.quiet();
  const backup = await keepTables(h.pool);

  const reason = "requested_by_customer";
  for (const amount of [1000, 2000]) {
    await staff.caller.refunds.create({ operationId: randomUUID(), invoiceId, amount, reason, note: "" });
  }
  await h.stripe.refunds.create({ payment_intent: paymentId, amount: 500 });
  const other = await h.stripe.customers.create({ name: "Came in between" });
  await h.quiet();

  await backup.restore();
  expect(await h.db.refund.count({ where: { paymentId } })).toBe(0);
  await pollEvents(h.billing);
  await h.webhooks.worker.idle();
  await sweep();
  expect((await h.stripe.refunds.list({ payment_intent: paymentId })).data).toHaveLength(3);
  const refunds = await h.db.refund.findMany({ where: { paymentId }, orderBy: { amount: "asc" } });
  expect(refunds).toMatchObject([
    { amount: 500n, operationId: null },
    { amount: 1000n, operationId: null },
    { amount: 2000n, operationId: null },
  ]);
  const told = await h.db.auditEntry.findMany({ where: { targetType: "refund", actorKind: "stripe" } });
  expect(told.filter(({ reason: why }) => why?.includes("did not ask for this refund"))).toHaveLength(2);
  expect(await h.db.customer.count({ where: { stripeCustomerId: other.id } })).toBe(1);
  await expect.poll(() => brokenInvariants(h.pool)).toEqual({});
  expect(await sweep()).toBe(0);
});

it("D02: after a month without webhooks the sweep finds what Stripe's list of events no longer tells", async () => {
  const session = await h.asCustomer();
  const { subscriptionId } = await paidSubscription(h, session);
  await h.pool.query(
    "INSERT INTO recurring_job (name, last_ok_at) VALUES ('poll_events', now() - interval '31 days')",
  );
  h.sandbox.deliveryMode("drop");
  await h.stripe.customers.update(await stripeIdOf(session.customerId), { name: "Renamed meanwhile" });
  await h.stripe.subscriptions.cancel(subscriptionId);
  h.sandbox.advance(31 * 86_400);
  h.sandbox.deliveryMode("normal");
  const polled = await pollEvents(h.billing);
  expect(polled.outOfReachSince).toBeInstanceOf(Date);
  expect(await sweep()).toBeGreaterThan(1);
  expect(await h.db.subscription.findFirst({ where: { id: subscriptionId } })).toMatchObject({
    status: "canceled",
    liveSlot: null,
  });
  expect(await h.db.customer.findUnique({ where: { id: session.customerId } })).toMatchObject({
    name: "Renamed meanwhile",
  });
  expect(await sweep()).toBe(0);
  await expect.poll(() => brokenInvariants(h.pool)).toEqual({});
});
