import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Billing } from "../context";
import { claimDue, claimOne, type ObjectKey } from "../db/sql/dirty-objects";
import { openBilling } from "../open-billing";
import { paidSubscription } from "../testing/builders";
import { type CustomerSession, type Harness, harness } from "../testing/harness";
import { deliver, event, secret } from "../testing/signed-event";
import { testLog } from "../testing/test-log";
import { type Cut, type WireProxy, wireProxy } from "../testing/wire-proxy";
import { markForRefresh } from "./objects";
import { processClaim } from "./process";
import { createReceiver, type Receiver } from "./receive";

const options = { backoffMs: 0, verifyAfterMs: 60_000 };
const lease = { leaseMs: 30_000 };

let h: Harness;
let proxy: WireProxy;
/** A process whose database is behind the proxy. */
let mortal: Billing;
let session: CustomerSession;
let victims: ObjectKey[];

beforeAll(async () => {
  h = await harness();
  session = await h.asCustomer();
  const { invoiceId } = await paidSubscription(h, session);
  const staff = await h.asStaff("finance");
  const refund = { invoiceId, amount: 1000, reason: "requested_by_customer", note: "" } as const;
  await staff.caller.refunds.create({ ...refund, operationId: randomUUID() });
  await h.quiet();
  await h.webhooks.worker.stop();
  const { rows } = await h.pool.query<ObjectKey>(
    `SELECT DISTINCT ON (object_type) account_id AS "accountId", object_type AS "objectType", object_id AS "objectId"
    FROM dirty_object ORDER BY object_type, object_id`,
  );
  victims = rows;
  proxy = await wireProxy(h.databaseUrl);
  mortal = await openBilling({
    databaseUrl: proxy.databaseUrl,
    connections: 4,
    stripe: { secretKey: h.sandbox.secretKey, apiBase: h.sandbox.url },
    browser: h.billing.browser,
    log: testLog(),
  });
}, 60_000);
afterAll(async () => {
  proxy.up();
  await mortal.close();
  await proxy.close();
  await h.close();
});

const mirrors = async () =>
  (
    await h.pool.query<{ table: string }>(
      `SELECT table_name AS "table" FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'synced_at' AND table_name <> 'customer' ORDER BY 1`,
    )
  ).rows.map(({ table }) => table);

/** Rows without their own clock, by table; with how often each consequence is told. */
async function state(auditFrom: string): Promise<unknown> {
  const rowsOf = async (table: string, own: string) =>
    (await h.pool.query(`SELECT to_jsonb(t) - '${own}' AS row FROM "${table}" t ORDER BY 1`)).rows;
  const tables = (await mirrors()).map(async (table) => [table, await rowsOf(table, "synced_at")]);
  const told = await h.pool.query("SELECT action FROM audit_entry WHERE seq > $1 ORDER BY 1", [auditFrom]);
  return {
    mirrors: Object.fromEntries(await Promise.all(tables)),
    customers: await rowsOf("customer", "synced_at"),
    effects: await rowsOf("effect", "created_at"),
    told: told.rows,
  };
}

/** Nothing of Stripe's is known, as before the first event. */
async function forget(): Promise<string> {
  await h.pool.query("TRUNCATE dirty_object");
  const tables = (await mirrors()).filter((table) => table !== "price").map((table) => `"${table}"`);
  await h.pool.query(`TRUNCATE ${tables.join(", ")} CASCADE`);
  await h.pool.query("UPDATE customer SET currency = NULL, balance_amount = 0, synced_at = NULL");
  const { rows } = await h.pool.query("SELECT coalesce(max(seq), 0)::text AS seq FROM audit_entry");
  return rows[0]?.seq;
}

/** The next worker: what was left is claimed once its lease is over, and everything that it made dirty. */
async function recover(): Promise<void> {
  await h.pool.query(
    "UPDATE dirty_object SET lease_until = now() - interval '1 second' WHERE lease_token IS NOT NULL",
  );
  for (;;) {
    const claims = await claimDue(h.pool, { ...lease, token: randomUUID(), limit: 10 });
    if (claims.length === 0) return;
    for (const claim of claims) await processClaim(h.billing, claim, options);
  }
}

