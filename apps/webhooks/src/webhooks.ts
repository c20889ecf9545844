import { type Log, openInbox, selfTestSignatures } from "@farebox/billing";
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Env } from "./env";
import { healthApp } from "./health";
import { listen } from "./listen";
import { measurePipeline } from "./measure-pipeline";
import { openMetrics } from "./metrics";
import { receiverApp } from "./receiver";
import { type RunningWorker, runWorker } from "./worker";

export interface RunningWebhooks {
  port: number;
  stop(): Promise<void>;
}

const graceMs = 8_000;

/** The roles this process has been given, behind one port. Refuses to start where signatures are not checked. */
export async function startWebhooks(env: Env, log: Log): Promise<RunningWebhooks> {
  selfTestSignatures();
  const receives = env.ROLE.includes("receive");
  const { livemode, STRIPE_ACCOUNT_ID: accountId } = env;
  const endpoints = receives ? env.endpoints.map((endpoint) => ({ ...endpoint, accountId, livemode })) : [];
  const metrics = openMetrics();
  const inbox = openInbox({ databaseUrl: env.DATABASE_URL, endpoints, log, onStored: metrics.stored });
  measurePipeline(metrics.registry, inbox);
  const app = new Hono();
  const metricsToken = env.METRICS_TOKEN ?? (env.NODE_ENV === "production" ? undefined : null);
  app.route("/", healthApp({ inbox, metrics, metricsToken }));
  if (receives) app.route("/", receiverApp({ inbox, metrics }));
  app.notFound((c) => c.json({ reason: "not_found" }, 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    log.error({ err: error, path: c.req.path }, "request broke");
    return c.json({ reason: "internal" }, 500);
  });
  const server = await listen(app, env.HOST, env.WEBHOOKS_PORT);
  const worker: RunningWorker | null = env.ROLE.includes("work") ? await runWorker(env, log, metrics) : null;
  return {
    port: server.port,
    async stop() {
      await Promise.all([server.stop(graceMs), worker?.stop()]);
      await inbox.close();
    },
  };
}
