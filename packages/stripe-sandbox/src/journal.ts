import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Change, Store } from "./store";

const compactAfterBytes = 64 * 1024 * 1024;
const chunkBytes = 1024 * 1024;

export interface Journal {
  append(changes: Change[]): void;
  /** Starts again from what the store holds now. */
  rewrite(): void;
  close(): void;
}

/** One line per answered request, written before the answer, so a killed process forgets nothing it said. */
export function openJournal(dataDir: string, store: Store, compactAfter = compactAfterBytes): Journal {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, "state.jsonl");
  const unlock = lock(join(dataDir, "sandbox.lock"), dataDir);
  const found = existsSync(file) ? readChanges(file, (change) => store.apply(change)) : undefined;
  let written = 0;
  let compactAt = 0;
  let handle = found?.isWhole && found.changes <= store.size() * 2 ? resume() : compact();

  function resume(): number {
    const old = openSync(file, "a");
    written = fstatSync(old).size;
    compactAt = written + Math.max(compactAfter, written);
    return old;
  }

  /** Twice the size of what is alive at least, so that a large state is not rewritten all the time. */
  function compact(): number {
    const fresh = writeChanges(file, store.everything());
    written = fstatSync(fresh).size;
    compactAt = written + Math.max(compactAfter, written);
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

/** The file is whole or it is the old one; answers the handle, open for more. */
export function writeChanges(file: string, changes: Iterable<Change>): number {
  const next = `${file}.next`;
  rmSync(next, { force: true });
  const handle = openSync(next, "a");
  let chunk = "";
  for (const change of changes) {
    chunk += `${JSON.stringify([change])}\n`;
    if (chunk.length < chunkBytes) continue;
    writeFileSync(handle, chunk);
    chunk = "";
  }
  writeFileSync(handle, chunk);
  renameSync(next, file);
  return handle;
}

interface Found {
  changes: number;
  /** The last line has its end. */
  isWhole: boolean;
}

export function readChanges(file: string, apply: (change: Change) => void): Found {
  const found: Found = { changes: 0, isWhole: true };
  let at = 0;
  for (const { line, isWhole } of linesOf(file)) {
    at += 1;
    if (!found.isWhole) throw new Error(`${file} is damaged at line ${at - 1}`);
    const changes = parse(line);
    found.isWhole = isWhole && changes !== undefined;
    for (const change of changes ?? []) apply(change);
    found.changes += changes?.length ?? 0;
  }
  return found;
}

/** In pieces, because a string cannot hold a large state. */
function* linesOf(file: string): Generator<{ line: Buffer; isWhole: boolean }> {
  const handle = openSync(file, "r");
  const chunk = Buffer.alloc(chunkBytes);
  let rest: Buffer[] = [];
  try {
    for (;;) {
      const size = readSync(handle, chunk);
      if (size === 0) break;
      let from = 0;
      for (let end = chunk.indexOf(10); end >= 0 && end < size; end = chunk.indexOf(10, from)) {
        yield { line: Buffer.concat([...rest, chunk.subarray(from, end)]), isWhole: true };
        rest = [];
        from = end + 1;
      }
      if (from < size) rest.push(Buffer.from(chunk.subarray(from, size)));
    }
    if (rest.length > 0) yield { line: Buffer.concat(rest), isWhole: false };
  } finally {
    closeSync(handle);
  }
}

/** A line without its end was cut by a kill before its request was answered, and is dropped. */
function parse(line: Buffer): Change[] | undefined {
  try {
    return JSON.parse(line.toString("utf8"));
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
