import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureStripeCustomer } from "../customers/ensure-stripe-customer";
import { paidSubscription } from "../testing/builders";
import { type CustomerSession, type Harness, harness } from "../testing/harness";
import { brokenInvariants } from "../testing/invariants";

let h: Harness;
beforeAll(async () => {
  h = await harness();
});
afterAll(() => h.close());

interface Saving {
  card?: string;
  challenge?: "complete" | "fail";
  makeDefault?: boolean;
  operationId?: string;
}

async function save({ caller }: CustomerSession, saving: Saving = {}) {
  const { card = "pm_card_visa", challenge, makeDefault = false, operationId = randomUUID() } = saving;
  const setup = await caller.paymentMethods.add({ operationId });
  const confirmed = await h.payAs(setup.clientSecret, card, challenge);
  return {
    setup,
    confirmed,
    operationId,
    added: await caller.paymentMethods.finish({ operationId, makeDefault }),
  };
}

const cards = async ({ caller }: CustomerSession) => (await caller.paymentMethods.list()).cards;
const last4s = async (session: CustomerSession) => (await cards(session)).map(({ last4 }) => last4);
const attached = async (session: CustomerSession) => {
  const customer = await ensureStripeCustomer(session.ctx, session.customerId);
  return (await h.stripe.customers.listPaymentMethods(customer)).data;
};
const refused = (reason: string) => ({ cause: { reason } });

describe("adding a card", () => {
  it("has it in the list at once, as the default when it is the first", async () => {
    const session = await h.asCustomer();
    expect(await session.caller.paymentMethods.list()).toEqual({ cards: [], unpaid: [] });
    const { added } = await save(session);
    expect(added).toMatchObject({ status: "added", isDefault: true, retried: [] });
    expect(await cards(session)).toMatchObject([
      { id: added.paymentMethodId, brand: "visa", last4: "4242", isDefault: true, keptBecause: null },
    ]);
    await save(session, { card: "pm_card_mastercard" });
    expect(await last4s(session)).toEqual(["4242", "4444"]);
    await h.quiet();
    expect(await last4s(session)).toEqual(["4242", "4444"]);
  });

  it("goes on after a reload with the same secret, and finishes once however often it is told", async () => {
    const session = await h.asCustomer();
    const operationId = randomUUID();
    const first = await session.caller.paymentMethods.add({ operationId });
    expect(await session.caller.paymentMethods.add({ operationId })).toEqual(first);
    expect(await session.caller.paymentMethods.finish({ operationId, makeDefault: true })).toMatchObject({
      status: "not_confirmed",
    });
    const { added } = await save(session, { operationId, makeDefault: true });
    const again = await session.caller.paymentMethods.finish({ operationId, makeDefault: true });
    expect(again).toEqual(added);
    expect(
      await h.db.moneyOperation.count({ where: { customerId: session.customerId, kind: "setup_create" } }),
    ).toBe(1);
  });

  it("saves nothing that the bank declines; the next card goes through the same form", async () => {
    const session = await h.asCustomer();
    const { confirmed, added, operationId } = await save(session, { card: "pm_card_chargeDeclined" });
    expect(confirmed.error).toMatchObject({ code: "card_declined" });
    expect(added.status).toBe("not_confirmed");
    expect(await cards(session)).toEqual([]);
    expect((await save(session, { operationId })).added.status).toBe("added");
  });

  it.each([
    ["complete", "added"],
    ["fail", "not_confirmed"],
    [undefined, "not_confirmed"],
  ] as const)("with a bank challenge that ends in %s is %s", async (challenge, status) => {
    const session = await h.asCustomer();
    const { added } = await save(session, { card: "pm_card_authenticationRequiredOnSetup", challenge });
    expect(added.status).toBe(status);
    expect(await cards(session)).toHaveLength(status === "added" ? 1 : 0);
  });

  it("keeps one of the same number", async () => {
    const session = await h.asCustomer();
    const first = await save(session);
    const second = await save(session, { makeDefault: true });
    expect(second.added).toMatchObject({
      status: "already_saved",
      paymentMethodId: first.added.paymentMethodId,
      isDefault: true,
    });
    expect(await attached(session)).toHaveLength(1);
    await h.quiet();
    expect(await cards(session)).toHaveLength(1);
    const again = await session.caller.paymentMethods.finish({
      operationId: second.operationId,
      makeDefault: true,
    });
    expect(again).toMatchObject({ status: "already_saved", paymentMethodId: first.added.paymentMethodId });
  });

  it("is asked for a bounded number of times in an hour", async () => {
    const session = await h.asCustomer();
    const tries = Array.from({ length: 22 }, () =>
      session.caller.paymentMethods.add({ operationId: randomUUID() }),
    );
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(2);
  });
});

