import { afterAll, beforeAll, expect, test } from "vitest";
import { createStaff } from "../staff/create-staff";
import { type BareBilling, bareBilling } from "../testing/bare-billing";
import { until } from "../testing/until";
import type { StaffCtx } from "../trpc/procedures";
import { allChanges } from "./changes";
import { everythingChanged } from "./feed";
import { notifyChange } from "./notify";
import { openStreams, streamsEach } from "./seats";

let billing: BareBilling;
let ctx: StaffCtx;

beforeAll(async () => {
  billing = await bareBilling();
  const actor = await createStaff(billing, {
    name: "Sam",
    email: "sam@farebox.example",
    password: "long enough",
    role: "viewer",
  });
  ctx = { ...billing, requestId: "req", ip: null, actor };
});
afterAll(() => billing.close());

const changed = (customerId: string) =>
  billing.db.$transaction((tx) => notifyChange(tx, { customerId, nouns: ["invoices"] }));

function open(lastEventId?: string) {
  const abort = new AbortController();
  return { stream: allChanges(ctx, { lastEventId }, abort.signal), abort };
}

test("who comes back with the id of what was seen last is told to ask for everything that changed meanwhile", async () => {
  const before = open();
  const hello = await before.stream.next();
  const next = before.stream.next();
  await changed("seen");
  const seen = (await next).value;
  expect([hello.value?.[1].nouns, seen?.[1].customerId]).toEqual([[], "seen"]);
  before.abort.abort();
  await before.stream.next();
  const heard: string[] = [];
  const stop = await billing.changes.subscribe(({ customerId }) => heard.push(customerId));
  await changed("missed");
  await until("it has gone by", () => heard.includes("missed"));
  stop();

  const after = open(seen?.[0]);
  expect((await after.stream.next()).value?.[1]).toEqual(everythingChanged);
  const then = after.stream.next();
  await changed("heard");
  expect((await then).value?.[1]).toEqual({ customerId: "heard", nouns: ["invoices"] });
  after.abort.abort();
  await after.stream.next();
});

test("every event has an id of its own, so that the one to come back with is the last", async () => {
  const { stream, abort } = open();
  const ids = [(await stream.next()).value?.[0]];
  for (const customer of ["a", "b", "c"]) {
    const next = stream.next();
    await changed(customer);
    ids.push((await next).value?.[0]);
  }
  expect(new Set(ids).size).toBe(4);
  abort.abort();
  await stream.next();
});

test("one person has so many streams and no more, and room again when one ends", async () => {
  const streams = Array.from({ length: streamsEach }, () => open());
  for (const { stream } of streams) await stream.next();
  expect(openStreams(billing.changes)).toBe(streamsEach);
  await expect(open().stream.next()).rejects.toMatchObject({ reason: "too_many_streams" });
  const other = { ...ctx, actor: { ...ctx.actor, id: "somebody else" } };
  const abort = new AbortController();
  const elsewhere = allChanges(other, undefined, abort.signal);
  expect((await elsewhere.next()).done).toBe(false);
  abort.abort();
  await elsewhere.next();

  const [first] = streams.splice(0, 1);
  first?.abort.abort();
  await first?.stream.next();
  const again = open();
  expect((await again.stream.next()).done).toBe(false);
  for (const { stream, abort: end } of [...streams, again]) {
    end.abort();
    await stream.next();
  }
  await until("no seat is taken", () => openStreams(billing.changes) === 0);
});
