import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { claimDue } from "../db/sql/dirty-objects";
import { fault } from "../testing/faults";
import { type Harness, harness } from "../testing/harness";
import { deliver, event, secret, sign } from "../testing/signed-event";
import { until } from "../testing/until";
import { type Handler, handlers } from "./handlers";
import { markForRefresh } from "./objects";
import { processClaim } from "./process";
import { createReceiver } from "./receive";
import { refreshNow } from "./refresh-now";
import { startWorker, type Worker, type WorkerOptions } from "./work";

let h: Harness;
const workers: Worker[] = [];
const minute = 60_000;

beforeAll(async () => {
  h = await harness();
  await h.quiet();
  await h.webhooks.worker.stop();
});
afterAll(() => h.close());
beforeEach(() => h.pool.query("TRUNCATE dirty_object"));
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

/** The clock of this process, and of no other: timers go on as they do. */
const shiftClock = (ms: number) => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });

function start(handler: Handler, options: WorkerOptions = {}): Worker {
  const tables = { own: { ...handlers, probe: handler }, connected: {} };
  const worker = startWorker(h.billing, { pollMs: 10, backoffMs: 10, tables, ...options });
  workers.push(worker);
  return worker;
}
const row = async (objectId: string) =>
  (await h.pool.query("SELECT * FROM dirty_object WHERE object_id = $1", [objectId])).rows[0];
const gate = () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
};

describe("T05: workers whose clocks are ten minutes off", () => {
  it.each([10 * minute, -10 * minute])("by %i ms take nothing that another is at", async (shift) => {
    const { opened, open } = gate();
    let runs = 0;
    const slow: Handler = async () => {
      runs++;
      await opened;
      return async () => undefined;
    };
    await markForRefresh(h.pool, "probe", "busy_1");
    start(slow);
    await until("the first to be at it", () => runs === 1);
    shiftClock(shift);
    const other = start(slow);
    await markForRefresh(h.pool, "probe", "next_1");
    await until("the other to be at the next", () => runs === 2);
    open();
    await other.idle();
    expect(runs).toBe(2);
    expect(await row("busy_1")).toMatchObject({ done_seq: "1" });
  });

  it.each([10 * minute, -10 * minute])(
    "by %i ms start nothing before its time, and nothing late",
    async (shift) => {
      let startedAt = 0;
      const noted: Handler = async () => {
        startedAt = performance.now();
        return async () => undefined;
      };
      await markForRefresh(h.pool, "probe", "later_1");
      await h.pool.query("UPDATE dirty_object SET due_at = now() + interval '700 ms'");
      const markedAt = performance.now();
      shiftClock(shift);
      start(noted);
      await until("it to be started", () => startedAt > 0);
      expect(startedAt - markedAt).toBeGreaterThan(600);
      expect(startedAt - markedAt).toBeLessThan(3_000);
    },
  );
});

it("T06: a clock that jumps back an hour during the work disturbs neither leases nor retries", async () => {
  let tries = 0;
  const flaky: Handler = async () => {
    if (tries++ === 0) {
      shiftClock(-60 * minute);
      throw new Error("for now");
    }
    return async () => undefined;
  };
  await markForRefresh(h.pool, "probe", "back_1");
  const worker = start(flaky);
  await until("it to be applied", async () => (await row("back_1")).done_seq === "1");
  await worker.idle();
  const { dirty_since: since, applied_at: applied } = await row("back_1");
  expect(applied.getTime()).toBeGreaterThanOrEqual(since.getTime());
});

