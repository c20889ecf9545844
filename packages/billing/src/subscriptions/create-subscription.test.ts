import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CustomerSession, type Harness, harness } from "../testing/harness";
import { brokenInvariants } from "../testing/invariants";
import type { Confirmation, CreateSubscriptionInput } from "./schemas";

let h: Harness;
beforeAll(async () => {
  h = await harness();
});
afterAll(() => h.close());

const wish = (fields: Partial<CreateSubscriptionInput> = {}): CreateSubscriptionInput => ({
  operationId: randomUUID(),
  planId: "growth",
  interval: "month",
  currency: "usd",
  ...fields,
});

const secretOf = (confirmation: Confirmation): string => {
  if (confirmation.kind === "none") throw new Error("nothing to confirm");
  return confirmation.clientSecret;
};
const intentOf = (confirmation: Confirmation) => secretOf(confirmation).split("_secret_")[0] ?? "";
const create = (session: CustomerSession, fields?: Partial<CreateSubscriptionInput>) =>
  session.caller.subscriptions.create(wish(fields));
const current = (session: CustomerSession) => session.caller.subscriptions.current();
const stripeIdOf = async (session: CustomerSession) =>
  (await h.db.customer.findUniqueOrThrow({ where: { id: session.customerId } })).stripeCustomerId ?? "";
const atStripe = async (session: CustomerSession) =>
  (await h.stripe.subscriptions.list({ customer: await stripeIdOf(session), status: "all" })).data;

const deliveryMode = (mode: "normal" | "hold") =>
  fetch(`${h.sandbox.url}/_sandbox/delivery_mode`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ mode }),
  });

describe("a paid plan", () => {
  it("is active by webhook once the card is charged", async () => {
    const session = await h.asCustomer();
    const created = await create(session);
    expect(created).toMatchObject({
      status: "incomplete",
      confirmation: { kind: "payment", amount: 9900, currency: "usd" },
    });
    expect(await current(session)).toMatchObject({
      id: created.subscriptionId,
      status: "incomplete",
      planId: "growth",
    });
    const paymentIntentId = intentOf(created.confirmation);

    expect(await h.payAs(secretOf(created.confirmation))).toMatchObject({ status: "succeeded", error: null });
    await h.quiet();

    expect(await current(session)).toMatchObject({
      status: "active",
      planName: "Growth",
      price: { amount: 9900, currency: "usd" },
      paymentMethod: { brand: "visa", last4: "4242" },
    });
    expect(await session.caller.payments.status({ paymentIntentId })).toEqual({
      status: "succeeded",
      subscriptionStatus: "active",
    });
    const { invoices } = await session.caller.invoices.list({});
    expect(invoices).toMatchObject([{ status: "paid", total: 9900, amountPaid: 9900, amountRemaining: 0 }]);
    const invoice = await session.caller.invoices.get({ invoiceId: invoices[0]?.id ?? "" });
    expect(invoice).toMatchObject({
      refundable: 9900,
      lines: [{ amount: 9900 }],
      payments: [{ id: paymentIntentId, status: "succeeded", card: { brand: "visa", last4: "4242" } }],
    });
    const operations = await h.db.moneyOperation.findMany({ where: { customerId: session.customerId } });
    expect(operations.map(({ kind, state }) => [kind, state]).sort()).toEqual([
      ["customer_create", "succeeded"],
      ["subscription_create", "succeeded"],
    ]);
  });

  it("survives a declined card: the next card pays the same subscription", async () => {
    const session = await h.asCustomer();
    const { confirmation, subscriptionId } = await create(session);
    const declined = await h.payAs(secretOf(confirmation), "pm_card_visa_chargeDeclined");
    expect(declined.error).toMatchObject({ code: "card_declined", declineCode: "generic_decline" });
    await h.quiet();
    expect(await current(session)).toMatchObject({ id: subscriptionId, status: "incomplete" });
    const status = await session.caller.payments.status({ paymentIntentId: intentOf(confirmation) });
    expect(status).toEqual({ status: "requires_payment_method", subscriptionStatus: "incomplete" });

    await h.payAs(secretOf(confirmation));
    await h.quiet();
    expect(await current(session)).toMatchObject({ id: subscriptionId, status: "active" });
    expect(await atStripe(session)).toHaveLength(1);
  });

  it.each([
    ["complete", "active"],
    ["fail", "incomplete"],
  ] as const)("with a bank challenge that customers %s is %s", async (challenge, status) => {
    const session = await h.asCustomer();
    const { confirmation } = await create(session);
    await h.payAs(secretOf(confirmation), "pm_card_threeDSecure2Required", challenge);
    await h.quiet();
    expect(await current(session)).toMatchObject({ status });
  });

  it("is returned with its secret when the checkout is opened again", async () => {
    const session = await h.asCustomer();
    const first = await create(session);
    const again = await create(session);
    expect(again).toEqual(first);
    expect(await atStripe(session)).toHaveLength(1);
  });

  it("is cancelled when another is chosen before it was paid", async () => {
    const session = await h.asCustomer();
    const first = await create(session);
    const second = await create(session, { interval: "year" });
    expect(second.subscriptionId).not.toBe(first.subscriptionId);
    expect(second.confirmation).toMatchObject({ kind: "payment", amount: 99_000 });
    await h.quiet();
    const byId = new Map((await atStripe(session)).map(({ id, status }) => [id, status]));
    expect(byId.get(first.subscriptionId)).toMatch(/^(canceled|incomplete_expired)$/);
    expect(byId.get(second.subscriptionId)).toBe("incomplete");
    expect((await h.payAs(secretOf(first.confirmation))).status).toBe("canceled");
    await h.payAs(secretOf(second.confirmation));
    await h.quiet();
    expect(await current(session)).toMatchObject({
      id: second.subscriptionId,
      status: "active",
      interval: "year",
    });
  });

  it("is kept when it is paid in the moment another is chosen", async () => {
    const session = await h.asCustomer();
    const first = await create(session);
    await h.quiet();
    await deliveryMode("hold");
    try {
      await h.payAs(secretOf(first.confirmation));
      await expect(create(session, { interval: "year" })).rejects.toMatchObject({
        cause: { reason: "already_subscribed" },
      });
      expect((await atStripe(session)).map(({ status }) => status)).toEqual(["active"]);
    } finally {
      await deliveryMode("normal");
    }
    await h.quiet();
    expect(await current(session)).toMatchObject({ id: first.subscriptionId, status: "active" });
  });

  it("cannot be bought a second time", async () => {
    const session = await h.asCustomer();
    await h.payAs(secretOf((await create(session)).confirmation));
    await h.quiet();
    await expect(create(session)).rejects.toMatchObject({ cause: { reason: "already_subscribed" } });
    await expect(create(session, { planId: "free" })).rejects.toMatchObject({
      cause: { reason: "already_subscribed" },
    });
  });

  it("may be bought again after it has ended, in the same currency only", async () => {
    const session = await h.asCustomer();
    const { confirmation, subscriptionId } = await create(session);
    await h.payAs(secretOf(confirmation));
    await h.stripe.subscriptions.cancel(subscriptionId);
    await h.quiet();
    await expect(create(session, { currency: "eur" })).rejects.toMatchObject({
      cause: { reason: "currency_locked" },
    });
    expect((await create(session)).subscriptionId).not.toBe(subscriptionId);
  });
});