describe("the default", () => {
  it("moves the customer's and the subscription's own card together", async () => {
    const session = await h.asCustomer();
    const { subscriptionId } = await paidSubscription(h, session);
    const { added } = await save(session, { card: "pm_card_mastercard" });
    expect(added.isDefault).toBe(false);
    const paymentMethodId = added.paymentMethodId ?? "";
    const input = { operationId: randomUUID(), paymentMethodId };
    const [one, other] = await Promise.all([
      session.caller.paymentMethods.setDefault(input),
      session.caller.paymentMethods.setDefault(input),
    ]);
    expect(one).toEqual({ paymentMethodId, retried: [] });
    expect(other).toEqual(one);
    expect(await h.stripe.subscriptions.retrieve(subscriptionId)).toMatchObject({
      default_payment_method: paymentMethodId,
    });
    expect(await cards(session)).toMatchObject([
      { last4: "4444", isDefault: true },
      { last4: "4242", isDefault: false },
    ]);
    expect((await session.caller.subscriptions.current())?.paymentMethod).toMatchObject({ last4: "4444" });
    const found = { customerId: session.customerId, action: { startsWith: "payment_methods.set_default" } };
    const audit = await h.db.auditEntry.findMany({ where: found, orderBy: { seq: "asc" } });
    expect(audit.map(({ action }) => action)).toEqual([
      "payment_methods.set_default",
      "payment_methods.set_default_settled",
    ]);
  });

  it("pays what is past due, also when the subscription had a card of its own", async () => {
    const { session } = await pastDue();
    const { cards: before, unpaid } = await session.caller.paymentMethods.list();
    expect(unpaid).toMatchObject([{ amount: 9900, currency: "usd" }]);
    const good = before.find(({ last4 }) => last4 === "4444");
    const { retried } = await session.caller.paymentMethods.setDefault({
      operationId: randomUUID(),
      paymentMethodId: good?.id ?? "",
    });
    expect(retried).toMatchObject([{ outcome: "paid", amount: 9900 }]);
    expect(await session.caller.subscriptions.current()).toMatchObject({
      status: "active",
      paymentMethod: { last4: "4444" },
    });
    expect((await session.caller.paymentMethods.list()).unpaid).toEqual([]);
  });

  it.each([
    ["pm_card_chargeCustomerFail", "declined"],
    ["pm_card_authenticationRequired", "needs_confirmation"],
  ])("that is %s leaves the invoice open and says so: %s", async (card, outcome) => {
    const { session } = await pastDue();
    const { added } = await save(session, { card, challenge: "complete", makeDefault: true });
    expect(added.retried).toMatchObject([{ outcome, amount: 9900 }]);
    expect(added.retried[0]?.message).toBeTruthy();
    expect(added.retried[0]?.hostedInvoiceUrl).toMatch(/^http/);
    expect(await session.caller.subscriptions.current()).toMatchObject({ status: "past_due" });
  });
});

describe("removing", () => {
  const remove = (session: CustomerSession, paymentMethodId: string, operationId = randomUUID()) =>
    session.caller.paymentMethods.remove({ operationId, paymentMethodId });

  it("takes a card that pays nothing, however often it is asked", async () => {
    const session = await h.asCustomer();
    const { added } = await save(session);
    const operationId = randomUUID();
    const id = added.paymentMethodId ?? "";
    expect(await remove(session, id, operationId)).toEqual({ removed: id });
    expect(await remove(session, id, operationId)).toEqual({ removed: id });
    expect(await remove(session, id)).toEqual({ removed: id });
    expect(await cards(session)).toEqual([]);
    expect(await attached(session)).toEqual([]);
  });

  it("keeps the last card of a paid plan, and the one that pays it", async () => {
    const session = await h.asCustomer();
    await paidSubscription(h, session);
    const [only] = await cards(session);
    expect(only?.keptBecause).toMatchObject({ reason: "last_card" });
    await expect(remove(session, only?.id ?? "")).rejects.toMatchObject(refused("last_card"));
    const { added } = await save(session, { card: "pm_card_mastercard" });
    await expect(remove(session, only?.id ?? "")).rejects.toMatchObject(refused("pays_plan"));
    await session.caller.paymentMethods.setDefault({
      operationId: randomUUID(),
      paymentMethodId: added.paymentMethodId ?? "",
    });
    await remove(session, only?.id ?? "");
    expect(await last4s(session)).toEqual(["4444"]);
  });

  it("never takes the last two at once", async () => {
    const session = await h.asCustomer();
    await paidSubscription(h, session);
    await save(session, { card: "pm_card_mastercard" });
    await save(session, { card: "pm_card_amex" });
    const all = await cards(session);
    await Promise.allSettled(all.map(({ id }) => remove(session, id)));
    expect(await attached(session)).toHaveLength(1);
    expect(await last4s(session)).toEqual(["4242"]);
  });

  it("lets the card of a free plan go", async () => {
    const session = await h.asCustomer();
    await session.caller.subscriptions.create({
      operationId: randomUUID(),
      planId: "free",
      interval: "month",
      currency: "usd",
    });
    const { added } = await save(session);
    await remove(session, added.paymentMethodId ?? "");
    expect(await cards(session)).toEqual([]);
  });
});

/** Its own card has failed at renewal; a good one is saved beside it. */
async function pastDue() {
  const clock = await h.stripe.testHelpers.testClocks.create({ frozen_time: Math.floor(Date.now() / 1000) });
  const session = await h.asCustomer();
  const customer = await h.stripe.customers.create({
    email: session.ctx.actor.email,
    test_clock: clock.id,
    metadata: { customer_id: session.customerId },
  });
  await h.quiet();
  const { subscriptionId } = await paidSubscription(h, session);
  await save(session, { card: "pm_card_mastercard" });
  const failing = await h.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
    customer: customer.id,
  });
  await h.stripe.subscriptions.update(subscriptionId, { default_payment_method: failing.id });
  const monthLater = clock.frozen_time + 32 * 86_400;
  await h.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: monthLater });
  await h.quiet();
  return { session, subscriptionId };
}

it("and nothing of it breaks an invariant", async () => {
  await h.quiet();
  expect(await brokenInvariants(h.pool)).toEqual({});
});
