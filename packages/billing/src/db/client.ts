import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/client";

export type Database = PrismaClient;

// Longer than a transaction waits for its locks. What hangs is given up, here and at the server: a connection that died
// without a word must not hold its place in the pool for ever.
const serverSettings =
  "-c timezone=UTC -c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000";
const answerWithinMs = 20_000;

/** One pool for Prisma and for the prepared statements in `db/sql`, so that a process has one connection budget. */
export function openDatabase(url: string, options: { connections: number }): { db: Database; pool: pg.Pool } {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections,
    options: serverSettings,
    connectionTimeoutMillis: 5_000,
    query_timeout: answerWithinMs,
    keepAlive: true,
  });
  return { db: new PrismaClient({ adapter: new PrismaPg(pool) }), pool: surviveBrokenConnections(pool) };
}

/**
 * A connection may break while it is lent out and no query runs on it. The pool listens only to those that are idle,
 * and an error nobody listens to ends the process; the next query on the connection fails all the same.
 */
export function surviveBrokenConnections(pool: pg.Pool): pg.Pool {
  pool.on("connect", (client) => void client.on("error", () => undefined));
  return pool;
}
