import type pg from "pg";
import { statement } from "../statement";

const know = statement<Record<string, never>>(
  "recurring-know",
  "INSERT INTO recurring_job (name, next_at) VALUES ($1, now() + $2 * interval '1 millisecond') ON CONFLICT (name) DO NOTHING",
);

const claim = statement<{ name: string }>(
  "recurring-claim",
  `UPDATE recurring_job SET lease_token = $2, lease_until = now() + $3 * interval '1 millisecond'
  WHERE name = $1 AND next_at <= now() AND (lease_until IS NULL OR lease_until < now()) RETURNING name`,
);

const keep = statement<{ name: string }>(
  "recurring-keep",
  `UPDATE recurring_job SET lease_until = now() + $3 * interval '1 millisecond'
  WHERE name = $1 AND lease_token = $2 RETURNING name`,
);

const finish = statement<Record<string, never>>(
  "recurring-finish",
  `UPDATE recurring_job SET lease_token = NULL, lease_until = NULL,
    next_at = now() + $3 * interval '1 millisecond', last_error = $4,
    last_ok_at = CASE WHEN $4::text IS NULL THEN $5 ELSE last_ok_at END
  WHERE name = $1 AND lease_token = $2`,
);

const times = statement<{ now: Date; lastOkAt: Date | null }>(
  "recurring-times",
  `SELECT now() AS now, (SELECT last_ok_at FROM recurring_job WHERE name = $1) AS "lastOkAt"`,
);

const absent = statement<{ id: string }>(
  "events-absent",
  `SELECT wanted.id FROM unnest($2::text[]) AS wanted (id)
  WHERE NOT EXISTS (SELECT 1 FROM webhook_event e WHERE e.account_id = $1 AND e.id = wanted.id)`,
);

/** Makes the job known; its first time is `firstAfterMs` from now, unless it had one. */
export const knowJob = async (sql: pg.Pool, name: string, firstAfterMs: number): Promise<void> => {
  await know(sql, [name, firstAfterMs]);
};

/** True for the one worker that may do it now, by the clock of the database. */
export const claimJob = async (sql: pg.Pool, name: string, lease: { token: string; leaseMs: number }) =>
  (await claim(sql, [name, lease.token, lease.leaseMs])).length > 0;

export const keepJob = async (sql: pg.Pool, name: string, lease: { token: string; leaseMs: number }) =>
  (await keep(sql, [name, lease.token, lease.leaseMs])).length > 0;

/** `startedAt`: what happened since then is for the next time. */
export const finishJob = async (
  sql: pg.Pool,
  job: { name: string; token: string; againInMs: number; error: string | null; startedAt: Date },
): Promise<void> => {
  await finish(sql, [job.name, job.token, job.againInMs, job.error, job.startedAt]);
};

/** The time now and when the job last went well, by the clock of the database. */
export async function lastPoll(sql: pg.Pool, name: string): Promise<{ now: Date; lastOkAt: Date | null }> {
  const [row] = await times(sql, [name]);
  if (!row) throw new Error("the database does not know the time");
  return row;
}

/** Those of these events that are not in the inbox. */
export const missingEvents = async (sql: pg.Pool, accountId: string, ids: string[]): Promise<string[]> =>
  (await absent(sql, [accountId, ids])).map(({ id }) => id);
