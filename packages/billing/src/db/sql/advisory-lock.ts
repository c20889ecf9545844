import type pg from "pg";

/** One at a time among all processes on this database. The lock is the connection's: it goes with a process that dies. */
export async function alone<Result>(
  pool: pg.Pool,
  lock: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("SELECT pg_advisory_lock($1)", [lock]);
    return await work();
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [lock]).catch((failure: Error) => {
      broken = failure;
    });
    client.release(broken);
  }
}