describe("a free plan", () => {
  it("is active at once, without a card", async () => {
    const session = await h.asCustomer();
    const created = await create(session, { planId: "free" });
    expect(created).toMatchObject({ status: "active", confirmation: { kind: "none" } });
    expect(await current(session)).toMatchObject({ status: "active", planId: "free" });
  });
});

describe("a trial", () => {
  it("asks for the card first and charges nothing", async () => {
    const session = await h.asCustomer();
    const created = await create(session, { planId: "starter" });
    expect(created).toMatchObject({ status: "trialing", confirmation: { kind: "setup" } });
    const again = await create(session, { planId: "starter" });
    expect(again).toEqual(created);
    const paymentIntentId = intentOf(created.confirmation);
    expect(await session.caller.payments.status({ paymentIntentId })).toMatchObject({ status: "processing" });

    expect(await h.payAs(secretOf(created.confirmation))).toMatchObject({ status: "succeeded" });
    await h.quiet();
    expect(await session.caller.payments.status({ paymentIntentId })).toEqual({
      status: "succeeded",
      subscriptionStatus: "trialing",
    });
    expect(await current(session)).toMatchObject({ status: "trialing", paymentMethod: { last4: "4242" } });
    expect(await h.db.payment.count({ where: { customerId: session.customerId } })).toBe(0);
    await expect(create(session, { planId: "starter" })).rejects.toMatchObject({
      cause: { reason: "already_subscribed" },
    });
  });

  it("is given once", async () => {
    const session = await h.asCustomer();
    const { subscriptionId } = await create(session, { planId: "starter" });
    await h.stripe.subscriptions.cancel(subscriptionId);
    await h.quiet();
    const second = await create(session, { planId: "starter" });
    expect(second).toMatchObject({ status: "incomplete", confirmation: { kind: "payment", amount: 1900 } });
  });
});

describe("a second live subscription made by hand", () => {
  it("is kept beside the first and reported once", async () => {
    const session = await h.asCustomer();
    const first = await create(session, { planId: "free" });
    const price = await h.db.price.findFirstOrThrow({ where: { lookupKey: "free_month_usd" } });
    const customer = await stripeIdOf(session);
    const second = await h.stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
    await h.quiet();
    await h.stripe.subscriptions.update(second.id, { metadata: { seen: "again" } });
    await h.quiet();
    const rows = await h.db.subscription.findMany({ where: { customerId: session.customerId } });
    const slots = new Map(rows.map(({ id, liveSlot }) => [id, liveSlot]));
    expect(slots.get(first.subscriptionId)).toBe("plan");
    expect(slots.get(second.id)).toBeNull();
    const found = { customerId: session.customerId, action: "subscriptions.duplicate_found" };
    expect(await h.db.auditEntry.count({ where: found })).toBe(1);

    await h.stripe.subscriptions.cancel(first.subscriptionId);
    await h.quiet();
    expect(await current(session)).toMatchObject({ id: second.id, status: "active" });
  });
});

it("and nothing of it breaks an invariant", async () => {
  await h.quiet();
  expect(await brokenInvariants(h.pool)).toEqual({});
});
