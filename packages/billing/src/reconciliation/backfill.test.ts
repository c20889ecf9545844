import { afterAll, beforeAll, expect, it } from "vitest";
import { type CustomerSession, type Harness, harness } from "../testing/harness";
import { subscribed } from "../testing/subscribed";
import { pollEvents } from "./poll-events";
import { requestSweep, workOnRun } from "./run";
import { mirrorTables } from "./tables";

let h: Harness;
let session: CustomerSession;

beforeAll(async () => {
  h = await harness();
  session = await subscribed(h);
  // The catalogue was made before anybody listened.
  await backfill();
});
afterAll(() => h.close());

const children = Object.values(mirrorTables).flatMap(({ main, parts }) => [...parts, main]);

/** What cannot be told from Stripe: which of ours a customer is, and what we did ourselves. */
async function everything(): Promise<Record<string, unknown>> {
  const rows: Record<string, unknown> = {};
  for (const { table } of children) {
    if (table === "customer") continue;
    const found = await h.pool.query(`SELECT to_jsonb(t) - 'synced_at' AS row FROM "${table}" t ORDER BY id`);
    rows[table] = found.rows;
  }
  return rows;
}

async function empty(): Promise<void> {
  const tables = children.map(({ table }) => table).filter((table) => table !== "customer");
  await h.pool.query(
    `TRUNCATE ${[...new Set(tables)].map((table) => `"${table}"`).join(", ")}, dirty_object CASCADE`,
  );
}

const backfill = async () => {
  const runId = await requestSweep(h.billing, { kind: "backfill", repairs: true, requestedBy: "test" });
  await workOnRun(h.billing, () => false);
  await h.quiet();
  return h.db.reconcileRun.findUniqueOrThrow({ where: { id: runId }, include: { progress: true } });
};

it("S4: rebuilds the mirror from Stripe alone, without repeating an effect", async () => {
  const truth = await everything();
  const effects = await h.db.effect.count();
  await empty();
  const run = await backfill();
  expect(run).toMatchObject({ state: "done", error: null });
  expect(run.progress.every(({ finishedAt }) => finishedAt !== null)).toBe(true);
  expect(await everything()).toEqual(truth);
  expect(await h.db.effect.count()).toBe(effects);
  expect(await h.db.moneyOperation.count({ where: { state: { not: "succeeded" } } })).toBe(0);
});

it("fills gaps and leaves alone what is here", async () => {
  const [invoice] = await h.db.invoice.findMany();
  await h.pool.query("UPDATE invoice SET number = 'newer than the page' WHERE id = $1", [invoice?.id]);
  await backfill();
  const after = await h.db.invoice.findFirst({ where: { id: invoice?.id } });
  expect(after?.number).toBe("newer than the page");
  await h.pool.query("UPDATE invoice SET number = $2 WHERE id = $1", [invoice?.id, invoice?.number]);
});

it("keeps an account that was never ours to begin with", async () => {
  const customer = await h.stripe.customers.create({ name: "From before", email: "before@customer.example" });
  const price = await h.db.price.findFirstOrThrow({
    where: { planId: "starter", currency: "usd", active: true },
  });
  await h.stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await h.stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    trial_period_days: 7,
  });
  await h.quiet();
  const truth = await everything();
  await empty();
  await h.pool.query("DELETE FROM customer WHERE stripe_customer_id = $1", [customer.id]);
  await backfill();
  const row = await h.db.customer.findFirstOrThrow({ where: { stripeCustomerId: customer.id } });
  expect(row).toMatchObject({ name: "From before", email: "before@customer.example" });
  expect(await h.db.subscription.findMany({ where: { customerId: row.id } })).toMatchObject([
    { status: "trialing" },
  ]);
  expect(Object.keys(truth).length).toBeGreaterThan(10);
});

it("D01: finds each event that was never delivered, and stores it once", async () => {
  await pollEvents(h.billing);
  await h.quiet();
  expect(await pollEvents(h.billing)).toMatchObject({ found: 0, outOfReachSince: null });
  h.sandbox.deliveryMode(["drop"]);
  const stripeCustomer = await h.stripe.customers.create({
    name: "Quiet",
    metadata: { customer_id: session.customerId },
  });
  await h.stripe.customers.update(stripeCustomer.id, { name: "Quieter" });
  await h.sandbox.settled();
  h.sandbox.deliveryMode([]);
  const polled = await pollEvents(h.billing);
  expect(polled.found).toBe(2);
  const stored = await h.db.webhookEvent.findMany({ where: { objectId: stripeCustomer.id } });
  expect(stored.map(({ source, status }) => ({ source, status }))).toEqual([
    { source: "poll", status: "received" },
    { source: "poll", status: "received" },
  ]);
  expect(await pollEvents(h.billing)).toMatchObject({ found: 0 });
});
