import type pg from "pg";
import { statement } from "../statement";

export interface Run {
  id: string;
  kind: "sweep" | "backfill";
  repairs: boolean;
}

/** How far a run is with one type. */
export interface Progress {
  runId: string;
  objectType: string;
  cursor: string | null;
  listed: number;
  filled: number;
  newestAt: Date | null;
  reachedAt: Date | null;
}

const request = statement<Record<string, never>>(
  "reconcile-request",
  `WITH run AS (
    INSERT INTO reconcile_run (id, kind, repairs, requested_by) VALUES ($1, $2, $3, $4) RETURNING id
  )
  INSERT INTO reconcile_progress (run_id, object_type, position)
  SELECT run.id, wanted.type, wanted.position
  FROM run, unnest($5::text[]) WITH ORDINALITY AS wanted (type, position)`,
);

/** Whoever works next takes it. */
export const requestRun = async (
  sql: pg.Pool | pg.PoolClient,
  run: Run & { requestedBy: string; objectTypes: string[] },
): Promise<void> => {
  await request(sql, [run.id, run.kind, run.repairs, run.requestedBy, run.objectTypes]);
};

const claim = statement<Run>(
  "reconcile-claim",
  `UPDATE reconcile_run AS mine
  SET state = 'running', started_at = coalesce(mine.started_at, now()), lease_token = $1,
    lease_until = now() + $2 * interval '1 millisecond'
  FROM (
    SELECT id FROM reconcile_run WHERE state IN ('waiting', 'running') AND (lease_until IS NULL OR lease_until < now())
    ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED
  ) AS next
  WHERE mine.id = next.id RETURNING mine.id, mine.kind, mine.repairs`,
);

/** The oldest run that waits, or whose worker died. */
export const claimRun = async (sql: pg.Pool, lease: { token: string; leaseMs: number }) =>
  (await claim(sql, [lease.token, lease.leaseMs]))[0];

const keep = statement<{ id: string }>(
  "reconcile-keep",
  `UPDATE reconcile_run SET lease_until = now() + $3 * interval '1 millisecond'
  WHERE id = $1 AND lease_token = $2 AND state = 'running' RETURNING id`,
);

/** False when somebody stopped the run, or another worker has it. */
export const keepRun = async (sql: pg.Pool, id: string, lease: { token: string; leaseMs: number }) =>
  (await keep(sql, [id, lease.token, lease.leaseMs])).length > 0;

const release = statement<Record<string, never>>(
  "reconcile-release",
  `UPDATE reconcile_run SET lease_token = NULL, lease_until = NULL,
    state = CASE WHEN state = 'stopped' THEN state ELSE coalesce($3, state) END, error = $4,
    finished_at = CASE WHEN $3::text IS NULL THEN finished_at ELSE now() END
  WHERE id = $1 AND lease_token = $2`,
);

/** Without an end it goes on with the next worker that has time. */
export const releaseRun = async (
  sql: pg.Pool,
  id: string,
  token: string,
  end: { state: "done" | "failed" | null; error: string | null },
): Promise<void> => {
  await release(sql, [id, token, end.state, end.error]);
};

const stop = statement<{ id: string }>(
  "reconcile-stop",
  `UPDATE reconcile_run SET state = 'stopped', finished_at = now()
  WHERE id = $1 AND state IN ('waiting', 'running') RETURNING id`,
);

/** False when it was over already. */
export const stopRun = async (sql: pg.PoolClient, id: string): Promise<boolean> =>
  (await stop(sql, [id])).length > 0;

const next = statement<Omit<Progress, "listed" | "filled"> & { listed: string; filled: string }>(
  "reconcile-next",
  `UPDATE reconcile_progress AS mine SET started_at = coalesce(mine.started_at, now())
  FROM (
    SELECT run_id, object_type FROM reconcile_progress WHERE run_id = $1 AND finished_at IS NULL ORDER BY position LIMIT 1
  ) AS first
  WHERE mine.run_id = first.run_id AND mine.object_type = first.object_type
  RETURNING mine.run_id AS "runId", mine.object_type AS "objectType", mine.cursor, mine.listed, mine.filled,
    mine.newest_at AS "newestAt", mine.reached_at AS "reachedAt"`,
);

/** Where a run goes on; undefined when it has been through everything. */
export async function nextProgress(sql: pg.Pool, runId: string): Promise<Progress | undefined> {
  const [row] = await next(sql, [runId]);
  return row && { ...row, listed: Number(row.listed), filled: Number(row.filled) };
}

const save = statement<Record<string, never>>(
  "reconcile-save",
  `UPDATE reconcile_progress SET cursor = $3, listed = $4, filled = $5, newest_at = $6, reached_at = $7
  WHERE run_id = $1 AND object_type = $2`,
);

export const saveProgress = async (sql: pg.PoolClient, progress: Progress): Promise<void> => {
  const { runId, objectType, cursor, listed, filled, newestAt, reachedAt } = progress;
  await save(sql, [runId, objectType, cursor, listed, filled, newestAt, reachedAt]);
};

const finish = statement<Record<string, never>>(
  "reconcile-finish-type",
  "UPDATE reconcile_progress SET finished_at = now() WHERE run_id = $1 AND object_type = $2",
);

export const finishProgress = async (sql: pg.Pool, runId: string, objectType: string): Promise<void> => {
  await finish(sql, [runId, objectType]);
};
