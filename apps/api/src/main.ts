import { clearExpiredCounters, clearExpiredSessions, openBilling } from "@farebox/billing";
import { quoteSecretOf, readEnv } from "./env";
import { openLog } from "./log";
import { countStripeAnswers } from "./metrics";
import { startServers } from "./server";

const stopWithinMs = 5_000;
const clearEveryMs = 10 * 60_000;

async function main(): Promise<void> {
  const env = readEnv();
  const log = openLog(env.LOG_LEVEL);
  const stripeAnswers = countStripeAnswers();
  const billing = await openBilling({
    databaseUrl: env.DATABASE_URL,
    connections: env.DATABASE_CONNECTIONS,
    stripe: {
      secretKey: env.STRIPE_SECRET_KEY,
      apiBase: env.STRIPE_API_BASE,
      onAnswer: stripeAnswers.answered,
    },
    browser: { publishableKey: env.STRIPE_PUBLISHABLE_KEY, stripeJsUrl: env.STRIPE_JS_URL ?? null },
    quoteSecret: quoteSecretOf(env),
    log,
  });
  const servers = await startServers({ env, billing, log, stripeAnswers });
  log.info({ ports: servers.ports }, "listening");
  const clearing = setInterval(() => {
    clearExpiredCounters(billing.pool, []).catch((err) => log.warn({ err }, "old counters stay for now"));
    clearExpiredSessions(billing.pool, []).catch((err) => log.warn({ err }, "old sessions stay for now"));
  }, clearEveryMs);

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => process.exit(0), stopWithinMs - 200).unref();
    clearInterval(clearing);
    await servers.stop();
    await billing.close();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
