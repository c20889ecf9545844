import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { claimDue } from "../db/sql/dirty-objects";
import { openStripe } from "../stripe/client";
import { type Harness, harness } from "../testing/harness";
import { until } from "../testing/until";
import { markForRefresh, ownObject } from "./objects";
import { processClaim } from "./process";
import { refreshNow } from "./refresh-now";
import { startWorker, type Worker, type WorkerOptions } from "./work";

let h: Harness;
const workers: Worker[] = [];
const quick = { pollMs: 20, backoffMs: 20 };

beforeAll(async () => {
  h = await harness();
  await h.quiet();
  await h.webhooks.worker.stop();
});
afterAll(() => h.close());
beforeEach(() => h.pool.query("TRUNCATE dirty_object"));
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  await quietDeliveries();
});

const start = (options: WorkerOptions = {}) => {
  const worker = startWorker(h.billing, { ...quick, ...options });
  workers.push(worker);
  return worker;
};
const quietDeliveries = () => h.sandbox.settled();
const dirtyRow = async (objectId: string) =>
  (await h.pool.query("SELECT * FROM dirty_object WHERE object_id = $1", [objectId])).rows[0];
const gets = (path: string, since = 0) =>
  h.sandbox.calls().filter((call) => call.method === "GET" && call.path === path && call.at >= since);
const newStripeCustomer = async (name = "Ada") => {
  const customer = await h.stripe.customers.create({ name, email: "ada@customer.example" });
  await quietDeliveries();
  await h.pool.query("TRUNCATE dirty_object");
  return customer.id;
};
const mirrored = (stripeCustomerId: string) => h.db.customer.findUnique({ where: { stripeCustomerId } });