describe("a receiver", () => {
  const endpoint = {
    id: "main",
    secrets: [secret],
    accounts: "own",
    livemode: false,
    apiVersion: "2026-10-28.endive",
  } as const;
  const receiver = () => createReceiver({ pool: h.pool, log: h.log, endpoints: [endpoint] });

  it("T07: whose clock is six minutes ahead says why it refuses, and takes the same events once it is right", async () => {
    const receive = receiver();
    const body = event({ object: { object: "customer", id: "cus_t07" } });
    const header = sign(body);
    shiftClock(6 * minute);
    expect(await deliver(receive, body, header)).toEqual({ status: 400, reason: "bad_timestamp" });
    vi.useRealTimers();
    expect(await deliver(receive, body, sign(body))).toEqual({ status: 200, reason: "received" });
  });

  it("T12: takes an event that is three or fourteen days late, once, and it sets nothing back", async () => {
    const { id } = await h.stripe.customers.create({ name: "Before" });
    const { data } = await h.stripe.events.list({ limit: 1, type: "customer.created" });
    await h.stripe.customers.update(id, { name: "After" });
    await h.sandbox.settled();
    const worker = start(async () => async () => undefined);
    await worker.idle();
    const receive = receiver();
    for (const days of [3, 14]) {
      const late = JSON.stringify({
        ...data[0],
        id: `evt_late_${days}`,
        created: Math.floor(Date.now() / 1000) - days * 86_400,
      });
      expect(await deliver(receive, late)).toMatchObject({ reason: "received" });
      expect(await deliver(receive, late)).toMatchObject({ status: 200, reason: "duplicate" });
      await worker.idle();
      expect(await h.db.customer.findUnique({ where: { stripeCustomerId: id } })).toMatchObject({
        name: "After",
      });
    }
  });
});

it("C15: an older answer that arrives last is not written", async () => {
  const { id } = await h.stripe.customers.create({ name: "Older" });
  await h.sandbox.settled();
  await h.pool.query("TRUNCATE dirty_object");
  await markForRefresh(h.pool, "customer", id);
  const [slow] = await claimDue(h.pool, { token: "slow", leaseMs: 100, limit: 1 });
  if (!slow) throw new Error("nothing was due");
  const asked = h.sandbox.calls().length;
  await fault(h.sandbox, { path: `/v1/customers/${id}`, holdMs: 1_500 });
  const older = processClaim(h.billing, slow, { backoffMs: 10, verifyAfterMs: 60_000 });
  await until("the first to be answered slowly", () => h.sandbox.calls().length > asked);
  await h.stripe.customers.update(id, { name: "Newer" });
  await until("the newer to be written", async () => refreshNow(h.billing, "customer", id));
  expect(await older).toBe("lost");
  expect(await h.db.customer.findUnique({ where: { stripeCustomerId: id } })).toMatchObject({
    name: "Newer",
  });
});

it("keeps its lease while a verb waits for one object", async () => {
  const { id } = await h.stripe.customers.create({ name: "Awaited" });
  await h.sandbox.settled();
  await h.pool.query("TRUNCATE dirty_object");
  await fault(h.sandbox, { path: `/v1/customers/${id}`, latencyMs: 900 });
  const since = Date.now();
  const waiting = refreshNow(h.billing, "customer", id, { leaseMs: 200 });
  await until("it to be claimed", async () => (await row(id))?.lease_token);
  const other = start(async () => async () => undefined);
  expect(await waiting).toBe(true);
  await other.idle();
  const reads = h.sandbox
    .calls()
    .filter((call) => call.method === "GET" && call.path === `/v1/customers/${id}` && call.at >= since);
  expect(reads).toHaveLength(1);
});

it("F17: a worker that is stopped finishes what it can and leaves the rest to others at once", async () => {
  const { opened, open } = gate();
  let started = 0;
  const endless: Handler = async () => {
    started++;
    await opened;
    return async () => undefined;
  };
  for (const id of ["stop_1", "stop_2"]) await markForRefresh(h.pool, "probe", id);
  const worker = start(endless, { graceMs: 100 });
  await until("both to be started", () => started === 2);
  await worker.stop();
  for (const id of ["stop_1", "stop_2"]) {
    expect(await row(id)).toMatchObject({
      lease_token: null,
      attempts: 0,
      done_seq: "0",
      last_failed_at: null,
    });
  }
  await start(async () => async () => undefined).idle();
  expect(await row("stop_1")).toMatchObject({ done_seq: "1" });
  open();
});
