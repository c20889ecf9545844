import { readEnv } from "./env";
import { openLog } from "./log";
import { startWebhooks } from "./webhooks";

const stopWithinMs = 10_000;

async function main(): Promise<void> {
  const env = readEnv();
  const log = openLog(env.LOG_LEVEL);
  const webhooks = await startWebhooks(env, log);
  log.info({ port: webhooks.port, roles: env.ROLE }, "listening");
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    await webhooks.stop();
    log.info({}, "stopped");
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