async function fault(fields: object): Promise<void> {
  await fetch(`${h.sandbox.url}/_sandbox/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ method: "GET", times: 1, ...fields }),
  });
}

describe("a dirty object", () => {
  it("is read once for a burst of events, and written as Stripe has it", async () => {
    const id = await newStripeCustomer("Ada");
    const since = Date.now();
    for (let count = 0; count < 10; count++) await markForRefresh(h.pool, "customer", id);
    await start().idle();
    expect(await mirrored(id)).toMatchObject({ name: "Ada", email: "ada@customer.example" });
    expect(gets(`/v1/customers/${id}`, since)).toHaveLength(1);
    expect(await dirtyRow(id)).toMatchObject({
      dirty_seq: "10",
      done_seq: "10",
      lease_token: null,
      attempts: 0,
    });
  });

  it("is looked at once more after a while, and then left alone", async () => {
    const id = await newStripeCustomer();
    await markForRefresh(h.pool, "customer", id);
    await start({ verifyAfterMs: 60_000 }).idle();
    const { due_at: dueAt } = await dirtyRow(id);
    expect(dueAt.getTime() - Date.now()).toBeGreaterThan(50_000);
    await h.pool.query("UPDATE dirty_object SET due_at = now()");
    await until("the second look", async () => (await dirtyRow(id)).due_at === null);
  });

  it("stays dirty when news came while it was read", async () => {
    const id = await newStripeCustomer();
    await markForRefresh(h.pool, "customer", id);
    const [claim] = await claimDue(h.pool, { token: "mine", leaseMs: 30_000, limit: 1 });
    if (!claim) throw new Error("nothing was due");
    await markForRefresh(h.pool, "customer", id);
    await processClaim(h.billing, claim, { backoffMs: 20, verifyAfterMs: 60_000 });
    expect(await dirtyRow(id)).toMatchObject({ dirty_seq: "2", done_seq: "1" });
    const since = Date.now();
    await start().idle();
    expect(await dirtyRow(id)).toMatchObject({ dirty_seq: "2", done_seq: "2" });
    expect(gets(`/v1/customers/${id}`, since)).toHaveLength(1);
  });

  it("that is gone at Stripe is done with", async () => {
    await markForRefresh(h.pool, "invoice", "in_never_was");
    await start().idle();
    expect(await dirtyRow("in_never_was")).toMatchObject({ done_seq: "1", dead_at: null });
  });

  it("whose customer was deleted closes that customer", async () => {
    const session = await h.asCustomer();
    await session.caller.subscriptions.create({
      operationId: crypto.randomUUID(),
      planId: "free",
      interval: "month",
      currency: "usd",
    });
    const { stripeCustomerId } = await h.db.customer.findUniqueOrThrow({ where: { id: session.customerId } });
    await h.stripe.customers.del(stripeCustomerId ?? "");
    await quietDeliveries();
    await start().idle();
    expect((await mirrored(stripeCustomerId ?? ""))?.deletedAt).toBeInstanceOf(Date);
    expect(await session.caller.subscriptions.current()).toMatchObject({ status: "canceled" });
    await expect(
      session.caller.subscriptions.create({
        operationId: crypto.randomUUID(),
        planId: "free",
        interval: "month",
        currency: "usd",
      }),
    ).rejects.toMatchObject({ cause: { reason: "customer_closed" } });
  });

  it("that is a detached card is no longer offered", async () => {
    const customer = await newStripeCustomer();
    const method = await h.stripe.paymentMethods.attach("pm_card_visa", { customer });
    await quietDeliveries();
    await start().idle();
    expect(await h.db.paymentMethod.findFirst({ where: { id: method.id } })).toMatchObject({
      detachedAt: null,
    });
    await h.stripe.paymentMethods.detach(method.id);
    await quietDeliveries();
    await workers[0]?.idle();
    expect((await h.db.paymentMethod.findFirst({ where: { id: method.id } }))?.detachedAt).toBeInstanceOf(
      Date,
    );
  });
});

describe("two workers", () => {
  it("never have one object at once", async () => {
    const ids = await Promise.all(
      Array.from({ length: 4 }, (_, index) => newStripeCustomer(`Customer ${index}`)),
    );
    let running: string[] = [];
    let overlaps = 0;
    const watched = openStripe({ secretKey: h.sandbox.secretKey, apiBase: h.sandbox.url });
    const original = watched.customers.retrieve.bind(watched.customers);
    const retrieve = async (id: string) => {
      if (running.includes(id)) overlaps++;
      running.push(id);
      try {
        return await original(id);
      } finally {
        running = running.filter((other) => other !== id);
      }
    };
    Object.assign(watched.customers, { retrieve });
    const pair = [1, 2].map(() =>
      startWorker({ ...h.billing, stripe: watched }, { ...quick, verifyAfterMs: 0 }),
    );
    workers.push(...pair);
    for (let round = 0; round < 25; round++) {
      await Promise.all(ids.map((id) => markForRefresh(h.pool, "customer", id)));
    }
    await Promise.all(pair.map((worker) => worker.idle()));
    expect(overlaps).toBe(0);
    for (const id of ids) expect(await dirtyRow(id)).toMatchObject({ dirty_seq: "25", done_seq: "25" });
  });

  it("one of which died: the other takes over when the lease has ended, and the dead one can no longer write", async () => {
    const id = await newStripeCustomer("Before");
    await markForRefresh(h.pool, "customer", id);
    const [stale] = await claimDue(h.pool, { token: "dead", leaseMs: 150, limit: 1 });
    if (!stale) throw new Error("nothing was due");
    await start().idle();
    expect(await mirrored(id)).toMatchObject({ name: "Before" });
    await h.pool.query("UPDATE customer SET name = 'Untouched' WHERE stripe_customer_id = $1", [id]);
    await processClaim(h.billing, stale, { backoffMs: 20, verifyAfterMs: 60_000 });
    expect(await mirrored(id)).toMatchObject({ name: "Untouched" });
    expect(await dirtyRow(id)).toMatchObject({ done_seq: "1", last_error: null });
  });

  it("agree on a price too: who has lost the lease cannot write it", async () => {
    const { id } = await h.db.price.findFirstOrThrow({ where: { lookupKey: { not: null } } });
    await markForRefresh(h.pool, "price", id);
    const [stale] = await claimDue(h.pool, { token: "dead", leaseMs: 30_000, limit: 1 });
    if (!stale) throw new Error("nothing was due");
    await h.pool.query("UPDATE dirty_object SET lease_token = 'another'");
    await h.db.price.update({ where: { id }, data: { unitAmount: 1n } });
    await processClaim(h.billing, stale, { backoffMs: 20, verifyAfterMs: 60_000 });
    expect(await h.db.price.findUniqueOrThrow({ where: { id } })).toMatchObject({ unitAmount: 1n });
    await h.pool.query("UPDATE dirty_object SET lease_token = NULL, lease_until = NULL");
    await start().idle();
    expect((await h.db.price.findUniqueOrThrow({ where: { id } })).unitAmount).not.toBe(1n);
  });

  it("leave an object to who holds it while the heart beats", async () => {
    const id = await newStripeCustomer();
    await fault({ path: `/v1/customers/${id}`, latencyMs: 700 });
    await markForRefresh(h.pool, "customer", id);
    const since = Date.now();
    const pair = [start({ leaseMs: 300 }), start({ leaseMs: 300 })];
    await Promise.all(pair.map((worker) => worker.idle()));
    expect(gets(`/v1/customers/${id}`, since)).toHaveLength(1);
    expect(await dirtyRow(id)).toMatchObject({ done_seq: "1" });
  });
});

describe("a failure", () => {
  it("is tried again later and forgotten when it works", async () => {
    const id = await newStripeCustomer();
    await fault({ path: `/v1/customers/${id}`, status: 503, times: 4 });
    await markForRefresh(h.pool, "customer", id);
    await start();
    await until("the customer", () => mirrored(id));
    expect(await dirtyRow(id)).toMatchObject({ attempts: 0, last_error: null, dead_at: null });
  });

  it("that lasts is given up after fifteen tries, and news revives it", async () => {
    const id = await newStripeCustomer();
    await markForRefresh(h.pool, "customer", id);
    await h.pool.query("UPDATE dirty_object SET attempts = 14");
    await fault({ path: `/v1/customers/${id}`, status: 500, times: 3 });
    const worker = start();
    await until("the object to be given up", async () => (await dirtyRow(id)).dead_at !== null);
    expect(await dirtyRow(id)).toMatchObject({
      due_at: null,
      last_error: expect.stringContaining("Injected fault 500"),
    });
    expect(await mirrored(id)).toBeNull();
    await markForRefresh(h.pool, "customer", id);
    await worker.idle();
    expect(await mirrored(id)).not.toBeNull();
    expect(await dirtyRow(id)).toMatchObject({ dead_at: null, attempts: 0 });
  });

  it("of the last try gives nothing up when there was news meanwhile", async () => {
    const id = await newStripeCustomer();
    await markForRefresh(h.pool, "customer", id);
    await h.pool.query("UPDATE dirty_object SET attempts = 14");
    const [claim] = await claimDue(h.pool, { token: "mine", leaseMs: 30_000, limit: 1 });
    if (!claim) throw new Error("nothing was due");
    await fault({ path: `/v1/customers/${id}`, status: 500, times: 3 });
    await markForRefresh(h.pool, "customer", id);
    await processClaim(h.billing, claim, { backoffMs: 60_000, verifyAfterMs: 60_000 });
    expect(await dirtyRow(id)).toMatchObject({ dead_at: null, attempts: 0, dirty_seq: "2" });
    await start().idle();
    expect(await mirrored(id)).not.toBeNull();
  });

  it("that takes the process with it is given up too", async () => {
    const id = await newStripeCustomer();
    await markForRefresh(h.pool, "customer", id);
    await h.pool.query("UPDATE dirty_object SET attempts = 15");
    const since = Date.now();
    start();
    await until("the object to be given up", async () => (await dirtyRow(id)).dead_at !== null);
    expect(gets(`/v1/customers/${id}`, since)).toEqual([]);
    expect((await dirtyRow(id)).last_error).toContain("did not live");
  });

  it("of one object holds up no other", async () => {
    const bad = await newStripeCustomer();
    const good = await newStripeCustomer();
    await fault({ path: `/v1/customers/${bad}`, status: 500, times: 30 });
    await markForRefresh(h.pool, "customer", bad);
    await markForRefresh(h.pool, "customer", good);
    start({ concurrency: 1, backoffMs: 10_000 });
    await until("the other customer", () => mirrored(good));
    expect(await mirrored(bad)).toBeNull();
  });

  it("because of too many requests does not count", async () => {
    const id = await newStripeCustomer();
    await fault({ path: `/v1/customers/${id}`, status: 429 });
    await markForRefresh(h.pool, "customer", id);
    const [claim] = await claimDue(h.pool, { token: "mine", leaseMs: 30_000, limit: 1 });
    if (!claim) throw new Error("nothing was due");
    await processClaim(h.billing, claim, { backoffMs: 20, verifyAfterMs: 60_000 });
    expect(await dirtyRow(id)).toMatchObject({ attempts: 0, done_seq: "0", lease_token: null });
  });

  it("that no waiting would cure is given up at once", async () => {
    await h.pool.query(
      "INSERT INTO dirty_object (account_id, object_type, object_id) VALUES ('own', 'mystery', 'my_1')",
    );
    start();
    await until("the object to be given up", async () => (await dirtyRow("my_1")).dead_at !== null);
    expect((await dirtyRow("my_1")).last_error).toContain("mystery");
  });
});

it("wakes up by notification, long before it would poll", async () => {
  const id = await newStripeCustomer();
  start({ pollMs: 60_000 });
  await until("the worker to sleep", async () => {
    const { rows } = await h.pool.query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'",
    );
    return rows.length > 0;
  });
  await h.stripe.customers.update(id, { name: "Grace" });
  await until("the new name", async () => (await mirrored(id))?.name === "Grace", 5_000);
});

it("refreshes one object now, for a verb that cannot wait", async () => {
  const id = await newStripeCustomer();
  expect(await refreshNow(h.billing, "customer", id)).toBe(true);
  expect(await mirrored(id)).not.toBeNull();
  expect(await dirtyRow(id)).toMatchObject({
    object_type: ownObject("customer", id).objectType,
    done_seq: "1",
  });
});
