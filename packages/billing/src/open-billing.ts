import type { Billing, Log } from "./context";
import { openDatabase } from "./db/client";
import { listenForChanges } from "./live/listen";
import { openLimiter } from "./rate-limits/limiter";
import { openStripe } from "./stripe/client";

export interface OpenBillingOptions {
  databaseUrl: string;
  /** Of the pool this process shares between Prisma and prepared statements. */
  connections?: number;
  stripe: { secretKey: string; apiBase?: string };
  browser: Billing["browser"];
  log: Log;
}

/** The services of one process. Nothing connects before it is used; `close` waits for what is running. */
export async function openBilling(options: OpenBillingOptions): Promise<Billing> {
  const { databaseUrl, connections = 10, log } = options;
  const { db, pool } = openDatabase(databaseUrl, { connections });
  pool.on("error", (error) => log.warn({ err: error }, "an idle database connection broke"));
  const changes = listenForChanges(databaseUrl, log);
  return {
    db,
    pool,
    stripe: openStripe(options.stripe),
    log,
    browser: options.browser,
    changes,
    limits: {
      purchase: openLimiter(pool, "purchase", { calls: 30, perSeconds: 3600 }),
      refund: openLimiter(pool, "refund", { calls: 60, perSeconds: 3600 }),
    },
    async close() {
      await changes.close();
      await db.$disconnect();
      await pool.end();
    },
  };
}
