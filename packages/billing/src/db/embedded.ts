import { existsSync, mkdirSync, realpathSync, rmSync, statfsSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { serverAccount } from "./embedded-account";
import { packagedBinaries, usableBinaries } from "./embedded-binaries";
import { EmbeddedPostgresError } from "./embedded-error";
import { withFileLock } from "./embedded-lock";
import { waitUntil } from "./embedded-process";
import { answers, createDatabase, initialise, type Server, serverPid, start, stop } from "./embedded-server";
import { connectionUrl, newState, readState, type ServerState, writeState } from "./embedded-state";

export { EmbeddedPostgresError } from "./embedded-error";

export interface EmbeddedPostgresOptions {
  dataDir: string;
  /** Preferred when the data directory is new, then kept; 0 or a taken one means any free port. */
  port?: number;
  database?: string;
  /** False trades safety at a power cut for speed: tests only. */
  durable?: boolean;
  /** The binaries are made for development; NODE_ENV=production is refused without this. */
  allowProduction?: boolean;
}

export interface EmbeddedPostgres {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

const LOCK_TIMEOUT_MS = 120_000;
const NEW_CLUSTER_BYTES = 200 * 1024 * 1024;

/**
 * A running PostgreSQL from the npm package, shared by every process that asks for the same data directory.
 * It outlives its callers; whoever owns the data directory calls `stop`.
 */
export async function ensureEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  refuseProduction(options);
  mkdirSync(options.dataDir, { recursive: true });
  const dataDir = realpathSync(options.dataDir);
  const database = options.database ?? "farebox";
  const state = await withFileLock(join(dataDir, "lock"), LOCK_TIMEOUT_MS, async () => {
    const running = await runningState(dataDir);
    const current = running ?? (await bringUp(dataDir, options));
    await createDatabase(current, database);
    return current;
  });
  const pid = serverPid(state);
  if (pid === undefined)
    throw new EmbeddedPostgresError(`PostgreSQL in ${dataDir} ended right after it started.`);
  return { url: connectionUrl(state, database), pid, stop: () => stopEmbeddedPostgres(dataDir) };
}

export async function stopEmbeddedPostgres(dataDir: string): Promise<void> {
  const state = existsSync(dataDir) ? readState(realpathSync(dataDir)) : undefined;
  if (state) await stop(state);
}

/** Stops the server and deletes its data, wherever they were put. */
export async function removeEmbeddedPostgres(dataDir: string): Promise<void> {
  if (!existsSync(dataDir)) return;
  await stopEmbeddedPostgres(dataDir);
  const state = readState(realpathSync(dataDir));
  if (state?.binariesCopy) rmSync(state.binariesCopy, { recursive: true, force: true });
  if (state) rmSync(state.clusterDir, { recursive: true, force: true });
  if (state?.clusterDir.startsWith("/var/tmp/"))
    rmSync(dirname(state.clusterDir), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

async function runningState(dataDir: string): Promise<ServerState | undefined> {
  const state = readState(dataDir);
  if (!state || serverPid(state) === undefined) return undefined;
  const ready = await waitUntil(async () => serverPid(state) === undefined || (await answers(state)), 60_000);
  if (!ready) throw new EmbeddedPostgresError(`PostgreSQL in ${dataDir} is running but gives no answer.`);
  return serverPid(state) === undefined ? undefined : state;
}

async function bringUp(dataDir: string, options: EmbeddedPostgresOptions): Promise<ServerState> {
  const kept = readState(dataDir);
  const known = kept && existsSync(join(kept.clusterDir, "PG_VERSION")) ? kept : undefined;
  const account = serverAccount(known?.clusterDir ?? join(dataDir, "cluster"));
  const state = known ?? newState(dataDir, await freePort(kept?.port ?? options.port ?? 0), account);
  const binaries = usableBinaries(account, state.binariesCopy);
  if (binaries !== packagedBinaries()) state.binariesCopy = binaries;
  const server: Server = {
    state,
    binaries,
    account,
    logFile: join(dataDir, "postgres.log"),
    durable: options.durable ?? true,
  };
  writeState(dataDir, state);
  if (!known) {
    requireSpace(dirname(state.clusterDir));
    await initialise(server);
  }
  while ((await start(server)) === "port taken") {
    state.port = await freePort(0);
    writeState(dataDir, state);
  }
  return state;
}

/** `preferred` when nothing listens there, else any free port. */
function freePort(preferred: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      preferred === 0 ? reject(error) : resolve(freePort(0)),
    );
    probe.listen(preferred, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : preferred;
      probe.close(() => resolve(port));
    });
  });
}

function requireSpace(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= NEW_CLUSTER_BYTES) return;
  const free = Math.floor((bavail * bsize) / 1024 / 1024);
  throw new EmbeddedPostgresError(
    `PostgreSQL needs 200 MB in ${folder}, but only ${free} MB are free there.`,
  );
}

function refuseProduction({ allowProduction }: EmbeddedPostgresOptions): void {
  // biome-ignore lint/style/noProcessEnv: a safety catch that must not depend on what the caller passes
  if (process.env.NODE_ENV !== "production" || allowProduction) return;
  throw new EmbeddedPostgresError(
    "The embedded PostgreSQL is made for development; set DATABASE_URL when NODE_ENV is production.",
  );
}
