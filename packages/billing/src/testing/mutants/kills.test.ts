import pg from "pg";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type BareBilling, bareBilling } from "../bare-billing";
import { deliver, event, secret, sign } from "../signed-event";
import { until } from "../until";
import { buildMutant } from "./build";
import { mutants } from "./catalog";
import type * as Parts from "./parts";

type Scenario = (parts: typeof Parts, billing: BareBilling) => Promise<void>;

const endpoints = [
  { id: "main", secrets: [secret], accounts: "own", livemode: false, apiVersion: "2026-10-28.endive" },
] as const;
const customer = { object: "customer", id: "cus_1" };
const receiver = (parts: typeof Parts, { log }: BareBilling, pool: pg.Pool) =>
  parts.createReceiver({ pool, log, endpoints });
const key = (objectId: string) => ({ accountId: "own", objectType: "probe", objectId });
const rows = async ({ pool }: BareBilling, query: string) => (await pool.query(query)).rows;
const lease = { token: "mine", leaseMs: 30_000, limit: 10 };

/** The smallest history that each fault gets wrong. */
const scenarios: Record<string, [string, Scenario]> = {
  MU01: [
    "F01 F08: no success for what was not stored",
    async (parts, billing) => {
      const nowhere = new pg.Pool({ host: "127.0.0.1", port: 1, connectionTimeoutMillis: 500 });
      const { status } = await deliver(receiver(parts, billing, nowhere), event({ object: customer }));
      expect(status).toBe(500);
      await nowhere.end();
    },
  ],
  MU02: [
    "C01: fifty deliveries at once are one row",
    async (parts, billing) => {
      const receive = receiver(parts, billing, billing.pool);
      const body = event({ object: customer });
      await Promise.all(Array.from({ length: 50 }, () => deliver(receive, body)));
      expect(await rows(billing, "SELECT id FROM webhook_event")).toHaveLength(1);
    },
  ],
  MU03: [
    "C03: two changes within one second are both dealt with",
    async (parts, billing) => {
      const receive = receiver(parts, billing, billing.pool);
      const created = Math.floor(Date.now() / 1000);
      await deliver(receive, event({ object: customer, created }));
      await billing.pool.query("UPDATE dirty_object SET done_seq = dirty_seq, applied_at = now()");
      await deliver(receive, event({ object: customer, created }));
      expect(await rows(billing, "SELECT 1 FROM dirty_object WHERE done_seq < dirty_seq")).toHaveLength(1);
    },
  ],
  MU04: [
    "C15: whoever lost the object does not write it",
    async (parts, billing) => {
      await parts.markDirty(billing.pool, key("p_1"));
      const [claim] = await parts.claimDue(billing.pool, lease);
      if (!claim) throw new Error("nothing was due");
      await billing.pool.query("UPDATE dirty_object SET lease_token = 'another'");
      let written = false;
      const probe = async () => async () => {
        written = true;
      };
      const tables = { own: { probe }, connected: {} };
      await parts.processClaim(billing, claim, { backoffMs: 10, verifyAfterMs: 10, tables });
      expect(written).toBe(false);
    },
  ],
  MU10: [
    "B02: does not start without a secret",
    async (parts, { pool, log }) => {
      const blank = [{ ...endpoints[0], secrets: [""] }];
      expect(() => parts.createReceiver({ pool, log, endpoints: blank })).toThrow(/secret/);
    },
  ],
  MU11: [
    "B03: an old signature is refused",
    async (parts, billing) => {
      const body = event({ object: customer });
      const old = sign(body, { timestamp: Math.floor(Date.now() / 1000) - 301 });
      expect((await deliver(receiver(parts, billing, billing.pool), body, old)).status).toBe(400);
    },
  ],
  MU12: [
    "F11: a type nobody knows is stored",
    async (parts, billing) => {
      const body = event({ type: "brand.new", object: { object: "brand_new", id: "bn_1" } });
      expect((await deliver(receiver(parts, billing, billing.pool), body)).status).toBe(200);
    },
  ],
  MU15: [
    "T05: a clock that is ahead takes nothing from another",
    async (parts, billing) => {
      await parts.markDirty(billing.pool, key("p_1"));
      expect(await parts.claimDue(billing.pool, lease)).toHaveLength(1);
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 600_000 });
      expect(await parts.claimDue(billing.pool, { ...lease, token: "other" })).toHaveLength(0);
    },
  ],
  MU17: [
    "D05: what commits late is worked on all the same",
    async (parts, billing) => {
      const late = await billing.pool.connect();
      await late.query("BEGIN");
      await parts.markDirty(late, key("p_early"));
      await parts.markDirty(billing.pool, key("p_later"));
      expect(await parts.claimDue(billing.pool, lease)).toHaveLength(1);
      await late.query("COMMIT");
      late.release();
      expect(await parts.claimDue(billing.pool, lease)).toHaveLength(1);
    },
  ],
  MU20: [
    "F10: the poison is given up",
    async (parts, billing) => {
      const poison = async () => {
        throw new Error("always");
      };
      const tables = { own: { probe: poison }, connected: {} };
      const worker = parts.startWorker(billing, { tables, pollMs: 5, backoffMs: 0.01 });
      await parts.markDirty(billing.pool, key("p_1"));
      const state = async () => (await rows(billing, "SELECT attempts, dead_at FROM dirty_object"))[0];
      await until("fifteen tries", async () => (await state()).dead_at || (await state()).attempts > 15);
      await worker.stop();
      expect((await state()).dead_at).toBeInstanceOf(Date);
    },
  ],
};

let billing: BareBilling | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await billing?.close();
  billing = undefined;
});

async function run(scenario: Scenario, mutantId: string | null): Promise<void> {
  const mutant = mutants.find(({ id }) => id === mutantId) ?? null;
  const parts = (await import((await buildMutant(mutant, "testing/mutants/parts.ts")).href)) as typeof Parts;
  billing = await bareBilling();
  if (mutant?.sql) await billing.pool.query(mutant.sql);
  await scenario(parts, billing);
}

it("every mutant has a history that it gets wrong", () => {
  const mine = mutants.filter(({ needsStripe }) => !needsStripe);
  expect(Object.keys(scenarios)).toEqual(mine.map(({ id }) => id));
});

describe.each(Object.entries(scenarios))("%s", (id, [title, scenario]) => {
  it(`${title}, as it is built`, () => run(scenario, null));
  it(`${title}: the mutant fails that`, () => expect(run(scenario, id)).rejects.toThrow());
});
