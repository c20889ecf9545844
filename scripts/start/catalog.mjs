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

/** `npm run catalog -- plan | apply`, with the database and the Stripe that `npm start` uses. */
export async function runCatalog(args) {
  endTasksOnSignal();
  const env = loadEnvironment();
  const settings = readSettings(env, { dev: false });
  await prepare(["generate"]);
  if (settings.database) await requireReachable(settings.database);
  if (settings.sandboxUrl && !(await answers(settings.ports.SANDBOX_PORT, "/stripe.js"))) {
    throw new Failure(
      "The Stripe sandbox is not running: leave npm start running in another terminal, or set the STRIPE_ keys.",
    );
  }
  const borrowed = settings.database !== undefined || liveOwner() !== undefined;
  const databaseUrl = settings.database?.url ?? (await askPostgres("ensure", env)).url;
  try {
    return await runCli(args, serverEnvironment(settings, { env, secrets: loadSecrets(), databaseUrl }));
  } finally {
    if (!borrowed) await askPostgres("stop", env);
  }
}

async function runCli(args, env) {
  const cli = ["--import", "tsx", "packages/billing/src/plans/catalog-cli.ts", ...args];
  const { code } = await runTask(process.execPath, cli, { env, log: "catalog", onLine: say });
  return code === 0 ? 0 : 1;
}
