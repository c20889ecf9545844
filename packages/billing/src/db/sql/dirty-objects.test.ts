import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BareBilling, bareBilling } from "../../testing/bare-billing";
import { claimDue, finishClaim, markDirty } from "./dirty-objects";
import { queueDepth } from "./dirty-queue";

let billing: BareBilling;

beforeAll(async () => {
  billing = await bareBilling();
  await billing.pool.query(`
    INSERT INTO dirty_object (account_id, object_type, object_id, done_seq, due_at, priority)
    SELECT 'own', 'invoice', 'in_done_' || n, 1, NULL, n % 3 FROM generate_series(1, 100000) AS n`);
  await billing.pool.query(`
    INSERT INTO dirty_object (account_id, object_type, object_id, due_at, dead_at, dead_reason, last_failed_at)
    SELECT 'own', 'invoice', 'in_dead_' || n, NULL, now(), 'error', now() FROM generate_series(1, 5000) AS n`);
  await billing.pool.query(`
    INSERT INTO dirty_object (account_id, object_type, object_id, done_seq, due_at)
    SELECT 'own', 'invoice', 'in_later_' || n, 1, now() + interval '1 minute' FROM generate_series(1, 20000) AS n`);
  await billing.pool.query("ANALYZE dirty_object");
});
afterAll(() => billing.close());

const lease = { token: "mine", leaseMs: 30_000, limit: 4 };

describe("L08: among a hundred thousand that are finished, thousands that are dead and many that wait", () => {
  it("what is due is found at once", async () => {
    const times: number[] = [];
    for (let round = 0; round < 40; round++) {
      const key = { accountId: "own", objectType: "invoice", objectId: `in_due_${round}` };
      await markDirty(billing.pool, key);
      const startedAt = performance.now();
      const [claim] = await claimDue(billing.pool, lease);
      times.push(performance.now() - startedAt);
      expect(claim).toMatchObject(key);
      const client = await billing.pool.connect();
      if (claim) await finishClaim(client, claim, null);
      client.release();
    }
    const [median = Number.POSITIVE_INFINITY] = times.toSorted((a, b) => a - b).slice(times.length / 2);
    expect(median).toBeLessThan(20);
  });

  it("only by its index, which holds none of the finished ones", async () => {
    const { rows } = await billing.pool.query<{ "QUERY PLAN": string }>(`EXPLAIN
      SELECT account_id, object_type, object_id FROM dirty_object
      WHERE priority = 1 AND due_at <= now() AND (lease_until IS NULL OR lease_until < now())
      ORDER BY due_at LIMIT 4 FOR UPDATE SKIP LOCKED`);
    expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain("dirty_object_due_idx");
  });

  it("and the numbers of the queue are right", async () => {
    expect(await queueDepth(billing.pool)).toMatchObject({ due: 0, dead: 5000, failing: 0 });
  });
});
