import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CustomerSession, type Harness, harness } from "../testing/harness";
import { brokenInvariants } from "../testing/invariants";

let h: Harness;
beforeAll(async () => {
  h = await harness();
});
afterAll(() => h.close());

const current = (session: CustomerSession) => session.caller.subscriptions.current();
const id = () => ({ operationId: randomUUID() });

type Choice = Partial<{
  planId: "starter" | "growth";
  interval: "month" | "year";
  currency: "usd" | "eur" | "jpy";
}>;

/** On a paid plan; a trial is given once, so one that is to be paid at once had its trial before. */
async function subscribed(choice: Choice = {}): Promise<CustomerSession> {
  const session = await h.asCustomer();
  const wish = { planId: "growth", interval: "month", currency: "usd", ...choice } as const;
  if (wish.planId === "starter") {
    const trial = await session.caller.subscriptions.create({ ...id(), ...wish });
    await h.stripe.subscriptions.cancel(trial.subscriptionId);
    await h.quiet();
  }
  const { confirmation } = await session.caller.subscriptions.create({ ...id(), ...wish });
  await h.payAs(confirmation.kind === "none" ? "" : confirmation.clientSecret);
  await h.quiet();
  return session;
}

const quote = (session: CustomerSession, planId: "free" | "starter" | "growth", interval: "month" | "year") =>
  session.caller.subscriptions.quoteChange({ planId, interval });

const changeInvoices = async (session: CustomerSession) => {
  await h.quiet();
  return h.db.invoice.findMany({
    where: { customerId: session.customerId, billingReason: "subscription_update" },
    orderBy: { createdAt: "desc" },
    select: { status: true, totalAmount: true, paidAmount: true },
  });
};
const charged = ({ total, dueNow }: { total: number; dueNow: number }) => [
  { status: "paid", totalAmount: BigInt(total), paidAmount: BigInt(dueNow) },
];

async function giveCard(session: CustomerSession, paymentMethod: string) {
  const subscription = await current(session);
  const { stripeCustomerId } = await h.db.customer.findUniqueOrThrow({ where: { id: session.customerId } });
  const card = await h.stripe.paymentMethods.attach(paymentMethod, { customer: stripeCustomerId ?? "" });
  await h.stripe.subscriptions.update(subscription?.id ?? "", { default_payment_method: card.id });
  await h.quiet();
}

