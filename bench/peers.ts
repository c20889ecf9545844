import { createHash, randomUUID } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { webhookSecret } from "./bundles";
import { type Program, root, timed } from "./processes";

const source = join(root, "bench/peers");

/** Installs what is in `peers/` into a folder of its own, once for each lockfile; answers where. */
export async function installedPeers(): Promise<string> {
  const lock = readFileSync(join(source, "package-lock.json"));
  const cache = join(root, "bench/node_modules/.cache");
  const folder = join(cache, `peers-${createHash("sha256").update(lock).digest("hex").slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  const draft = join(cache, `peers-${randomUUID()}`);
  mkdirSync(draft, { recursive: true });
  try {
    for (const name of ["package.json", "package-lock.json"]) cpSync(join(source, name), join(draft, name));
    await timed("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], draft);
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

/** sync-engine behind its web application, with its tables in a schema of their own. */
export const syncEngineProgram = async (
  databaseUrl: string,
  { apiBase = "http://127.0.0.1:9" }: { apiBase?: string } = {},
): Promise<Program> => ({
  args: ["--import", "tsx", fileURLToPath(import.meta.resolve("./servers/sync-engine.ts"))],
  env: {
    PEERS: await installedPeers(),
    DATABASE_URL: databaseUrl,
    STRIPE_API_BASE: apiBase,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    NODE_ENV: "production",
  },
});

export const syncEnginePath = "/webhooks";
