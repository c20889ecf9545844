import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/client";

export type Database = PrismaClient;

/** One pool for Prisma and for the prepared statements in `db/sql`, so that a process has one connection budget. */
export function openDatabase(url: string, options: { connections: number }): { db: Database; pool: pg.Pool } {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections,
    options: "-c timezone=UTC",
    connectionTimeoutMillis: 5_000,
  });
  return { db: new PrismaClient({ adapter: new PrismaPg(pool) }), pool };
}
