import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { appendFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureEmbeddedPostgres, removeEmbeddedPostgres } from "@farebox/billing/embedded";
import pg from "pg";
import { freePorts } from "./ports";
import { waitFor } from "./wait-for";

const root = fileURLToPath(new URL("..", import.meta.url));

export type ProcessName = "sandbox" | "api" | "webhooks";

export interface Stack {
  dashboardUrl: string;
  adminUrl: string;
  apiUrl: string;
  sandboxUrl: string;
  databaseUrl: string;
  pool: pg.Pool;
  /** Everything the processes printed, for searching. */
  logFile: string;
  kill(name: ProcessName): Promise<void>;
  /** Takes connections and answers none of them, until it is killed. */
  freeze(name: ProcessName): void;
  start(name: ProcessName): Promise<void>;
  /** kill -9 of the PostgreSQL server, then a fresh start on the same files. */
  killPostgres(): Promise<void>;
  startPostgres(): Promise<void>;
  billingScript(script: string, args: string[]): Promise<string>;
  stop(): Promise<void>;
}

/** The built processes as `npm start` runs them, on free ports and an own database server. */
export async function startStack(): Promise<Stack> {
  const dir = mkdtempSync(join(tmpdir(), "farebox-e2e-"));
  const logFile = join(dir, "processes.log");
  const dataDir = join(dir, "postgres");
  const [postgresPort, sandboxPort, apiPort, dashboardPort, adminPort, webhooksPort] = (await freePorts(
    6,
  )) as [number, number, number, number, number, number];
  let postgres = await ensureEmbeddedPostgres({ dataDir, port: postgresPort, database: "farebox" });
  const pool = new pg.Pool({ connectionString: postgres.url, max: 4 });
  pool.on("error", () => {}); // killed servers drop idle connections

  const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
  const secret = "whsec_end_to_end_tests_only";
  const shared = {
    PATH: process.env.PATH ?? "",
    HOME: process.env.HOME ?? "",
    DATABASE_URL: postgres.url,
    STRIPE_SECRET_KEY: "sk_test_farebox",
    STRIPE_PUBLISHABLE_KEY: "pk_test_farebox",
    STRIPE_API_BASE: sandboxUrl,
    STRIPE_WEBHOOK_SECRET: secret,
    LOG_LEVEL: "info",
  };
  const plans: Record<ProcessName, { script: string; env: Record<string, string>; ready: string }> = {
    sandbox: {
      script: "packages/stripe-sandbox/dist/main.mjs",
      env: {
        PATH: shared.PATH,
        SANDBOX_PORT: String(sandboxPort),
        SANDBOX_DATA_DIR: join(dir, "sandbox"),
        SANDBOX_FORWARD: `http://127.0.0.1:${webhooksPort}/stripe/main=${secret}`,
      },
      ready: `${sandboxUrl}/stripe.js`,
    },
    api: {
      script: "apps/api/dist/main.mjs",
      env: {
        ...shared,
        API_PORT: String(apiPort),
        DASHBOARD_PORT: String(dashboardPort),
        ADMIN_PORT: String(adminPort),
        DASHBOARD_ORIGIN: `http://localhost:${dashboardPort}`,
        ADMIN_ORIGIN: `http://localhost:${adminPort}`,
        DASHBOARD_DIST: join(root, "apps/dashboard/dist"),
        ADMIN_DIST: join(root, "apps/admin/dist"),
        STRIPE_JS_URL: `${sandboxUrl}/stripe.js`,
        AUTH_SECRET: "end-to-end-tests-only-0123456789abcdef",
      },
      ready: `http://127.0.0.1:${apiPort}/readyz`,
    },
    webhooks: {
      script: "apps/webhooks/dist/main.mjs",
      env: { ...shared, WEBHOOKS_PORT: String(webhooksPort), ROLE: "receive,work" },
      ready: `http://127.0.0.1:${webhooksPort}/readyz`,
    },
  };

  const children = new Map<ProcessName, ChildProcess>();
  const record = (name: string) => (chunk: Buffer) => void appendFile(logFile, `${name} ${chunk}`);

  async function start(name: ProcessName) {
    const plan = plans[name];
    const child = spawn(process.execPath, [join(root, plan.script)], { env: plan.env, cwd: dir });
    child.stdout?.on("data", record(name));
    child.stderr?.on("data", record(name));
    children.set(name, child);
    await waitFor(`${name} to be ready`, async () => {
      if (child.exitCode !== null) throw new Error(`${name} exited with ${child.exitCode}, see ${logFile}`);
      return (await fetch(plan.ready).catch(() => null))?.ok;
    });
  }

  async function kill(name: ProcessName, signal: NodeJS.Signals = "SIGKILL") {
    const child = children.get(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once("exit", done));
    child.kill(signal);
    await gone;
  }

  /** Runs a command of the billing package as a newcomer would, and gives what it printed. */
  const billingScript = (script: string, args: string[]) =>
    new Promise<string>((resolve, reject) => {
      const source = join(root, "packages/billing");
      const child = spawn(join(source, "node_modules/.bin/tsx"), [join(source, "src", script), ...args], {
        env: shared,
        cwd: dir,
      });
      let printed = "";
      child.stdout?.on("data", (chunk: Buffer) => {
        printed += chunk;
      });
      child.stderr?.on("data", record(script));
      child.once("exit", (code) =>
        code === 0 ? resolve(printed) : reject(new Error(`${script} exited with ${code}, see ${logFile}`)),
      );
    });

  await start("sandbox");
  await billingScript("demo/main.ts", ["migrate", "catalog"]);
  await Promise.all([start("api"), start("webhooks")]);

  return {
    dashboardUrl: `http://localhost:${dashboardPort}`,
    adminUrl: `http://localhost:${adminPort}`,
    apiUrl: `http://127.0.0.1:${apiPort}`,
    sandboxUrl,
    databaseUrl: postgres.url,
    pool,
    logFile,
    kill: (name) => kill(name),
    freeze: (name) => void children.get(name)?.kill("SIGSTOP"),
    start,
    async killPostgres() {
      process.kill(postgres.pid, "SIGKILL");
    },
    async startPostgres() {
      postgres = await ensureEmbeddedPostgres({ dataDir, port: postgresPort, database: "farebox" });
    },
    billingScript,
    async stop() {
      await Promise.all([kill("api", "SIGTERM"), kill("webhooks", "SIGTERM"), kill("sandbox", "SIGTERM")]);
      await pool.end();
      await removeEmbeddedPostgres(dataDir);
      await rm(dir, { recursive: true, force: true });
    },
  };
}
