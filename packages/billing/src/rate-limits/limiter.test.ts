import { afterAll, beforeAll, expect, test } from "vitest";
import { type BareBilling, bareBilling } from "../testing/bare-billing";
import { until } from "../testing/until";
import { clearExpiredCounters } from "./clear-expired";
import { openLimiter } from "./limiter";

let billing: BareBilling;

beforeAll(async () => {
  billing = await bareBilling();
});
afterAll(() => billing.close());

test("of many at once, over several processes, exactly the allowed number passes", async () => {
  const processes = [1, 2, 3].map(() => openLimiter(billing.pool, "race", { calls: 5, perSeconds: 60 }));
  const waits = await Promise.all(
    Array.from({ length: 18 }, (_, index) => processes[index % 3]?.consume("somebody")),
  );
  expect(waits.filter((wait) => wait === null)).toHaveLength(5);
  for (const wait of waits.filter((found) => found !== null)) {
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
  }
});

test("keys and names are counted apart, and forgetting starts again", async () => {
  const limiter = openLimiter(billing.pool, "one", { calls: 1, perSeconds: 60 });
  expect([await limiter.consume("a"), await limiter.consume("b")]).toEqual([null, null]);
  expect(await limiter.consume("a")).not.toBeNull();
  expect(await openLimiter(billing.pool, "two", { calls: 1, perSeconds: 60 }).consume("a")).toBeNull();
  await limiter.forget("a");
  expect(await limiter.consume("a")).toBeNull();
});

test("a key of any length is counted", async () => {
  const limiter = openLimiter(billing.pool, "long", { calls: 1, perSeconds: 60 });
  expect(await limiter.consume("x".repeat(5_000))).toBeNull();
  expect(await limiter.consume("x".repeat(5_000))).not.toBeNull();
});

test("counters that ended are cleared, others stay", async () => {
  const soon = openLimiter(billing.pool, "soon", { calls: 1, perSeconds: 1 });
  await soon.consume("gone");
  await openLimiter(billing.pool, "late", { calls: 1, perSeconds: 60 }).consume("kept");
  await until("the first to end", async () => {
    const cleared = await clearExpiredCounters(billing.pool, []);
    return cleared.some(({ key }) => key === "soon:gone");
  });
  const { rows } = await billing.pool.query("SELECT key FROM rate_limit WHERE key LIKE 'late:%'");
  expect(rows).toEqual([{ key: "late:kept" }]);
});
