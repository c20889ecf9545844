import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { priorities } from "../db/sql/dirty-objects";
import { type Harness, harness } from "../testing/harness";
import { until } from "../testing/until";
import { classify, MissingParent } from "./failures";
import { type Handler, handlers } from "./handlers";
import { markForRefresh } from "./objects";
import { surviveStrayRejections } from "./stray";
import { startWorker, type Worker, type WorkerOptions } from "./work";

let h: Harness;
const workers: Worker[] = [];
const nothing = async () => undefined;

beforeAll(async () => {
  h = await harness();
  await h.quiet();
  await h.webhooks.worker.stop();
});
afterAll(() => h.close());
beforeEach(() => h.pool.query("TRUNCATE dirty_object"));
afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.stop())));

/** A worker that knows some kinds of objects of our own making, beside the real ones. */
function start(own: Record<string, Handler>, options: WorkerOptions = {}): Worker {
  const tables = { own: { ...handlers, ...own }, connected: {} };
  const worker = startWorker(h.billing, { pollMs: 10, backoffMs: 5, tables, ...options });
  workers.push(worker);
  return worker;
}
const row = async (objectId: string) =>
  (await h.pool.query("SELECT * FROM dirty_object WHERE object_id = $1", [objectId])).rows[0];
const dead = (objectId: string) =>
  until(
    `${objectId} to be given up`,
    async () => (await row(objectId)).dead_at !== null && (await row(objectId)),
  );
const errorsAbout = (objectId: string) =>
  h.log.entries.filter(({ level, fields }) => level === "error" && fields.objectId === objectId);

describe("F10: an object that always fails", () => {
  it("is dead after fifteen tries with one alert, and holds up nobody", async () => {
    let tries = 0;
    const poison: Handler = async () => {
      tries++;
      throw new Error(`failure ${tries}`);
    };
    const applied: string[] = [];
    const good: Handler = async (_billing, id) => async () => void applied.push(id);
    await markForRefresh(h.pool, "poison", "bad_1");
    for (let index = 0; index < 100; index++) await markForRefresh(h.pool, "good", `good_${index}`);
    start({ poison, good }, { backoffMs: 0.01 });
    await until("the good ones", () => new Set(applied).size === 100);
    expect(await dead("bad_1")).toMatchObject({
      dead_reason: "error",
      first_error: "Error: failure 1",
      last_error: "Error: failure 15",
      due_at: null,
    });
    expect(tries).toBe(15);
    expect(errorsAbout("bad_1")).toHaveLength(1);
  });

  it("works again with the next event about it, because that reads it anew", async () => {
    let broken = true;
    const healing: Handler = async () => {
      if (broken) throw new RangeError("no such field");
      return nothing;
    };
    await markForRefresh(h.pool, "healing", "obj_1");
    const worker = start({ healing });
    expect(await dead("obj_1")).toMatchObject({ dead_reason: "not_mappable", attempts: 1 });
    broken = false;
    for (let event = 0; event < 10; event++) await markForRefresh(h.pool, "healing", "obj_1");
    await worker.idle();
    expect(await row("obj_1")).toMatchObject({
      done_seq: "11",
      dead_at: null,
      dead_reason: null,
      first_error: null,
      last_failed_at: null,
    });
  });
});

