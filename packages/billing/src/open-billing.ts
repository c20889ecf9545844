import type { Billing, Log } from "./context";
import { openDatabase } from "./db/client";
import { listenForChanges } from "./live/listen";
import { openLimiter } from "./rate-limits/limiter";
import { openStripe, readLimitOf } from "./stripe/client";
import type { StripeAnswer } from "./stripe/observed";
import type { ReadLimit } from "./stripe/pace";

export interface OpenBillingOptions {
  databaseUrl: string;
  /** Of the pool this process shares between Prisma and prepared statements. */
  connections?: number;
  /** Without a limit of its own: four fifths of Stripe's, none for what stands in for Stripe. */
  stripe: {
    secretKey: string;
    apiBase?: string;
    readLimit?: ReadLimit;
    /** For metrics. */
    onAnswer?: (answer: StripeAnswer) => void;
  };
  browser: Billing["browser"];
  quoteSecret?: string;
  log: Log;
}

/** The services of one process. Nothing connects before it is used; `close` waits for what is running. */
export async function openBilling(options: OpenBillingOptions): Promise<Billing> {
  const { databaseUrl, connections = 10, log } = options;
  const { db, pool } = openDatabase(databaseUrl, { connections });
  pool.on("error", (error) => log.warn({ err: error }, "an idle database connection broke"));
  const changes = listenForChanges(databaseUrl, log);
  const { readLimit = readLimitOf(options.stripe), ...account } = options.stripe;
  const stripeOptions = readLimit ? { ...account, pace: { pool, limit: readLimit } } : account;
  return {
    db,
    pool,
    stripe: openStripe(stripeOptions),
    stripeOf: (accountId) => openStripe({ ...stripeOptions, account: accountId }),
    log,
    browser: options.browser,
    quoteSecret: options.quoteSecret ?? null,
    changes,
    limits: {
      purchase: openLimiter(pool, "purchase", { calls: 30, perSeconds: 3600 }),
      refund: openLimiter(pool, "refund", { calls: 60, perSeconds: 3600 }),
      redrive: openLimiter(pool, "redrive", { calls: 60, perSeconds: 3600 }),
      cards: openLimiter(pool, "cards", { calls: 20, perSeconds: 3600 }),
      invitations: openLimiter(pool, "invitations", { calls: 50, perSeconds: 3600 }),
    },
    async close() {
      await changes.close();
      await db.$disconnect();
      await pool.end();
    },
  };
}
