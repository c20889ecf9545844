import { afterAll, beforeAll, expect, test } from "vitest";
import type { MemberActor } from "../context";
import { createMemberLogin } from "../members/create-member-login";
import { createStaff } from "../staff/create-staff";
import { type BareBilling, bareBilling } from "../testing/bare-billing";
import { testLog } from "../testing/test-log";
import { until } from "../testing/until";
import { allChanges, customerChanges } from "./changes";
import { everythingChanged, type Listener } from "./feed";
import { listenForChanges } from "./listen";
import { notifyChange } from "./notify";
import { type Change, liveNouns } from "./schemas";

let billing: BareBilling;
let member: MemberActor;

beforeAll(async () => {
  billing = await bareBilling();
  member = await createMemberLogin(billing, {
    name: "Ada",
    email: "ada@example.com",
    password: "long enough",
    company: "Ada Ltd",
  });
});
afterAll(() => billing.close());

const request = { requestId: "req", ip: null };
const invoices = (customerId: string): Change => ({ customerId, nouns: ["invoices"] });

/** Collects what a browser would be told, until stopped. */
function watch(start: (signal: AbortSignal) => AsyncIterable<readonly [string, Change, ...unknown[]]>) {
  const abort = new AbortController();
  const seen: Change[] = [];
  const ended = (async () => {
    for await (const [, change] of start(abort.signal)) seen.push(change);
  })();
  const stop = () => {
    abort.abort();
    return ended;
  };
  return { seen, stop };
}

const watchAsCustomer = (lastEventId?: string) =>
  watch((signal) => customerChanges({ ...billing, ...request, actor: member }, { lastEventId }, signal));

test("a commit is heard once, a rollback never", async () => {
  const seen: Change[] = [];
  const stop = await billing.changes.subscribe((change) => seen.push(change));
  await billing.db
    .$transaction(async (tx) => {
      await notifyChange(tx, invoices("rolled-back"));
      throw new Error("undone");
    })
    .catch(() => undefined);
  await billing.db.$transaction((tx) => notifyChange(tx, invoices("a")));
  const client = await billing.pool.connect();
  await notifyChange(client, invoices("b"));
  client.release();
  await until("the second change", () => seen.length === 2);
  expect(seen).toEqual([invoices("a"), invoices("b")]);
  stop();
  await billing.db.$transaction((tx) => notifyChange(tx, invoices("c")));
  expect(seen).toHaveLength(2);
});

test("a customer hears only of itself, staff of everybody", async () => {
  const staff = await createStaff(billing, {
    name: "Sam",
    email: "sam@example.com",
    password: "long enough",
    role: "viewer",
  });
  const mine = watchAsCustomer("before");
  const all = watch((signal) =>
    allChanges({ ...billing, ...request, actor: staff }, { lastEventId: "before" }, signal),
  );
  await until("both are listening", () => mine.seen.length === 1 && all.seen.length === 1);
  await billing.db.$transaction((tx) => notifyChange(tx, invoices("somebody-else")));
  await billing.db.$transaction((tx) => notifyChange(tx, invoices(member.customerId)));
  await until("staff heard both", () => all.seen.length === 3);
  await until("the customer heard one", () => mine.seen.length === 2);
  expect(mine.seen).toEqual([
    { customerId: member.customerId, nouns: [...liveNouns] },
    invoices(member.customerId),
  ]);
  expect(all.seen).toEqual([everythingChanged, invoices("somebody-else"), invoices(member.customerId)]);
  await Promise.all([mine.stop(), all.stop()]);
});

test("a new browser is told when nothing is missed any more; a slow one gets several changes as one", async () => {
  const { customerId } = member;
  const abort = new AbortController();
  const stream = customerChanges({ ...billing, ...request, actor: member }, undefined, abort.signal);
  expect((await stream.next()).value?.[1]).toEqual({ customerId, nouns: [] });
  const probe: Change[] = [];
  const stop = await billing.changes.subscribe((change) => probe.push(change));
  const next = stream.next();
  await billing.db.$transaction((tx) => notifyChange(tx, invoices(customerId)));
  expect((await next).value?.[1]).toEqual(invoices(customerId));
  await billing.db.$transaction(async (tx) => {
    await notifyChange(tx, invoices(customerId));
    await notifyChange(tx, { customerId, nouns: ["refunds", "invoices"] });
  });
  await until("both to be heard", () => probe.length === 3);
  expect((await stream.next()).value?.[1]).toEqual({ customerId, nouns: ["invoices", "refunds"] });
  abort.abort();
  expect((await stream.next()).done).toBe(true);
  stop();
});

test("subscribing while the database is away waits for nothing and hears of its return", async () => {
  const elsewhere = new URL(billing.databaseUrl);
  elsewhere.port = "9";
  const feed = listenForChanges(elsewhere.href, testLog(), {
    firstRetryMs: 5,
    maxRetryMs: 20,
    heartbeatMs: 1000,
  });
  const stop = await feed.subscribe(() => undefined);
  stop();
  await feed.close();
});

test("what cannot be read is logged, and taken for any change: a newer process may have said it", async () => {
  const seen: Change[] = [];
  const stop = await billing.changes.subscribe((change) => seen.push(change));
  const unknown = '{"customerId":"a","nouns":["a noun of tomorrow"]}';
  for (const unread of ["", "{", '{"customerId":1,"nouns":[]}', unknown]) {
    await billing.pool.query("SELECT pg_notify('farebox_changes', $1)", [unread]);
  }
  await billing.db.$transaction((tx) => notifyChange(tx, invoices("good")));
  await until("the good one", () => seen.length === 5);
  expect(seen).toEqual([...Array(4).fill(everythingChanged), invoices("good")]);
  expect(billing.log.entries.filter(({ message }) => message === "a change could not be read")).toHaveLength(
    4,
  );
  stop();
});

test("after a broken connection everything may have changed", async () => {
  const log = testLog();
  const feed = listenForChanges(billing.databaseUrl, log, {
    firstRetryMs: 5,
    maxRetryMs: 20,
    heartbeatMs: 1000,
  });
  const seen: Change[] = [];
  await feed.subscribe((change) => seen.push(change));
  await billing.pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()",
  );
  await until("the feed to come back", () => seen.length === 1);
  expect(seen).toEqual([everythingChanged]);
  expect(log.entries[0]?.message).toBe("live updates are interrupted");
  await billing.db.$transaction((tx) => notifyChange(tx, invoices("later")));
  await until("the next change", () => seen.length === 2);
  await feed.close();
});

test("a browser that reads nothing while many customers change is told that anything may have changed", async () => {
  const actor = {
    kind: "staff",
    id: "slow",
    name: "Slow",
    email: "slow@farebox.example",
    role: "viewer",
  } as const;
  let hear: Listener = () => undefined;
  const changes = {
    subscribe: async (listener: Listener) => {
      hear = listener;
      return () => undefined;
    },
    close: async () => undefined,
  };
  const abort = new AbortController();
  const stream = allChanges({ ...billing, ...request, changes, actor }, undefined, abort.signal);
  await stream.next();
  for (let index = 0; index < 10_000; index++) hear(invoices(`customer-${index}`));
  const told: Change[] = [];
  for (let more = true; more && told.length < 1_000; more = told.at(-1)?.customerId !== "customer-9999") {
    const { value } = await stream.next();
    if (value) told.push(value[1]);
  }
  abort.abort();
  expect(told.length).toBeLessThanOrEqual(200);
  expect(told[0]).toEqual(everythingChanged);
});
