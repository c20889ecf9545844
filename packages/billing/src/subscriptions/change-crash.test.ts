import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { undecidedStates } from "../operations/rules";
import { settleUndecided } from "../operations/settle-undecided";
import { openStripe } from "../stripe/client";
import { type CustomerSession, type Harness, harness } from "../testing/harness";
import { brokenInvariants } from "../testing/invariants";
import { until } from "../testing/until";
import { cancelSubscription } from "./cancel-subscription";
import { changePlan } from "./change-plan";
import { quoteChange } from "./quote-change";

let h: Harness;
beforeAll(async () => {
  h = await harness();
});
afterAll(() => h.close());

const fault = (path: string, fields: object) =>
  fetch(`${h.sandbox.url}/_sandbox/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ path, method: "POST", times: 1, ...fields }),
  });

/** Stripe has done it and nobody hears of it, or it never arrives; the SDK's one repetition is turned away. */
async function lose(path: string, when: "before" | "after"): Promise<void> {
  await fault(path, when === "after" ? { dropAfterCommit: true } : { reset: true });
  await fault(path, { status: 429 });
}

async function onGrowth(): Promise<CustomerSession> {
  const session = await h.asCustomer();
  const { confirmation } = await session.caller.subscriptions.create({
    operationId: randomUUID(),
    planId: "growth",
    interval: "month",
    currency: "usd",
  });
  await h.payAs(confirmation.kind === "none" ? "" : confirmation.clientSecret);
  await h.quiet();
  const stripe = openStripe({ secretKey: h.sandbox.secretKey, apiBase: h.sandbox.url, maxNetworkRetries: 0 });
  return { ...session, ctx: { ...session.ctx, stripe } };
}

async function refuseCard(session: CustomerSession) {
  const { stripeCustomerId } = await h.db.customer.findUniqueOrThrow({ where: { id: session.customerId } });
  const card = await h.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
    customer: stripeCustomerId ?? "",
  });
  const current = await session.caller.subscriptions.current();
  await h.stripe.subscriptions.update(current?.id ?? "", { default_payment_method: card.id });
  await h.quiet();
}

/** What the worker does when a process has died. */
const settled = async (session: CustomerSession) => {
  await until("the operation to be decided", async () => {
    await settleUndecided(h.billing, { afterMs: 0 });
    const { customerId } = session;
    const left = await h.db.moneyOperation.count({
      where: { customerId, state: { in: [...undecidedStates] } },
    });
    return left === 0;
  });
  await h.quiet();
};

const stateOf = async (
  session: CustomerSession,
  kind: "plan_change" | "schedule_create" | "subscription_update",
) =>
  (await h.db.moneyOperation.findMany({ where: { customerId: session.customerId, kind } })).map(
    ({ state }) => state,
  );

const changeInvoices = async (session: CustomerSession) =>
  (
    await h.db.invoice.findMany({
      where: { customerId: session.customerId, billingReason: "subscription_update" },
    })
  ).map(({ status, totalAmount }) => [status, Number(totalAmount)]);

describe("an upgrade that is cut off", () => {
  it.each(["before", "after"] as const)("%s Stripe has it is made once, as quoted", async (when) => {
    const session = await onGrowth();
    const quote = await quoteChange(session.ctx, { planId: "scale", interval: "month" });
    await lose("/v1/subscriptions/*", when);
    await expect(changePlan(session.ctx, { quote: quote.quote })).rejects.toMatchObject({
      reason: "outcome_unknown",
    });
    await settled(session);
    expect(await stateOf(session, "plan_change")).toEqual(["succeeded"]);
    expect(await changeInvoices(session)).toEqual([["paid", quote.total]]);
    expect(await session.caller.subscriptions.current()).toMatchObject({ planId: "scale" });
    expect(await session.caller.subscriptions.changePlan({ quote: quote.quote })).toMatchObject({
      outcome: "changed",
    });
    expect(await changeInvoices(session)).toHaveLength(1);
  });

  it.each(["before", "after"] as const)(
    "%s its refused invoice was voided still leaves the old plan and nothing open",
    async (when) => {
      const session = await onGrowth();
      await refuseCard(session);
      const quote = await quoteChange(session.ctx, { planId: "scale", interval: "month" });
      await lose("/v1/invoices/*/void", when);
      await expect(changePlan(session.ctx, { quote: quote.quote })).rejects.toBeDefined();
      await settled(session);
      expect(await stateOf(session, "plan_change")).toEqual(["failed"]);
      expect(await changeInvoices(session)).toEqual([["void", quote.total]]);
      const current = await session.caller.subscriptions.current();
      expect(current).toMatchObject({ planId: "growth", status: "active", pendingChange: null });
    },
  );
});

describe("a downgrade that is cut off", () => {
  it.each([
    ["/v1/subscription_schedules", "before"],
    ["/v1/subscription_schedules", "after"],
    ["/v1/subscription_schedules/*", "before"],
    ["/v1/subscription_schedules/*", "after"],
  ] as const)("at %s, %s Stripe has it, is scheduled once", async (path, when) => {
    const session = await onGrowth();
    const quote = await quoteChange(session.ctx, { planId: "starter", interval: "month" });
    await lose(path, when);
    await expect(changePlan(session.ctx, { quote: quote.quote })).rejects.toMatchObject({
      reason: "outcome_unknown",
    });
    await settled(session);
    expect(await stateOf(session, "schedule_create")).toEqual(["succeeded"]);
    const { stripeCustomerId } = await h.db.customer.findUniqueOrThrow({ where: { id: session.customerId } });
    const schedules = await h.stripe.subscriptionSchedules.list({ customer: stripeCustomerId ?? "" });
    expect(schedules.data.map(({ status, phases }) => [status, phases.length])).toEqual([["active", 2]]);
    expect(await session.caller.subscriptions.current()).toMatchObject({
      scheduledChange: { planName: "Starter" },
    });
  });
});

it.each([
  ["/v1/subscription_schedules/*/release", "after"],
  ["/v1/subscriptions/*", "before"],
  ["/v1/subscriptions/*", "after"],
] as const)(
  "a cancellation cut off at %s, %s Stripe has it, lets the schedule go and ends the plan",
  async (path, when) => {
    const session = await onGrowth();
    const quote = await quoteChange(session.ctx, { planId: "starter", interval: "month" });
    await changePlan(session.ctx, { quote: quote.quote });
    await lose(path, when);
    await cancelSubscription(session.ctx, { operationId: randomUUID(), when: "period_end" }).catch((error) =>
      expect(error.reason).toBe("outcome_unknown"),
    );
    await settled(session);
    expect(await stateOf(session, "subscription_update")).toEqual(["succeeded"]);
    const current = await session.caller.subscriptions.current();
    expect(current).toMatchObject({ scheduledChange: null, cancelAt: current?.currentPeriodEnd });
  },
);

it("C10: twenty acceptances and cancellations at once end in one state that Stripe has too", async () => {
  const session = await onGrowth();
  const quotes = await Promise.all(
    Array.from({ length: 4 }, () => quoteChange(session.ctx, { planId: "scale", interval: "month" })),
  );
  await Promise.allSettled([
    ...quotes.flatMap(({ quote }) =>
      Array.from({ length: 4 }, () => session.caller.subscriptions.changePlan({ quote })),
    ),
    ...Array.from({ length: 4 }, () =>
      session.caller.subscriptions.cancel({ operationId: randomUUID(), when: "period_end" }),
    ),
  ]);
  await settled(session);
  const invoices = await changeInvoices(session);
  expect(invoices.length).toBeLessThanOrEqual(1);
  const current = await session.caller.subscriptions.current();
  const there = await h.stripe.subscriptions.retrieve(current?.id ?? "");
  expect(current?.planId).toBe(invoices.length === 1 ? "scale" : "growth");
  expect(there.items.data[0]?.price.metadata.farebox_plan).toBe(current?.planId);
  expect(there.cancel_at_period_end).toBe(current?.cancelAt !== null);
});

it("and nothing of it breaks an invariant", async () => {
  await h.quiet();
  expect(await brokenInvariants(h.pool)).toEqual({});
});
