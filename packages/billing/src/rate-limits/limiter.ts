import type pg from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";

export interface Limiter {
  /** Counts one call; the seconds to wait when it is one too many, else null. */
  consume(key: string): Promise<number | null>;
  forget(key: string): Promise<void>;
}

/** Counted in the database, so that the limit holds over every process. Without the database nothing passes. */
export function openLimiter(
  pool: pg.Pool,
  name: string,
  rule: { calls: number; perSeconds: number },
): Limiter {
  const store = new RateLimiterPostgres({
    storeClient: pool,
    storeType: "pool",
    tableName: "rate_limit",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: name,
    points: rule.calls,
    duration: rule.perSeconds,
  });
  return {
    async consume(key) {
      try {
        await store.consume(key.slice(0, 200));
        return null;
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
        throw refusal;
      }
    },
    async forget(key) {
      await store.delete(key.slice(0, 200));
    },
  };
}
