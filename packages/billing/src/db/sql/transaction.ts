import type pg from "pg";

type Work<Result> = (client: pg.PoolClient) => Promise<Result>;

/** Commits what `work` wrote, or nothing. */
export const inTransaction = <Result>(pool: pg.Pool, work: Work<Result>): Promise<Result> =>
  transact(pool, work, "COMMIT");

/** For a look at what would be: nothing of it stays. */
export const rolledBack = <Result>(pool: pg.Pool, work: Work<Result>): Promise<Result> =>
  transact(pool, work, "ROLLBACK");

/** A connection that fails to roll back is not used again. */
async function transact<Result>(
  pool: pg.Pool,
  work: Work<Result>,
  end: "COMMIT" | "ROLLBACK",
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query(end);
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
