import { createHash } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ReceivedEvent } from "../db/sql/inbox";
import { type BareBilling, bareBilling } from "../testing/bare-billing";
import { until } from "../testing/until";
import { wireProxy } from "../testing/wire-proxy";
import { openInboxWriter } from "./group-commit";
import { openInbox } from "./open-inbox";

let billing: BareBilling;
let pool: pg.Pool;
let store: ReturnType<typeof openInboxWriter>;

beforeAll(async () => {
  billing = await bareBilling();
  pool = new pg.Pool({ connectionString: billing.databaseUrl, max: 5, options: "-c lock_timeout=300" });
});
afterAll(async () => {
  await pool.end();
  await billing.close();
});
beforeEach(async () => {
  await pool.query("TRUNCATE webhook_event, dirty_object");
  store = openInboxWriter(pool);
});

function received(number: number, fields: Partial<ReceivedEvent> = {}): ReceivedEvent {
  const raw = Buffer.from(`{"number":${number},"\u00e9":"\0"}`.repeat(1 + (number % 7)));
  return {
    accountId: "own",
    id: `evt_${number}`,
    endpointId: "main",
    type: "customer.updated",
    apiVersion: null,
    livemode: false,
    status: "received",
    reason: null,
    form: "snapshot",
    source: "webhook",
    raw,
    rawSha256: createHash("sha256").update(raw).digest(),
    createdAt: new Date(1_795_288_969_000 + number),
    object: { accountId: "own", objectType: "customer", objectId: `cus_${number % 10}` },
    ...fields,
  };
}

const count = async (table: string) =>
  (await pool.query(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]?.n as number;

describe("events that come at once", () => {
  it("share statements, and every one is stored as it is", async () => {
    const events = Array.from({ length: 700 }, (_, number) => received(number));
    const answers = await Promise.all(events.map(store));
    expect(answers.every(({ isNew }) => isNew)).toBe(true);
    const { rows } = await pool.query("SELECT * FROM webhook_event ORDER BY created_at");
    expect(rows).toHaveLength(700);
    for (const [number, row] of rows.entries()) {
      const { raw, rawSha256, createdAt } = received(number);
      expect(row.raw.equals(raw) && row.raw_sha256.equals(rawSha256)).toBe(true);
      expect([row.id, row.created_at]).toEqual([`evt_${number}`, createdAt]);
    }
    expect(await count("dirty_object")).toBe(10);
    const { rows: calls } = await pool.query(
      "SELECT max(dirty_seq)::int AS most FROM dirty_object WHERE done_seq = 0",
    );
    expect(calls[0]?.most).toBeLessThan(20);
  });

  it("C01: and are the same: one is new", async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => store(received(1))));
    expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await count("webhook_event")).toBe(1);
  });

  it("and are not for us, mark nothing", async () => {
    const ignored = { status: "ignored", object: null } as const;
    await Promise.all([1, 2, 3, 4].map((number) => store(received(number, ignored))));
    expect([await count("webhook_event"), await count("dirty_object")]).toEqual([4, 0]);
  });

  it("and one of which cannot be stored: the others are", async () => {
    const events = Array.from({ length: 20 }, (_, number) => received(number));
    events[7] = received(7, { createdAt: new Date(-1e15) });
    const answers = await Promise.allSettled(events.map(store));
    expect(answers.flatMap(({ status }, index) => (status === "rejected" ? [index] : []))).toEqual([7]);
    expect(await count("webhook_event")).toBe(19);
  });

  it("and one of which is about an object that somebody holds on to: the others are stored", async () => {
    await store(received(3));
    const holder = await pool.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT 1 FROM dirty_object WHERE object_id = 'cus_3' FOR UPDATE");
    const events = Array.from({ length: 20 }, (_, number) => received(number));
    const answers = await Promise.allSettled(events.slice(4).map(store));
    await holder.query("ROLLBACK");
    holder.release();
    expect(answers.flatMap(({ status }, index) => (status === "rejected" ? [index + 4] : []))).toEqual([13]);
    expect(await count("webhook_event")).toBe(16);
    expect((await store(received(13))).isNew).toBe(true);
  });

  it("C17: two receivers store the same objects in opposite orders without waiting for each other", async () => {
    const other = openInboxWriter(pool);
    const events = Array.from({ length: 600 }, (_, number) => received(number));
    const answers = await Promise.allSettled([
      ...events.map(store),
      ...events.toReversed().map((event) => other({ ...event, id: `${event.id}_other` })),
    ]);
    expect(answers.every(({ status }) => status === "fulfilled")).toBe(true);
    expect(await count("webhook_event")).toBe(1200);
  });
});

it("F08: without a database every event is refused at once, and taken again when it is back", async () => {
  const proxy = await wireProxy(billing.databaseUrl);
  const inbox = openInbox({ databaseUrl: proxy.databaseUrl, endpoints: [], log: billing.log });
  const proxied = new pg.Pool({
    connectionString: proxy.databaseUrl,
    max: 5,
    connectionTimeoutMillis: 2_000,
  });
  proxied.on("error", () => undefined);
  const writer = openInboxWriter(proxied);
  try {
    expect((await writer(received(1))).isNew).toBe(true);
    proxy.down();
    const startedAt = performance.now();
    const lost = await Promise.allSettled(
      Array.from({ length: 200 }, (_, number) => writer(received(number))),
    );
    expect(lost.every(({ status }) => status === "rejected")).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(await inbox.unreadyReason()).toMatch(/database/);
    expect(await count("webhook_event")).toBe(1);
    proxy.up();
    const again = await Promise.all(Array.from({ length: 200 }, (_, number) => writer(received(number))));
    expect(again.filter(({ isNew }) => isNew)).toHaveLength(199);
    await until("to be ready", async () => (await inbox.unreadyReason()) === null);
  } finally {
    await Promise.all([proxied.end(), inbox.close()]);
    await proxy.close();
  }
});
