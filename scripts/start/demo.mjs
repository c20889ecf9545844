import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { Failure } from "./failure.mjs";
import { inState } from "./paths.mjs";
import { step } from "./steps.mjs";
import { runTask } from "./tasks.mjs";

const DOING = {
  migrate: "Migrating the database",
  "migrate catalog": "Migrating the database and applying the catalogue",
  seed: "Making the demo world",
};
const MARKER = inState("demo.json");

/** One process for both: loading the billing package costs more than either. */
export const prepareDatabase = (env, { withCatalog }) =>
  withCatalog
    ? step("database and catalogue ready", () => demo(["migrate", "catalog"], env))
    : step("database migrated", () => demo(["migrate"], env));

/** Makes the demo world where this database has none yet; resolves to its log-ins. */
export async function seedOnce(settings, env) {
  const world = worldOf(settings, env);
  const known = readMarker();
  if (known?.world === world) return known.logins;
  let logins = [];
  await step("demo world made", async () => {
    const last = await demo(["seed"], env);
    logins = loginsIn(last);
    return `${logins.length} log-ins`;
  });
  writeFileSync(MARKER, `${JSON.stringify({ world, logins }, null, 2)}\n`, { mode: 0o600 });
  return logins;
}

async function demo(commands, env) {
  const args = ["--import", "tsx", "packages/billing/src/demo/main.ts", ...commands];
  const { code, lines, last, logFile } = await runTask(process.execPath, args, {
    env,
    log: "demo",
  });
  if (code === 0) return last;
  const named = lines.find((line) => /^\s*(\w*Error|error):|^Uncaught/.test(line)) ?? last;
  const reason = named.trim().replace(/^\w*error:\s*/i, "");
  throw new Failure(`${DOING[commands.join(" ")]} failed: ${reason} (all of it: ${logFile}).`);
}

function loginsIn(line) {
  try {
    const { logins } = JSON.parse(line);
    if (Array.isArray(logins)) return logins;
  } catch {
    // falls through to the sentence below
  }
  throw new Failure(`Seeding the demo world printed no log-ins, but: ${line.slice(0, 200)}`);
}

/** Which database the demo world is in. A new embedded cluster has a new password, and its port may change. */
function worldOf({ database }, env) {
  if (database) return `${database.host}:${database.port}/${database.name}`;
  return createHash("sha256").update(new URL(env.DATABASE_URL).password).digest("hex").slice(0, 16);
}

function readMarker() {
  try {
    return existsSync(MARKER) ? JSON.parse(readFileSync(MARKER, "utf8")) : undefined;
  } catch {
    return undefined;
  }
}