describe("an upgrade", () => {
  it("is quoted, charged exactly, and takes effect at once", async () => {
    const session = await subscribed({ planId: "starter" });
    const quoted = await quote(session, "growth", "month");
    expect(quoted).toMatchObject({
      timing: "now",
      effectiveAt: null,
      from: { planName: "Starter" },
      to: { planName: "Growth" },
      lost: [],
    });
    expect(quoted.lines.map(({ kind }) => kind).sort()).toEqual(["remaining", "unused"]);
    expect(quoted.lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(quoted.total);
    expect(quoted.dueNow).toBe(quoted.total);
    expect(quoted.next.total).toBe(9900);
    expect(quoted.gained.map(({ id }) => id)).toContain("priority_support");

    const answer = await session.caller.subscriptions.changePlan({ quote: quoted.quote });
    expect(answer).toEqual({ outcome: "changed", confirmation: null });
    expect(await current(session)).toMatchObject({ planId: "growth", status: "active", pendingChange: null });
    expect(await changeInvoices(session)).toEqual(charged(quoted));
  });

  it("whose card is refused leaves the old plan, charges nothing and leaves nothing open", async () => {
    const session = await subscribed({ planId: "starter" });
    await giveCard(session, "pm_card_chargeCustomerFail");
    const quoted = await quote(session, "growth", "month");
    await expect(session.caller.subscriptions.changePlan({ quote: quoted.quote })).rejects.toMatchObject({
      cause: { code: "PROVIDER_DECLINED" },
    });
    await h.quiet();
    expect(await current(session)).toMatchObject({
      planId: "starter",
      status: "active",
      pendingChange: null,
    });
    expect(await changeInvoices(session)).toMatchObject([{ status: "void" }]);
  });

  it("waits for the bank's question, and is made when it is answered", async () => {
    const session = await subscribed({ planId: "starter" });
    await giveCard(session, "pm_card_authenticationRequired");
    const quoted = await quote(session, "growth", "month");
    const { outcome, confirmation } = await session.caller.subscriptions.changePlan({ quote: quoted.quote });
    expect(outcome).toBe("unpaid");
    expect(confirmation).toMatchObject({ step: "authenticate", amount: quoted.dueNow });
    expect(await current(session)).toMatchObject({
      planId: "starter",
      status: "active",
      pendingChange: { planName: "Growth" },
    });
    expect(await session.caller.subscriptions.pendingPayment()).toEqual(confirmation);
    await h.payAs(confirmation?.clientSecret ?? "", "pm_card_visa");
    await h.quiet();
    expect(await current(session)).toMatchObject({ planId: "growth", pendingChange: null });
    expect(await changeInvoices(session)).toEqual(charged(quoted));
  });

  it("that was left at the bank can be dropped, and the old plan goes on", async () => {
    const session = await subscribed({ planId: "starter" });
    await giveCard(session, "pm_card_authenticationRequired");
    const quoted = await quote(session, "growth", "month");
    await session.caller.subscriptions.changePlan({ quote: quoted.quote });
    await expect(quote(session, "growth", "year")).rejects.toMatchObject({
      cause: { reason: "change_pending" },
    });
    expect(await session.caller.subscriptions.dropPendingChange(id())).toMatchObject({
      planId: "starter",
      pendingChange: null,
    });
    expect(await changeInvoices(session)).toMatchObject([{ status: "void" }]);
    expect(await session.caller.subscriptions.pendingPayment()).toBeNull();
  });

  it("from a month to a year starts a new period today", async () => {
    const session = await subscribed();
    const quoted = await quote(session, "growth", "year");
    expect(quoted).toMatchObject({ timing: "now", next: { total: 99_000 } });
    await session.caller.subscriptions.changePlan({ quote: quoted.quote });
    expect(await changeInvoices(session)).toEqual(charged(quoted));
    const changed = await current(session);
    expect(changed).toMatchObject({ interval: "year" });
    const days = Date.parse(changed?.currentPeriodEnd ?? "") - Date.parse(changed?.currentPeriodStart ?? "");
    expect(days / 86_400_000).toBeGreaterThan(364);
  });

  it("from the free plan needs a card first", async () => {
    const session = await h.asCustomer();
    await session.caller.subscriptions.create({
      ...id(),
      planId: "free",
      interval: "month",
      currency: "usd",
    });
    await h.quiet();
    const quoted = await quote(session, "growth", "month");
    expect(quoted).toMatchObject({ timing: "now", dueNow: 9900 });
    const { outcome, confirmation } = await session.caller.subscriptions.changePlan({ quote: quoted.quote });
    expect([outcome, confirmation?.step, confirmation?.amount]).toEqual(["unpaid", "pay", 9900]);
    await h.payAs(confirmation?.clientSecret ?? "");
    await h.quiet();
    expect(await current(session)).toMatchObject({ planId: "growth", status: "active" });
  });
});

describe("a downgrade", () => {
  it("is scheduled for the end of the period, charges nothing, and can be undone", async () => {
    const session = await subscribed();
    const quoted = await quote(session, "starter", "year");
    const before = await current(session);
    expect(quoted).toMatchObject({
      timing: "period_end",
      effectiveAt: before?.currentPeriodEnd,
      lines: [],
      dueNow: 0,
      next: { total: 19_000, at: before?.currentPeriodEnd },
      gained: [],
    });
    expect(quoted.lost.map(({ id }) => id)).toContain("priority_support");
    const answer = await session.caller.subscriptions.changePlan({ quote: quoted.quote });
    expect(answer).toEqual({ outcome: "scheduled", confirmation: null });
    expect(await current(session)).toMatchObject({
      planId: "growth",
      scheduledChange: { planName: "Starter", interval: "year", at: before?.currentPeriodEnd },
    });
    await expect(quote(session, "growth", "year")).rejects.toMatchObject({
      cause: { reason: "change_scheduled" },
    });
    expect(await session.caller.subscriptions.undoScheduledChange(id())).toMatchObject({
      planId: "growth",
      scheduledChange: null,
    });
    await h.quiet();
    expect(await current(session)).toMatchObject({ planId: "growth", scheduledChange: null });
  });
});

describe("a quote", () => {
  it("of another customer, or that nobody signed, is unknown", async () => {
    const [mine, theirs] = await Promise.all([subscribed(), subscribed()]);
    const quoted = await quote(theirs, "starter", "month");
    const [body = "", signature = ""] = quoted.quote.split(".");
    const content = JSON.parse(Buffer.from(body, "base64url").toString());
    const forged = Buffer.from(JSON.stringify({ ...content, customerId: mine.customerId })).toString(
      "base64url",
    );
    for (const token of [quoted.quote, `${forged}.${signature}`, body, "x", `${quoted.quote}.x`]) {
      await expect(mine.caller.subscriptions.changePlan({ quote: token })).rejects.toMatchObject({
        code: "NOT_FOUND",
        cause: { reason: "quote_not_found" },
      });
    }
    expect((await current(theirs))?.scheduledChange).toBeNull();
  });

  it("that no longer holds charges nothing and is answered with a fresh one that does", async () => {
    const session = await subscribed({ planId: "starter" });
    const quoted = await quote(session, "growth", "month");
    const { stripeCustomerId } = await h.db.customer.findUniqueOrThrow({ where: { id: session.customerId } });
    await h.stripe.customers.createBalanceTransaction(stripeCustomerId ?? "", {
      amount: -500,
      currency: "usd",
    });
    const refusal = await session.caller.subscriptions
      .changePlan({ quote: quoted.quote })
      .catch((error) => error);
    expect(refusal).toMatchObject({ code: "CONFLICT", cause: { reason: "quote_stale" } });
    const fresh = refusal.cause.details.quote;
    expect(fresh).toMatchObject({ dueNow: quoted.dueNow - 500, balance: -500 });
    await h.quiet();
    expect(await current(session)).toMatchObject({ planId: "starter" });
    await session.caller.subscriptions.changePlan({ quote: fresh.quote });
    expect(await changeInvoices(session)).toEqual(charged(fresh));
  });

  it("accepted in two tabs and by a double click is one change and one charge", async () => {
    const session = await subscribed({ planId: "starter" });
    const [first, second] = await Promise.all([
      quote(session, "growth", "month"),
      quote(session, "growth", "month"),
    ]);
    const accept = (given: { quote: string }) =>
      session.caller.subscriptions.changePlan({ quote: given.quote });
    const answers = await Promise.allSettled([accept(first), accept(first), accept(second), accept(first)]);
    expect(answers.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
    for (const answer of answers) {
      if (answer.status === "rejected")
        expect(answer.reason.cause.reason).toMatch(/^(nothing_to_change|quote_stale)$/);
    }
    expect(await changeInvoices(session)).toEqual(charged(first));
  });
});

describe("a cancellation", () => {
  it("at the end of the period, with its reason, can be undone", async () => {
    const session = await subscribed();
    const canceled = await session.caller.subscriptions.cancel({
      ...id(),
      when: "period_end",
      reason: "too_expensive",
      comment: "See you",
    });
    expect(canceled).toMatchObject({ status: "active", cancelAt: canceled?.currentPeriodEnd });
    const row = await h.db.subscription.findFirstOrThrow({ where: { customerId: session.customerId } });
    expect(row).toMatchObject({ cancellationFeedback: "too_expensive", cancellationComment: "See you" });
    expect(await session.caller.subscriptions.undoCancellation(id())).toMatchObject({ cancelAt: null });
  });

  it("works while a change is scheduled, which is given up with it", async () => {
    const session = await subscribed();
    const quoted = await quote(session, "starter", "month");
    await session.caller.subscriptions.changePlan({ quote: quoted.quote });
    const canceled = await session.caller.subscriptions.cancel({ ...id(), when: "period_end" });
    expect(canceled).toMatchObject({ scheduledChange: null, cancelAt: canceled?.currentPeriodEnd });
  });

  it("at once ends the plan", async () => {
    const session = await subscribed();
    const ended = await session.caller.subscriptions.cancel({ ...id(), when: "now", reason: "unused" });
    expect(ended).toMatchObject({ status: "canceled" });
  });
});

it("a pause collects nothing until it ends, and can be ended early", async () => {
  const session = await subscribed();
  const paused = await session.caller.subscriptions.pause({ ...id(), months: 1 });
  expect(Date.parse(paused?.paused?.until ?? "")).toBeGreaterThan(Date.parse(paused?.currentPeriodEnd ?? ""));
  await expect(quote(session, "growth", "year")).rejects.toMatchObject({ cause: { reason: "paused" } });
  expect(await session.caller.subscriptions.resume(id())).toMatchObject({ paused: null, status: "active" });
});

it("offers to those who leave are each taken once, and a discount is kept by a change", async () => {
  const session = await subscribed();
  const offers = async () => (await session.caller.subscriptions.retentionOffers()).map(({ kind }) => kind);
  expect(await offers()).toEqual(["pause", "coupon", "downgrade"]);
  await session.caller.subscriptions.acceptDiscount(id());
  expect(await offers()).toEqual(["pause", "downgrade"]);
  await expect(session.caller.subscriptions.acceptDiscount(id())).rejects.toMatchObject({
    cause: { reason: "offer_taken" },
  });
  expect(await quote(session, "starter", "month")).toMatchObject({ next: { total: 950 } });
  await session.caller.subscriptions.pause({ ...id(), months: 1 });
  await session.caller.subscriptions.resume(id());
  expect(await offers()).toEqual(["downgrade"]);
  await expect(session.caller.subscriptions.pause({ ...id(), months: 1 })).rejects.toMatchObject({
    cause: { reason: "offer_taken" },
  });
});

it("and nothing of it breaks an invariant", async () => {
  await h.quiet();
  expect(await brokenInvariants(h.pool)).toEqual({});
});