describe("F19: a handler that misbehaves", () => {
  it.each([
    ["a text", "boom", "thrown: 'boom'"],
    ["nothing", undefined, "thrown: undefined"],
    ["what has no words", Object.create(null), "thrown: [Object: null prototype] {}"],
    ["half a character", "\ud800\0", "thrown: "],
  ])("by throwing %s has failed once", async (_case, thrown, told) => {
    let tries = 0;
    const odd: Handler = async () => {
      if (tries++ === 0) throw thrown;
      return nothing;
    };
    await markForRefresh(h.pool, "odd", "odd_1");
    const worker = start({ odd }, { backoffMs: 60_000 });
    await until("the failure", async () => (await row("odd_1")).last_error !== null);
    expect(await row("odd_1")).toMatchObject({ attempts: 1, last_error: expect.stringContaining(told) });
    await h.pool.query("UPDATE dirty_object SET due_at = now()");
    await worker.idle();
    expect(await row("odd_1")).toMatchObject({ done_seq: "1", attempts: 0 });
  });

  it("by forgetting a promise that is rejected has failed once, and the process lives", async () => {
    const others = process.rawListeners("unhandledRejection") as (() => void)[];
    process.removeAllListeners("unhandledRejection");
    const forget = surviveStrayRejections(h.log);
    let tries = 0;
    const forgetful: Handler = async () => {
      if (tries++ === 0) void Promise.reject(new Error("nobody waited"));
      return nothing;
    };
    const calm: Handler = async () => nothing;
    try {
      await markForRefresh(h.pool, "forgetful", "forgot_1");
      await markForRefresh(h.pool, "calm", "calm_1");
      const worker = start({ forgetful, calm }, { backoffMs: 60_000 });
      await until("the failure", async () => (await row("forgot_1")).last_error !== null);
      expect(await row("forgot_1")).toMatchObject({
        attempts: 1,
        last_error: expect.stringContaining("nobody waited"),
      });
      await h.pool.query("UPDATE dirty_object SET due_at = now() WHERE object_id = 'forgot_1'");
      await worker.idle();
      expect(await row("forgot_1")).toMatchObject({ done_seq: "1" });
      expect(await row("calm_1")).toMatchObject({ done_seq: "1", first_failed_at: null });
    } finally {
      forget();
      for (const listener of others) process.on("unhandledRejection", listener);
    }
  });
});

describe("C05: an object whose parent is not there", () => {
  it("waits a short while each time, and is dead after ten", async () => {
    let tries = 0;
    const orphan: Handler = async () => {
      tries++;
      throw new MissingParent("customer cus_unknown is not here yet");
    };
    await markForRefresh(h.pool, "orphan", "orphan_1");
    start({ orphan });
    expect(await dead("orphan_1")).toMatchObject({ dead_reason: "missing_parent", attempts: 10 });
    expect(tries).toBe(10);
  });

  it("is not taken for one that is gone when Stripe does not have the parent", async () => {
    const child: Handler = async ({ stripe }) => {
      await stripe.customers.retrieve("cus_never_was");
      return nothing;
    };
    await markForRefresh(h.pool, "child", "child_1");
    start({ child }, { backoffMs: 60_000 });
    await until("the failure", async () => (await row("child_1")).last_error !== null);
    expect(await row("child_1")).toMatchObject({
      done_seq: "0",
      last_error: expect.stringContaining("cus_never"),
    });
  });
});

describe("C17: two transactions in each other's way", () => {
  it("are tried again at once with what was read, and nobody counts it", async () => {
    let reads = 0;
    let deadlocks = 2;
    const victim: Handler = async () => {
      reads++;
      return async () => {
        if (deadlocks-- > 0) throw Object.assign(new Error("deadlock detected"), { code: "40P01" });
      };
    };
    await markForRefresh(h.pool, "victim", "victim_1");
    await start({ victim }).idle();
    expect(await row("victim_1")).toMatchObject({ done_seq: "1", first_failed_at: null });
    expect(reads).toBe(1);
  });
});

it("takes what somebody waits for before events, and those before a sweep", async () => {
  const order: string[] = [];
  const noted: Handler = async (_billing, id) => async () => void order.push(id);
  await markForRefresh(h.pool, "noted", "swept", "sweep");
  await markForRefresh(h.pool, "noted", "told");
  await markForRefresh(h.pool, "noted", "awaited", "user");
  await start({ noted }, { concurrency: 1 }).idle();
  expect(order).toEqual(["awaited", "told", "swept"]);
  expect((await row("awaited")).priority).toBe(priorities.event);
});

const withCode = (code: string) => Object.assign(new Error("from the database"), { code });

it.each([
  [withCode("40001"), "transient", "database_conflict"],
  [withCode("P2034"), "transient", "database_conflict"],
  [withCode("55P03"), "transient", "database_conflict"],
  [withCode("23503"), "missing_parent", "missing_parent"],
  [withCode("22P05"), "permanent", "not_storable"],
  [withCode("23514"), "permanent", "not_storable"],
  [withCode("57P01"), "transient", "database_unavailable"],
  [withCode("ECONNREFUSED"), "transient", "database_unavailable"],
  [new TypeError("x is undefined"), "permanent", "not_mappable"],
  [new Error("who knows"), "transient", "error"],
  [7, "transient", "thrown_value"],
])("%s is %s: %s", (error, kind, reason) => {
  expect(classify(error)).toEqual({ kind, reason });
});
