import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Account, openForPassage, reachable } from "./embedded-account";
import { EmbeddedPostgresError } from "./embedded-error";

/** What one data directory remembers between runs (`server.json`, readable by its owner only). */
export interface ServerState {
  port: number;
  password: string;
  clusterDir: string;
  /** Set only where the installed binaries are out of reach of the account that runs the server. */
  binariesCopy?: string;
}

export function readState(dataDir: string): ServerState | undefined {
  const file = stateFile(dataDir);
  if (!existsSync(file)) return undefined;
  try {
    const kept = JSON.parse(readFileSync(file, "utf8")) as Partial<ServerState>;
    const { port, password, clusterDir = inside(dataDir), binariesCopy } = kept;
    if (port && password) return { port, password, clusterDir, ...(binariesCopy ? { binariesCopy } : {}) };
    throw new Error("the port or the password is missing");
  } catch (error) {
    throw new EmbeddedPostgresError(`Cannot read ${file}: ${(error as Error).message}`);
  }
}

export function writeState(dataDir: string, state: ServerState): void {
  const draft = `${stateFile(dataDir)}.${process.pid}`;
  // A cluster inside moves along when the folder is moved or copied, so its path is not written down.
  const kept = state.clusterDir === inside(dataDir) ? { ...state, clusterDir: undefined } : state;
  writeFileSync(draft, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, stateFile(dataDir));
}

export function newState(dataDir: string, port: number, account: Account | undefined): ServerState {
  return { port, password: randomBytes(24).toString("hex"), clusterDir: placeCluster(dataDir, account) };
}

/** Only answered queries with this password prove that the server behind the port is ours. */
export function connectionUrl(state: ServerState, database: string): string {
  return `postgresql://postgres:${state.password}@127.0.0.1:${state.port}/${encodeURIComponent(database)}`;
}

function placeCluster(dataDir: string, account: Account | undefined): string {
  openForPassage(dataDir, account);
  if (reachable(dataDir, account)) return inside(dataDir);
  const outside = mkdtempSync("/var/tmp/farebox-postgres-");
  openForPassage(outside, account);
  return join(outside, "cluster");
}

const inside = (dataDir: string): string => join(dataDir, "cluster");

function stateFile(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true });
  return join(dataDir, "server.json");
}
