import type pg from "pg";
import { statement } from "../statement";

/** What the tables know about how the pipeline does. Read by every scrape: each part is a look along an index. */
export interface PipelineNumbers {
  /** By priority: 0 somebody waits, 1 an event, 2 a sweep. */
  waiting: { priority: number; due: number; oldestSeconds: number }[];
  dead: { reason: string; objects: number }[];
  /** Money operations that Stripe has neither confirmed nor refused. */
  undecided: { state: string; operations: number; oldestSeconds: number }[];
  drift: { cause: string; found: number; remaining: number }[];
  runs: { kind: string; state: string; runs: number }[];
  jobs: { name: string; okSecondsAgo: number | null; failing: boolean }[];
  /** Null before the first. */
  newestEventSecondsAgo: number | null;
}

const rows = (query: string) => `(SELECT coalesce(json_agg(part), '[]'::json) FROM (${query}) AS part)`;

const numbers = statement<PipelineNumbers>(
  "pipeline-numbers",
  `SELECT
  ${rows(`SELECT priority, count(*) FILTER (WHERE due_at <= now())::int AS due,
      coalesce(extract(epoch FROM now() - min(dirty_since) FILTER (WHERE done_seq < dirty_seq)), 0)::float8 AS "oldestSeconds"
    FROM dirty_object WHERE due_at IS NOT NULL GROUP BY priority`)} AS waiting,
  ${rows(`SELECT coalesce(dead_reason, 'not_told') AS reason, count(*)::int AS objects
    FROM dirty_object WHERE dead_at IS NOT NULL GROUP BY 1`)} AS dead,
  ${rows(`SELECT state, count(*)::int AS operations,
      extract(epoch FROM now() - min(submitted_at))::float8 AS "oldestSeconds"
    FROM money_operation WHERE state IN ('submitted', 'unknown') GROUP BY state`)} AS undecided,
  ${rows(`SELECT cause, count(*)::int AS found, count(*) FILTER (WHERE repaired_at IS NULL)::int AS remaining
    FROM drift GROUP BY cause`)} AS drift,
  ${rows("SELECT kind, state, count(*)::int AS runs FROM reconcile_run GROUP BY kind, state")} AS runs,
  ${rows(`SELECT name, extract(epoch FROM now() - last_ok_at)::float8 AS "okSecondsAgo", last_error IS NOT NULL AS failing
    FROM recurring_job`)} AS jobs,
  (SELECT extract(epoch FROM now() - max(received_at))::float8 FROM webhook_event) AS "newestEventSecondsAgo"`,
);

export async function pipelineNumbers(sql: pg.Pool): Promise<PipelineNumbers> {
  const [row] = await numbers(sql, []);
  if (!row) throw new Error("the pipeline gave no numbers");
  return row;
}
