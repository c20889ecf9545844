import { type Log, openBilling, startWorker } from "@farebox/billing";
import type { Env } from "./env";

export interface RunningWorker {
  /** Finishes the objects at hand, then lets go of the database. */
  stop(): Promise<void>;
}

export async function runWorker(env: Env, log: Log): Promise<RunningWorker> {
  if (!env.STRIPE_SECRET_KEY) throw new Error("STRIPE_SECRET_KEY is missing: the worker reads from Stripe");
  const billing = await openBilling({
    databaseUrl: env.DATABASE_URL,
    connections: env.DATABASE_CONNECTIONS,
    stripe: { secretKey: env.STRIPE_SECRET_KEY, apiBase: env.STRIPE_API_BASE },
    browser: { publishableKey: "", stripeJsUrl: null },
    log,
  });
  const worker = startWorker(billing, { concurrency: env.WORKER_CONCURRENCY });
  return {
    async stop() {
      await worker.stop();
      await billing.close();
    },
  };
}
