import {
  type Log,
  openBilling,
  startReconciliation,
  startWorker,
  surviveStrayRejections,
} from "@farebox/billing";
import type { Env } from "./env";
import type { Metrics } from "./metrics";

export interface RunningWorker {
  /** Finishes the objects at hand, then lets go of the database. */
  stop(): Promise<void>;
}

export async function runWorker(env: Env, log: Log, metrics: Metrics): Promise<RunningWorker> {
  if (!env.STRIPE_SECRET_KEY) throw new Error("STRIPE_SECRET_KEY is missing: the worker reads from Stripe");
  const reads = env.STRIPE_READS_PER_SECOND;
  const readLimit = reads ? { account: reads, resource: Math.min(reads, 20) } : undefined;
  const billing = await openBilling({
    databaseUrl: env.DATABASE_URL,
    connections: env.DATABASE_CONNECTIONS,
    stripe: {
      secretKey: env.STRIPE_SECRET_KEY,
      apiBase: env.STRIPE_API_BASE,
      readLimit,
      onAnswer: metrics.answered,
    },
    browser: { publishableKey: "", stripeJsUrl: null },
    log,
  });
  const forgetStrays = surviveStrayRejections(log);
  const worker = startWorker(billing, {
    concurrency: env.WORKER_CONCURRENCY,
    keepBodiesDays: env.EVENT_BODIES_DAYS,
    onOutcome: metrics.outcome,
  });
  const reconciliation = startReconciliation(billing, {
    pollEveryMs: env.EVENTS_POLL_SECONDS * 1000,
    sweepEveryMs: env.SWEEP_HOURS * 3_600_000,
    onPoll: metrics.polled,
  });
  return {
    async stop() {
      await Promise.all([worker.stop(), reconciliation.stop()]);
      await billing.close();
      forgetStrays();
    },
  };
}
