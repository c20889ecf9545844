import type pg from "pg";
import { statement } from "../statement";

// A debt is a place in the line: who takes a token that is not there yet waits until it is.
// The order of the keys keeps two processes from waiting for each other.
const take = statement<{ waitMs: number }>(
  "stripe-budget-take",
  `INSERT INTO stripe_budget AS budget (key, tokens, refilled_at)
  SELECT key, rate - 1, clock_timestamp() FROM unnest($1::text[], $2::float8[]) AS wanted (key, rate) ORDER BY key
  ON CONFLICT (key) DO UPDATE SET refilled_at = clock_timestamp(),
    tokens = least(excluded.tokens + 1, budget.tokens
      + (excluded.tokens + 1) * greatest(extract(epoch FROM clock_timestamp() - budget.refilled_at), 0)) - 1
  RETURNING greatest(0, -tokens * 1000 / (SELECT rate FROM unnest($1::text[], $2::float8[]) AS wanted (key, rate)
      WHERE wanted.key = budget.key),
    extract(epoch FROM coalesce(paused_until, now()) - clock_timestamp()) * 1000)::float8 AS "waitMs"`,
);

const spare = statement<{ spare: number }>(
  "stripe-budget-spare",
  `SELECT min(CASE WHEN budget.key IS NULL THEN 1 WHEN budget.paused_until > now() THEN 0
    ELSE least(1, budget.tokens / wanted.rate + extract(epoch FROM now() - budget.refilled_at)) END)::float8 AS spare
  FROM unnest($1::text[], $2::float8[]) AS wanted (key, rate) LEFT JOIN stripe_budget budget ON budget.key = wanted.key`,
);

const pause = statement<Record<string, never>>(
  "stripe-budget-pause",
  `INSERT INTO stripe_budget AS budget (key, tokens, paused_until) VALUES ($1, 0, now() + $2 * interval '1 millisecond')
  ON CONFLICT (key) DO UPDATE SET tokens = least(budget.tokens, 0),
    paused_until = greatest(coalesce(budget.paused_until, now()), excluded.paused_until)`,
);

export interface Bucket {
  key: string;
  /** Tokens a second, and as many at once after a quiet second. */
  rate: number;
}

const parameters = (buckets: readonly Bucket[]) => [
  buckets.map(({ key }) => key),
  buckets.map(({ rate }) => rate),
];

/** Takes one token of each bucket and tells how long to wait for it. */
export async function takeToken(sql: pg.Pool, buckets: readonly Bucket[]): Promise<number> {
  const rows = await take(sql, parameters(buckets));
  return Math.max(0, ...rows.map(({ waitMs }) => waitMs));
}

/** How full the emptiest of the buckets is, from 1 down to 0 and below. Takes nothing. */
export async function spareShare(sql: pg.Pool, buckets: readonly Bucket[]): Promise<number> {
  const [row] = await spare(sql, parameters(buckets));
  return row?.spare ?? 1;
}

/** Nobody but who must takes anything of this bucket for so long. */
export const pauseBucket = (sql: pg.Pool, key: string, forMs: number) => pause(sql, [key, forMs]);
