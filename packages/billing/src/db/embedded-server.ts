import { spawn } from "node:child_process";
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { Client } from "pg";
import { type Account, handOver } from "./embedded-account";
import { EmbeddedPostgresError } from "./embedded-error";
import { commandLine, processStart, waitUntil } from "./embedded-process";
import { connectionUrl, type ServerState } from "./embedded-state";

export interface Server {
  state: ServerState;
  binaries: string;
  account: Account | undefined;
  logFile: string;
  durable: boolean;
}

const DRAFT = "cluster.new-";
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 60_000;
const UNSAFE_BUT_FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/** Makes the cluster beside its final place, so that one cut short is never taken for a whole one. */
export async function initialise({ state, binaries, account, durable }: Server): Promise<void> {
  const folder = dirname(state.clusterDir);
  for (const name of readdirSync(folder)) if (name.startsWith(DRAFT)) removeDraft(join(folder, name));
  const draft = join(folder, `${DRAFT}${process.pid}`);
  const passwordFile = `${draft}.password`;
  mkdirSync(draft, { recursive: true });
  chmodSync(draft, 0o700);
  handOver(draft, account);
  writeFileSync(passwordFile, state.password, { mode: 0o600 });
  handOver(passwordFile, account);
  const args = ["-D", draft, "-U", "postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  args.push("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8");
  if (!durable) args.push("--no-sync");
  try {
    const { code, output } = await run(join(binaries, "bin", "initdb"), args, account);
    if (code !== 0)
      throw new EmbeddedPostgresError(`PostgreSQL could not set up ${draft}: ${reasonIn(output)}`);
    renameSync(draft, state.clusterDir);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** The initdb of a killed process may still be writing there; each draft has its own name, so the next start clears it. */
function removeDraft(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
  }
}

/** Starts the server detached, so that it outlives this process. "port taken" asks the caller for another port. */
export async function start(server: Server): Promise<"started" | "port taken"> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    removeStalePidFile(server.state);
    const outcome = await startOnce(server, deadline);
    if (outcome === "started") return outcome;
    if (/could not bind|Address already in use/.test(outcome)) return "port taken";
    // The children of a killed postmaster need a moment to notice and let go of its shared memory.
    const passes = /pre-existing shared memory|postmaster\.pid" already exists/.test(outcome);
    if (!passes || Date.now() > deadline) {
      throw new EmbeddedPostgresError(
        `PostgreSQL did not start: ${reasonIn(outcome)} (log: ${server.logFile})`,
      );
    }
    await waitUntil(() => false, 100);
  }
}

async function startOnce(
  { state, binaries, account, logFile, durable }: Server,
  deadline: number,
): Promise<string> {
  const log = openSync(logFile, "a", 0o600);
  const logStart = statSync(logFile).size;
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "log_checkpoints=off"];
  if (!durable) settings.push(...UNSAFE_BUT_FAST);
  const child = spawn(
    join(binaries, "bin", "postgres"),
    ["-D", state.clusterDir, "-p", String(state.port), ...settings.flatMap((setting) => ["-c", setting])],
    { detached: true, stdio: ["ignore", log, log], cwd: "/", env: childEnv(), ...account },
  );
  closeSync(log);
  let ended: string | undefined;
  child.on("error", (error) => {
    ended = spawnFailure(error);
  });
  child.on("exit", () => {
    ended ??= readFileSync(logFile, "utf8").slice(logStart);
  });
  child.unref();
  await waitUntil(
    async () => ended !== undefined || (await answers(state)),
    Math.max(0, deadline - Date.now()),
  );
  child.removeAllListeners("exit");
  return ended ?? ((await answers(state)) ? "started" : "it gave no answer within a minute");
}

/** True only when a query was answered by the server of this very cluster. */
export async function answers(state: ServerState): Promise<boolean> {
  const client = new Client({
    connectionString: connectionUrl(state, "postgres"),
    connectionTimeoutMillis: 2000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ dir: string }>("select current_setting('data_directory') as dir");
    return rows[0]?.dir === state.clusterDir;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

export function serverPid(state: ServerState): number | undefined {
  try {
    const pid = Number(readFileSync(join(state.clusterDir, "postmaster.pid"), "utf8").split("\n")[0]);
    const ours =
      pid > 0 && processStart(pid) !== undefined && commandLine(pid).includes(`-D ${state.clusterDir} `);
    return ours ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Ends open sessions, writes everything out and waits until the server is gone. */
export async function stop(state: ServerState): Promise<void> {
  const pid = serverPid(state);
  if (pid === undefined) return;
  const born = processStart(pid);
  process.kill(pid, "SIGINT");
  // Its pid file goes a moment before it does.
  if (await waitUntil(() => processStart(pid) !== born, STOP_TIMEOUT_MS)) return;
  throw new EmbeddedPostgresError(`PostgreSQL (pid ${pid}) did not stop within a minute.`);
}

export async function createDatabase(state: ServerState, database: string): Promise<void> {
  const client = new Client({ connectionString: connectionUrl(state, "postgres") });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

/** After a power cut or in a new container the recorded pid may belong to another program. */
function removeStalePidFile(state: ServerState): void {
  if (serverPid(state) === undefined) rmSync(join(state.clusterDir, "postmaster.pid"), { force: true });
}

function run(
  file: string,
  args: string[],
  account: Account | undefined,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: "/",
      env: childEnv(),
      stdio: ["ignore", "pipe", "pipe"],
      ...account,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => resolve({ code: null, output: spawnFailure(error) }));
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** Nothing of the caller's environment: PGDATA, PGPORT and the like would change what the server does. */
function childEnv(): NodeJS.ProcessEnv {
  return { LC_ALL: "C", TZ: "UTC" };
}

function spawnFailure(error: NodeJS.ErrnoException): string {
  if (error.code !== "ENOENT") return `FATAL: ${error.message}`;
  return "FATAL: its binaries need glibc, which this system (Alpine?) lacks; set DATABASE_URL to a PostgreSQL 15 or newer";
}

function reasonIn(output: string): string {
  if (/No space left on device/.test(output)) return "no space is left on the disk.";
  const lines = output.trim().split("\n");
  const telling =
    lines.find((line) => /\b(FATAL|PANIC|error):/.test(line)) ?? lines.at(-1) ?? "no reason given";
  return telling.replace(/^.*\b(FATAL|PANIC|error):\s*/, "");
}
