import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Change, Store } from "./store";

const compactAfterBytes = 64 * 1024 * 1024;

export interface Journal {
  append(changes: Change[]): void;
  /** Starts again from what the store holds now. */
  rewrite(): void;
  close(): void;
}

/** One line per answered request, written before the answer, so a killed process forgets nothing it said. */
export function openJournal(dataDir: string, store: Store): Journal {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, "state.jsonl");
  const unlock = lock(join(dataDir, "sandbox.lock"), dataDir);
  if (existsSync(file)) load(file, store);
  let written = 0;
  let compactAt = 0;
  let handle = compact();

  function compact(): number {
    const next = `${file}.next`;
    rmSync(next, { force: true });
    const fresh = openSync(next, "a");
    for (const change of store.everything()) writeFileSync(fresh, `${JSON.stringify([change])}\n`);
    renameSync(next, file);
    written = fstatSync(fresh).size;
    compactAt = written + compactAfterBytes;
    return fresh;
  }

  function rewrite(): void {
    closeSync(handle);
    handle = compact();
  }

  return {
    append(changes) {
      const line = Buffer.from(`${JSON.stringify(changes)}\n`);
      try {
        writeFileSync(handle, line);
      } catch (error) {
        ftruncateSync(handle, written);
        throw error;
      }
      written += line.length;
      if (written > compactAt) rewrite();
    },
    rewrite,
    close() {
      closeSync(handle);
      unlock();
    },
  };
}

function load(file: string, store: Store): void {
  const lines = readFileSync(file, "utf8").split("\n");
  lines.forEach((line, at) => {
    if (line === "") return;
    const changes = parse(line);
    if (changes) for (const change of changes) store.apply(change);
    else if (at < lines.length - 1) throw new Error(`${file} is damaged at line ${at + 1}`);
  });
}

/** A line without its end was cut by a kill before its request was answered, and is dropped. */
function parse(line: string): Change[] | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function lock(file: string, dataDir: string): () => void {
  if (existsSync(file)) {
    const owner = Number(readFileSync(file, "utf8"));
    if (owner !== process.pid && isAlive(owner)) {
      throw new Error(`${dataDir} is in use by the sandbox with process id ${owner}`);
    }
  }
  const handle = openSync(file, "w");
  writeFileSync(handle, String(process.pid));
  closeSync(handle);
  return () => rmSync(file, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid > 0;
  } catch {
    return false;
  }
}