/** One object worked on by the process that dies at the cut, then by one that lives. */
async function workWithCut(victim: ObjectKey, cut: Cut | null): Promise<unknown> {
  const from = await forget();
  await markForRefresh(h.pool, victim.objectType, victim.objectId);
  if (cut) {
    const claim = await claimOne(h.pool, victim, { ...lease, token: randomUUID() });
    if (!claim) throw new Error("the victim could not be claimed");
    proxy.cutAt(cut);
    await processClaim(mortal, claim, options).catch(() => "died");
    proxy.up();
  }
  await recover();
  return state(from);
}

describe("F03: a worker that dies at any statement", () => {
  it("of any kind of object leaves nothing that the next does not mend, and no consequence twice", async () => {
    expect(victims.length).toBeGreaterThan(5);
    let cuts = 0;
    for (const victim of victims) {
      const truth = await workWithCut(victim, null);
      proxy.up();
      await workWithCut(victim, { statement: 10_000, when: "before" });
      const statements = proxy.statements();
      expect(statements).toBeGreaterThan(3);
      // Dead after one statement is dead before the next, except for the last.
      const places: Cut[] = [{ statement: statements, when: "after" }];
      for (let statement = 1; statement <= statements; statement++)
        places.push({ statement, when: "before" });
      for (const cut of places) {
        const where = `${victim.objectType}, ${cut.when} statement ${cut.statement} of ${statements}`;
        expect(await workWithCut(victim, cut), where).toEqual(truth);
        cuts++;
      }
    }
    expect(cuts).toBeGreaterThan(50);
  }, 180_000);
});

describe("a receiver that dies", () => {
  let receive: Receiver;
  let again: Receiver;
  const endpoints = [
    {
      id: "main",
      secrets: [secret],
      accounts: "own",
      livemode: false,
      apiVersion: "2026-10-28.endive",
    } as const,
  ];
  beforeAll(() => {
    receive = createReceiver({ pool: mortal.pool, log: mortal.log, endpoints });
    again = createReceiver({ pool: h.pool, log: h.log, endpoints });
  });
  const rows = async (id: string) =>
    (await h.pool.query("SELECT 1 FROM webhook_event WHERE id = $1", [id])).rows.length;

  it("F01: before its commit has answered no success, and the event comes again and is there once", async () => {
    const body = event({ id: "evt_f01", object: { object: "customer", id: "cus_f01" } });
    proxy.cutAt({ statement: 1, when: "before" });
    expect(await deliver(receive, body)).toEqual({ status: 500, reason: "not_stored" });
    expect(await rows("evt_f01")).toBe(0);
    proxy.up();
    expect(await deliver(again, body)).toEqual({ status: 200, reason: "received" });
    expect(await rows("evt_f01")).toBe(1);
  });

  it("F02: after its commit and before its answer has stored it, and the next deliveries are answered", async () => {
    const body = event({ id: "evt_f02", object: { object: "customer", id: "cus_f02" } });
    proxy.cutAt({ statement: 1, when: "after" });
    expect(await deliver(receive, body)).toEqual({ status: 500, reason: "not_stored" });
    expect(await rows("evt_f02")).toBe(1);
    proxy.up();
    for (let delivery = 0; delivery < 3; delivery++) {
      expect(await deliver(again, body)).toEqual({ status: 200, reason: "duplicate" });
    }
    expect(await rows("evt_f02")).toBe(1);
  });

  it("D07: whenever it dies, what it has acknowledged is there with its mark", async () => {
    for (let trial = 0; trial < 40; trial++) {
      const bodies = Array.from({ length: 5 }, (_, index) =>
        event({
          id: `evt_d07_${trial}_${index}`,
          object: { object: "customer", id: `cus_d07_${trial}_${index}` },
        }),
      );
      proxy.cutAt({ statement: 1 + (trial % 3), when: trial % 2 ? "before" : "after" });
      const answers = await Promise.all(bodies.map((body) => deliver(receive, body)));
      const acknowledged = answers.flatMap(({ status }, index) => (status === 200 ? [index] : []));
      for (const index of acknowledged) {
        expect(await rows(`evt_d07_${trial}_${index}`)).toBe(1);
        const marked = await h.pool.query("SELECT 1 FROM dirty_object WHERE object_id = $1", [
          `cus_d07_${trial}_${index}`,
        ]);
        expect(marked.rows).toHaveLength(1);
      }
      proxy.up();
    }
  });
});
