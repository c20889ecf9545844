import { randomUUID } from "node:crypto";
import { payAs } from "@farebox/billing/testing";
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStaff } from "./console";
import { newPerson, type Person } from "./dashboard";
import { type ApiClient, type CreatedSubscription, memberClient, staffClient } from "./member-client";
import { type Stack, startStack } from "./stack";
import { waitFor } from "./wait-for";

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});

afterAll(() => stack?.stop());

const growth = { planId: "growth", interval: "month", currency: "usd" };

/** The sandbox holds its answer to the next such call long enough for a process to be killed. */
async function holdNextCall(path: string): Promise<{ arrived: () => Promise<void> }> {
  const before = await callsTo(path);
  await sandbox("faults", { path, method: "POST", times: 1, holdMs: 1500 });
  return {
    arrived: () =>
      waitFor(`a call to ${path}`, async () => (await callsTo(path)) > before).then(() => undefined),
  };
}

async function sandbox(control: string, body: object) {
  const response = await fetch(`${stack.sandboxUrl}/_sandbox/${control}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.ok, await response.text()).toBe(true);
}

async function callsTo(path: string): Promise<number> {
  const response = await fetch(`${stack.sandboxUrl}/_sandbox/calls`);
  const calls = (await response.json()) as { path: string; method: string }[];
  return calls.filter((call) => call.path === path && call.method === "POST").length;
}

async function stripeObjects<T>(type: string): Promise<T[]> {
  const response = await fetch(`${stack.sandboxUrl}/_sandbox/objects/${type}`);
  return (await response.json()) as T[];
}

async function stripeCustomerOf(person: Person): Promise<string> {
  const { rows } = await stack.pool.query("select stripe_customer_id from customer where email = $1", [
    person.email,
  ]);
  return rows[0].stripe_customer_id;
}

const statusOf = async (client: ApiClient) =>
  (await client.query<{ status: string } | null>("subscriptions.current"))?.status;

async function chargedOnce(person: Person) {
  const customer = await stripeCustomerOf(person);
  const subscriptions = await stripeObjects<Stripe.Subscription>("subscriptions");
  expect(subscriptions.filter((each) => each.customer === customer)).toHaveLength(1);
  const charges = await stripeObjects<Stripe.Charge>("charges");
  expect(charges.filter((charge) => charge.customer === customer && charge.paid)).toHaveLength(1);
}

async function subscribed(name: string) {
  const person = newPerson(name);
  const client = await memberClient(stack, person);
  const operationId = randomUUID();
  const create = () => client.mutate<CreatedSubscription>("subscriptions.create", { operationId, ...growth });
  return { person, client, create };
}

async function confirm({ confirmation }: CreatedSubscription) {
  if (confirmation.kind !== "payment") throw new Error("nothing to pay");
  const paid = await payAs({ sandboxUrl: stack.sandboxUrl, clientSecret: confirmation.clientSecret });
  expect(paid.status).toBe("succeeded");
}

describe("kill -9", () => {
  it("of the API between Stripe's answer and the commit: charged once, active", async () => {
    const { person, client, create } = await subscribed("Ines");
    const held = await holdNextCall("/v1/subscriptions");
    const lost = create().catch(() => null);
    await held.arrived();
    await stack.kill("api");
    expect(await lost).toBeNull();
    await stack.start("api");

    await confirm(await create());
    await waitFor("the plan to be active", async () => (await statusOf(client)) === "active");
    await chargedOnce(person);
  });

  it("of the webhook server before its answer: nothing is lost", async () => {
    const { person, client, create } = await subscribed("Jonas");
    const created = await create();
    stack.freeze("webhooks");
    await confirm(created);
    await stack.kill("webhooks");
    await stack.start("webhooks");
    await waitFor("the plan to be active", async () => (await statusOf(client)) === "active", 60_000);
    await chargedOnce(person);
  });

  it("of PostgreSQL while a purchase runs: charged once, active", async () => {
    const { person, client, create } = await subscribed("Keiko");
    const held = await holdNextCall("/v1/subscriptions");
    const lost = create().catch(() => null);
    await held.arrived();
    await stack.killPostgres();
    await lost;
    await stack.startPostgres();

    const created = await waitFor("the purchase to be opened", () => create().catch(() => null));
    await confirm(created);
    await waitFor(
      "the plan to be active",
      () =>
        statusOf(client).then(
          (status) => status === "active",
          () => false,
        ),
      60_000,
    );
    await chargedOnce(person);
  });

  it("of the API while a refund runs: the refund exists once", async () => {
    const { person, client, create } = await subscribed("Mina");
    await confirm(await create());
    const invoice = await waitFor("the paid invoice", async () => {
      const { invoices } = await client.query<{
        invoices: { id: string; status: string; amountPaid: number }[];
      }>("invoices.list", {});
      return invoices.find(({ status }) => status === "paid");
    });
    const login = await createStaff(stack, "support");
    const refund = {
      operationId: randomUUID(),
      invoiceId: invoice.id,
      amount: 4950,
      reason: "duplicate",
      note: "",
    };
    const support = await staffClient(stack, login);
    const held = await holdNextCall("/v1/refunds");
    const lost = support.mutate("refunds.create", refund).catch(() => null);
    await held.arrived();
    await stack.kill("api");
    await lost;
    await stack.start("api");

    await support.mutate("refunds.create", refund);
    const customer = await stripeCustomerOf(person);
    const charges = await stripeObjects<Stripe.Charge>("charges");
    const charge = charges.find((each) => each.customer === customer && each.paid);
    expect(charge?.amount_refunded).toBe(4950);
    const refunds = await stripeObjects<Stripe.Refund>("refunds");
    expect(refunds.filter((each) => each.charge === charge?.id)).toHaveLength(1);
    const { rows } = await stack.pool.query(
      "select r.amount from refund r join customer c on c.id = r.customer_id where c.email = $1",
      [person.email],
    );
    expect(rows).toEqual([{ amount: "4950" }]);
  });
});
