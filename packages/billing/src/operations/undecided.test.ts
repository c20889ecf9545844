import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureStripeCustomer } from "../customers/ensure-stripe-customer";
import { purchaseItems } from "../plans/purchase-items";
import { openStripe } from "../stripe/client";
import { createSubscription } from "../subscriptions/create-subscription";
import { reserveSubscription } from "../subscriptions/reserve-subscription";
import type { CreateSubscriptionInput } from "../subscriptions/schemas";
import { type CustomerSession, type Harness, harness } from "../testing/harness";
import { brokenInvariants } from "../testing/invariants";
import { settleUndecided } from "./settle-undecided";
import { submit } from "./submit";

let h: Harness;
beforeAll(async () => {
  h = await harness();
});
afterAll(() => h.close());

const growth = (fields: Partial<CreateSubscriptionInput> = {}): CreateSubscriptionInput => ({
  operationId: randomUUID(),
  planId: "growth",
  interval: "month",
  currency: "usd",
  ...fields,
});

async function control(path: string, body: object): Promise<void> {
  await fetch(`${h.sandbox.url}/_sandbox/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** The SDK repeats a call once when the connection was closed, so that call must get no answer either. */
async function loseAnswer(path: string, repetition = 429): Promise<void> {
  await control("faults", { path, method: "POST", times: 1, dropAfterCommit: true });
  await control("faults", { path, method: "POST", times: 1, status: repetition });
}

/** A customer whose Stripe calls are not repeated by the SDK more than it insists on. */
async function impatientCustomer(): Promise<CustomerSession> {
  const session = await h.asCustomer();
  await ensureStripeCustomer(session.ctx, session.customerId);
  const once = openStripe({ secretKey: h.sandbox.secretKey, apiBase: h.sandbox.url, maxNetworkRetries: 0 });
  return { ...session, ctx: { ...session.ctx, stripe: once } };
}

const operationOf = (id: string) => h.db.moneyOperation.findFirstOrThrow({ where: { id } });
const subscriptionsAt = async (session: CustomerSession) => {
  const { stripeCustomerId } = await h.db.customer.findUniqueOrThrow({ where: { id: session.customerId } });
  return (await h.stripe.subscriptions.list({ customer: stripeCustomerId ?? "", status: "all" })).data;
};

describe("twenty purchases at once", () => {
  it.each([
    ["with one operation id", (id: string) => id],
    ["with twenty operation ids", () => randomUUID()],
  ])("%s become one subscription with one secret", async (_case, operationId) => {
    const session = await h.asCustomer();
    const id = randomUUID();
    const created = await Promise.all(
      Array.from({ length: 20 }, () =>
        createSubscription(session.ctx, growth({ operationId: operationId(id) })),
      ),
    );
    expect(new Set(created.map(({ subscriptionId }) => subscriptionId)).size).toBe(1);
    expect(new Set(created.map(({ confirmation }) => JSON.stringify(confirmation))).size).toBe(1);
    expect(await subscriptionsAt(session)).toHaveLength(1);
    const confirmation = created[0]?.confirmation;
    if (confirmation?.kind !== "payment") throw new Error("expected something to pay");
    await h.payAs(confirmation.clientSecret);
    await h.quiet();
    const charges = await h.stripe.charges.list({ limit: 100 });
    const intent = confirmation.clientSecret.split("_secret_")[0];
    expect(charges.data.filter((charge) => charge.payment_intent === intent)).toHaveLength(1);
    const customers = h.sandbox.calls().filter(({ method, path, params }) => {
      const metadata = params.metadata as { customer_id?: string } | undefined;
      return method === "POST" && path === "/v1/customers" && metadata?.customer_id === session.customerId;
    });
    expect(customers).toHaveLength(1);
  });

  it("of two plans leave one subscription alive", async () => {
    const session = await h.asCustomer();
    const results = await Promise.allSettled([
      createSubscription(session.ctx, growth()),
      createSubscription(session.ctx, growth({ interval: "year" })),
      createSubscription(session.ctx, growth()),
      createSubscription(session.ctx, growth({ interval: "year" })),
    ]);
    expect(results.some(({ status }) => status === "fulfilled")).toBe(true);
    const open = (await subscriptionsAt(session)).filter(({ status }) => status === "incomplete");
    expect(open).toHaveLength(1);
  });
});

describe("an operation id", () => {
  it("answers the same to the same request", async () => {
    const session = await h.asCustomer();
    const input = growth();
    const first = await createSubscription(session.ctx, input);
    expect(await createSubscription(session.ctx, input)).toEqual(first);
  });

  it("is refused for another request, and for another customer", async () => {
    const session = await h.asCustomer();
    const input = growth();
    await createSubscription(session.ctx, input);
    await expect(createSubscription(session.ctx, { ...input, interval: "year" })).rejects.toMatchObject({
      code: "CONFLICT",
      reason: "operation_reused",
    });
    const other = await h.asCustomer();
    await expect(createSubscription(other.ctx, input)).rejects.toMatchObject({ reason: "operation_reused" });
  });
});

describe("a lost answer", () => {
  it("leaves the operation unknown; the same request finds the one subscription", async () => {
    const session = await impatientCustomer();
    const input = growth();
    await loseAnswer("/v1/subscriptions");
    await expect(createSubscription(session.ctx, input)).rejects.toMatchObject({ reason: "outcome_unknown" });
    expect(await subscriptionsAt(session)).toHaveLength(1);
    const again = await createSubscription(session.ctx, input);
    expect(again.confirmation.kind).toBe("payment");
    expect(await operationOf(input.operationId)).toMatchObject({
      state: "succeeded",
      openSlot: null,
      stripeObjectId: again.subscriptionId,
    });
    expect(await subscriptionsAt(session)).toHaveLength(1);
  });

  it("is settled by the webhook when nobody asks again", async () => {
    const session = await impatientCustomer();
    const input = growth();
    await loseAnswer("/v1/subscriptions");
    await expect(createSubscription(session.ctx, input)).rejects.toMatchObject({ reason: "outcome_unknown" });
    await h.quiet();
    expect(await operationOf(input.operationId)).toMatchObject({ state: "succeeded" });
  });

  it("about the customer does not make two of them", async () => {
    const session = await h.asCustomer();
    await loseAnswer("/v1/customers", 503);
    const input = growth();
    await createSubscription(session.ctx, input);
    await h.quiet();
    const { email } = session.ctx.actor;
    expect(
      (await h.stripe.customers.list({ limit: 100 })).data.filter((customer) => customer.email === email),
    ).toHaveLength(1);
  });
});

describe("a process that dies", () => {
  const reserved = async (session: CustomerSession, input: CreateSubscriptionInput) => {
    const stripeCustomerId = await ensureStripeCustomer(session.ctx, session.customerId);
    const bought = await purchaseItems(h.db, input);
    const step = await reserveSubscription(session.ctx, { input, bought, stripeCustomerId });
    if (step.next !== "submit") throw new Error(`expected to submit, not to ${step.next}`);
    return step.operation;
  };

  it("before Stripe was asked: the janitor asks", async () => {
    const session = await h.asCustomer();
    const input = growth();
    await reserved(session, input);
    expect(await settleUndecided(h.billing, { afterMs: 0 })).toBe(1);
    expect(await operationOf(input.operationId)).toMatchObject({ state: "succeeded", openSlot: null });
    expect(await subscriptionsAt(session)).toHaveLength(1);
  });

  it("after Stripe was asked: the janitor finds the one subscription", async () => {
    const session = await h.asCustomer();
    const input = growth();
    const answer = await submit(h.billing, await reserved(session, input));
    await settleUndecided(h.billing, { afterMs: 0 });
    expect(await operationOf(input.operationId)).toMatchObject({
      state: "succeeded",
      stripeObjectId: answer.id,
    });
    expect(await subscriptionsAt(session)).toHaveLength(1);
    const actions = await h.db.auditEntry.findMany({
      where: { operationId: input.operationId },
      orderBy: { seq: "asc" },
      select: { action: true },
    });
    expect(actions.map(({ action }) => action)).toEqual(["subscriptions.create", "subscriptions.settled"]);
  });

  it("days ago: the janitor looks instead of repeating", async () => {
    const session = await h.asCustomer();
    const [arrived, lost] = [growth(), growth({ interval: "year" })];
    const answer = await submit(h.billing, await reserved(session, arrived));
    await h.quiet();
    const old = { submittedAt: new Date(Date.now() - 3 * 24 * 60 * 60 * 1000), state: "unknown" as const };
    await h.db.moneyOperation.updateMany({
      where: { id: arrived.operationId },
      data: { ...old, openSlot: "plan", stripeObjectId: null },
    });
    const calls = h.sandbox.calls().length;
    await settleUndecided(h.billing, { afterMs: 0 });
    expect(await operationOf(arrived.operationId)).toMatchObject({
      state: "succeeded",
      stripeObjectId: answer.id,
    });

    await h.stripe.subscriptions.cancel(answer.id);
    await h.quiet();
    await reserved(session, lost);
    await h.db.moneyOperation.updateMany({ where: { id: lost.operationId }, data: old });
    await settleUndecided(h.billing, { afterMs: 0 });
    expect(await operationOf(lost.operationId)).toMatchObject({
      state: "failed",
      failureReason: "never_arrived",
      openSlot: null,
    });
    const posts = h.sandbox
      .calls()
      .slice(calls)
      .filter(({ method, path }) => method === "POST" && path === "/v1/subscriptions");
    expect(posts).toEqual([]);
  });
});

describe("a refusal", () => {
  it("fails the operation, frees the slot and is repeated to who asks again", async () => {
    const session = await h.asCustomer();
    await ensureStripeCustomer(session.ctx, session.customerId);
    const input = growth();
    await control("faults", { path: "/v1/subscriptions", method: "POST", times: 1, status: 402 });
    const refused = await createSubscription(session.ctx, input).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: "BillingError" });
    expect(await operationOf(input.operationId)).toMatchObject({ state: "failed", openSlot: null });
    await expect(createSubscription(session.ctx, input)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    expect((await createSubscription(session.ctx, growth())).confirmation.kind).toBe("payment");
  });
});

it("and nothing of it breaks an invariant", async () => {
  await h.quiet();
  expect(await brokenInvariants(h.pool)).toEqual({});
});
