import { loadEnvironment } from "./env-file.mjs";
import { Failure } from "./failure.mjs";
import { liveOwner } from "./lock.mjs";
import { say } from "./log.mjs";
import { requireReachable } from "./ports.mjs";
import { askPostgres } from "./postgres.mjs";
import { endTasksOnSignal, prepare } from "./prepare.mjs";
import { loadSecrets } from "./secrets.mjs";
import { answers, serverEnvironment } from "./services.mjs";
import { readSettings } from "./settings.mjs";
import { runTask } from "./tasks.mjs";

/**
 * Runs a command of the billing package with the database and the Stripe that `npm start` uses.
 * The embedded database is stopped again unless `npm start` is using it.
 */
export async function runBillingCli(script, args, { needsStripe }) {
  endTasksOnSignal();
  const env = loadEnvironment();
  const settings = readSettings(env, { dev: false });
  await prepare(["generate"]);
  if (settings.database) await requireReachable(settings.database);
  if (needsStripe && settings.sandboxUrl) await requireSandbox(settings);
  const borrowed = settings.database !== undefined || liveOwner() !== undefined;
  const databaseUrl = settings.database?.url ?? (await askPostgres("ensure", env)).url;
  try {
    return await run(script, args, serverEnvironment(settings, { env, secrets: loadSecrets(), databaseUrl }));
  } finally {
    if (!borrowed) await askPostgres("stop", env);
  }
}

async function requireSandbox({ ports }) {
  if (await answers(ports.SANDBOX_PORT, "/stripe.js")) return;
  throw new Failure(
    "The Stripe sandbox is not running: leave npm start running in another terminal, or set the STRIPE_ keys.",
  );
}

async function run(script, args, env) {
  const { code } = await runTask(process.execPath, ["--import", "tsx", script, ...args], {
    env,
    log: "cli",
    onLine: say,
  });
  return code === 0 ? 0 : 1;
}
