import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Billing } from "../context";
import { openBilling } from "../open-billing";
import { fault } from "../testing/faults";
import { type Harness, harness } from "../testing/harness";
import { until } from "../testing/until";
import { markForRefresh } from "../webhooks/objects";
import { startWorker } from "../webhooks/work";
import { openStripe } from "./client";
import { withPriority } from "./pace";

let h: Harness;
const limit = { account: 40, resource: 20 };
const opened: Billing[] = [];

beforeAll(async () => {
  h = await harness();
  await h.quiet();
  await h.webhooks.worker.stop();
});
afterAll(async () => {
  await Promise.all(opened.map((billing) => billing.close()));
  await h.close();
});
beforeEach(() => h.pool.query("TRUNCATE stripe_budget, dirty_object"));

const client = () => {
  const { secretKey, url } = h.sandbox;
  return openStripe({ secretKey, apiBase: url, maxNetworkRetries: 0, pace: { pool: h.pool, limit } });
};
const customers = async (count: number) => {
  const made = Array.from({ length: count }, (_, index) =>
    h.stripe.customers.create({ name: `Customer ${index}` }),
  );
  return (await Promise.all(made)).map(({ id }) => id);
};
const tokensOf = (tokens: number) =>
  h.pool.query(
    "UPDATE stripe_budget SET tokens = $1, refilled_at = clock_timestamp() WHERE key LIKE '% customers'",
    [tokens],
  );
const readTimes = (path: string, since: number) =>
  h.sandbox
    .calls()
    .filter((call) => call.method === "GET" && call.path.startsWith(path) && call.at >= since)
    .map(({ at }) => at);
const busiestSecond = (times: number[]) =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));

describe("reads of Stripe", () => {
  it("of all processes together keep to the limit of one kind of object", async () => {
    const [id = ""] = await customers(1);
    const pair = [client(), client()];
    const since = Date.now();
    const reads = Array.from({ length: 60 }, (_, index) =>
      withPriority("event", () => pair[index % 2]?.customers.retrieve(id)),
    );
    await Promise.all(reads);
    expect(Date.now() - since).toBeGreaterThan(1_500);
    expect(busiestSecond(readTimes("/v1/customers/", since))).toBeLessThanOrEqual(45);
  });

  it("for somebody who waits go first, and still count", async () => {
    const [id = ""] = await customers(1);
    const stripe = client();
    await stripe.customers.retrieve(id);
    await tokensOf(-40);
    const startedAt = performance.now();
    await stripe.customers.retrieve(id);
    const awaited = performance.now() - startedAt;
    await withPriority("event", () => stripe.customers.retrieve(id));
    expect(awaited).toBeLessThan(1_900);
    expect(performance.now() - startedAt).toBeGreaterThan(1_900);
  });

  it("of a sweep leave half of the budget to others", async () => {
    const [id = ""] = await customers(1);
    const stripe = client();
    await stripe.customers.retrieve(id);
    await tokensOf(-10);
    const since = performance.now();
    await withPriority("sweep", () => stripe.customers.retrieve(id));
    expect(performance.now() - since).toBeGreaterThan(900);
  });

  it("of another account have a budget of their own", async () => {
    const stripe = client();
    const other = openStripe({
      secretKey: h.sandbox.secretKey,
      apiBase: h.sandbox.url,
      account: "acct_other",
      pace: { pool: h.pool, limit },
    });
    await stripe.customers.list({ limit: 1 });
    await other.customers.list({ limit: 1 }).catch(() => undefined);
    const { rows } = await h.pool.query("SELECT key FROM stripe_budget ORDER BY key");
    expect(rows.map(({ key }) => key)).toEqual([
      "acct_other",
      "acct_other customers",
      "own",
      "own customers",
    ]);
  });

  it("are held back everywhere once Stripe says that they are too many", async () => {
    const [id = ""] = await customers(1);
    await fault(h.sandbox, { path: `/v1/customers/${id}`, status: 429, retryAfter: 1 });
    await expect(client().customers.retrieve(id)).rejects.toMatchObject({ statusCode: 429 });
    const startedAt = performance.now();
    await withPriority("event", () => client().customers.retrieve(id));
    expect(performance.now() - startedAt).toBeGreaterThan(800);
  });

  it("go on without the database", async () => {
    const [id = ""] = await customers(1);
    const billing = await openBilling({
      databaseUrl: "postgresql://nobody@127.0.0.1:1/none",
      stripe: { secretKey: h.sandbox.secretKey, apiBase: h.sandbox.url, readLimit: limit },
      browser: h.billing.browser,
      log: h.log,
    });
    opened.push(billing);
    expect(await withPriority("event", () => billing.stripe.customers.retrieve(id))).toMatchObject({ id });
  });
});

it("F07: a storm of 429 kills nothing, slows everybody down, and is over soon after", async () => {
  const ids = await customers(40);
  await h.sandbox.settled();
  const open = () =>
    openBilling({
      databaseUrl: h.databaseUrl,
      connections: 4,
      stripe: { secretKey: h.sandbox.secretKey, apiBase: h.sandbox.url, readLimit: limit },
      browser: h.billing.browser,
      log: h.log,
    });
  const pair = await Promise.all([open(), open()]);
  opened.push(...pair);
  await h.pool.query("TRUNCATE stripe_budget, dirty_object");
  const since = Date.now();
  const stormMs = 3_000;
  await fault(h.sandbox, { path: "/v1/customers/*", status: 429, chance: 0.8, forMs: stormMs, seed: 7 });
  for (const id of ids) await markForRefresh(h.pool, "customer", id);
  const workers = pair.map((billing) => startWorker(billing, { pollMs: 20, backoffMs: 200 }));
  const left = async () =>
    (await h.pool.query("SELECT * FROM dirty_object WHERE done_seq < dirty_seq")).rows as {
      attempts: number;
    }[];
  await until("the storm to end", async () => {
    for (const { attempts } of await left()) expect(attempts).toBeLessThanOrEqual(1);
    return Date.now() - since > stormMs;
  });
  const times = readTimes("/v1/customers/", since);
  expect(busiestSecond(times)).toBeLessThanOrEqual(limit.resource);
  await until("everything to be applied", async () => (await left()).length === 0, 20_000);
  await Promise.all(workers.map((worker) => worker.stop()));
  const { rows } = await h.pool.query(
    "SELECT count(*)::int AS dead FROM dirty_object WHERE dead_at IS NOT NULL",
  );
  expect(rows).toEqual([{ dead: 0 }]);
}, 60_000);
