import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Billing, migrate, openBilling } from "@farebox/billing";
import { ensureEmbeddedPostgres, removeEmbeddedPostgres } from "@farebox/billing/embedded";
import { type Program, type Started, start } from "./processes";

/** What a row may use; all of it is gone when the bench ends. */
export interface Workspace {
  folder: string;
  /** A migrated PostgreSQL that syncs to disk, one for the whole bench. */
  database(): Promise<Database>;
  start(program: Program): Started;
  /** Stops what the row has started. */
  settle(): Promise<void>;
  remove(): Promise<void>;
}

export interface Database {
  url: string;
  /** Of the server; its backends are its children. */
  pid: number;
  billing: Billing;
}

const prefix = "farebox-bench-";

export async function openWorkspace(): Promise<Workspace> {
  await removeLeftovers();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  const dataDir = join(folder, "postgres");
  let database: Promise<Database> | undefined;
  let removal: Promise<void> | undefined;
  const running: Started[] = [];
  const settle = async () => {
    await Promise.all(running.splice(0).map((program) => program.stop()));
  };
  return {
    folder,
    database() {
      database ??= openDatabase(dataDir);
      return database;
    },
    start(program) {
      const begun = start(folder, program);
      running.push(begun);
      return begun;
    },
    settle,
    remove() {
      removal ??= settle()
        .then(async () => (await database?.catch(() => undefined))?.billing.close())
        .finally(() => removeEmbeddedPostgres(dataDir))
        .finally(() => rmSync(folder, { recursive: true, force: true }));
      return removal;
    },
  };
}

async function openDatabase(dataDir: string): Promise<Database> {
  const { url, pid } = await ensureEmbeddedPostgres({ dataDir });
  await migrate(url);
  return { url, pid, billing: await billingOn(url) };
}

/** For rows and servers of the bench itself; it never talks to Stripe. */
export function billingOn(databaseUrl: string): Promise<Billing> {
  const print = (fields: Record<string, unknown>, message: string) => console.error(message, fields);
  return openBilling({
    databaseUrl,
    stripe: { secretKey: "sk_test_farebox", apiBase: "http://127.0.0.1:9" },
    browser: { publishableKey: "pk_test_farebox", stripeJsUrl: null },
    log: { debug() {}, info() {}, warn: print, error: print },
  });
}

/** Of a bench that was killed. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (!Number.isInteger(pid) || isRunning(pid)) continue;
    await removeEmbeddedPostgres(join(tmpdir(), name, "postgres"));
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
