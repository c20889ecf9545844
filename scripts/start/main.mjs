import { readdirSync, rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { printBanner } from "./banner.mjs";
import { runTurbo } from "./build.mjs";
import { endLeftovers, supervise } from "./children.mjs";
import { prepareDatabase, seedOnce } from "./demo.mjs";
import { loadEnvironment } from "./env-file.mjs";
import { Failure } from "./failure.mjs";
import { inForeground } from "./foreground.mjs";
import { ensureInstalled } from "./install.mjs";
import { inState, stateDir } from "./paths.mjs";
import { requireFreePorts, requireReachable } from "./ports.mjs";
import { askPostgres, startPostgres } from "./postgres.mjs";
import { loadSecrets } from "./secrets.mjs";
import { appServices, sandboxService, serverEnvironment } from "./services.mjs";
import { readSettings } from "./settings.mjs";
import { step } from "./steps.mjs";

/** `npm start`: everything up, in the foreground until Ctrl-C, everything down again. */
export async function start(args) {
  const startedAt = Date.now();
  const options = readOptions(args);
  const env = loadEnvironment();
  const settings = readSettings(env, options);
  await inForeground((running) => bringUp(running, { env, settings, options, startedAt }));
}

async function bringUp(running, { env, settings, options, startedAt }) {
  await endLeftovers();
  await requireFreePorts(settings.ports);
  if (settings.database) await requireReachable(settings.database);
  const pnpm = await ensureInstalled(env);
  await build(settings, env, pnpm);
  if (options.fresh) await wipe(env, settings);
  const secrets = loadSecrets();
  const databaseUrl = settings.database?.url ?? (await launchPostgres(running, env));
  const full = serverEnvironment(settings, { env, secrets, databaseUrl });
  if (settings.sandboxUrl) await launch(running, [sandboxService(settings, full)], "Stripe sandbox started");
  await prepareDatabase(full, { withCatalog: settings.stripe !== "live" });
  await launch(running, appServices(settings, full), "servers started");
  const logins = settings.sandboxUrl ? await seedOnce(settings, full) : [];
  printBanner(settings, logins, startedAt);
}

function readOptions(args) {
  try {
    const { values } = parseArgs({ args, options: { dev: { type: "boolean" }, fresh: { type: "boolean" } } });
    return { dev: values.dev ?? false, fresh: values.fresh ?? false };
  } catch {
    throw new Failure(`npm start understands --fresh and --dev, not ${args.join(" ")}.`);
  }
}

/** In development Vite and tsx work from the sources; only the generated database client is needed. */
const build = ({ dev }, env, pnpm) =>
  dev
    ? runTurbo(["generate"], { env, pnpm, title: "database client generated" })
    : runTurbo(["build"], { env, pnpm, title: "servers and apps built" });

async function launchPostgres(running, env) {
  let postgres;
  await step("PostgreSQL started", async () => {
    postgres = await startPostgres(env);
    running.push(postgres);
    return `127.0.0.1:${new URL(postgres.url).port}`;
  });
  return postgres.url;
}

async function launch(running, services, title) {
  await step(title, async () => {
    const children = services.map((service) => supervise(service));
    running.push(...children);
    await Promise.all(children.map((child) => child.start()));
  });
}

async function wipe(env, { database }) {
  await step("earlier data deleted", async () => {
    await askPostgres("remove", env);
    for (const name of readdirSync(stateDir)) {
      if (!["start.lock", "logs"].includes(name)) rmSync(inState(name), { recursive: true, force: true });
    }
    return database ? `not in ${database.host}: what DATABASE_URL names is yours` : "";
  });
}
