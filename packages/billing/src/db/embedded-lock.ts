import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EmbeddedPostgresError } from "./embedded-error";
import { processStart, waitUntil } from "./embedded-process";

interface Owner {
  pid: number;
  start: string | undefined;
  released: boolean;
}

/**
 * Runs `work` while no other process does so in `directory`; a holder that died counts as gone.
 * The newest numbered file holds the lock. `link` makes exactly one contender the author of a number, and a
 * number is removed only after a higher one exists, so a late author finds out that it came too late.
 */
export async function withFileLock<T>(
  directory: string,
  timeoutMs: number,
  work: () => Promise<T>,
): Promise<T> {
  mkdirSync(directory, { recursive: true });
  let held: string | undefined;
  const acquired = await waitUntil(() => {
    held = tryAcquire(directory);
    return held !== undefined;
  }, timeoutMs);
  if (!acquired || held === undefined) {
    const seconds = Math.round(timeoutMs / 1000);
    throw new EmbeddedPostgresError(
      `Another process has held ${directory} for more than ${seconds} seconds; end it and try again.`,
    );
  }
  try {
    return await work();
  } finally {
    publish(directory, held, { ...self(), released: true }, renameSync);
  }
}

function tryAcquire(directory: string): string | undefined {
  const newest = newestNumber(directory);
  if (newest > 0 && !isFree(join(directory, String(newest)))) return undefined;
  const mine = newest + 1;
  const file = join(directory, String(mine));
  if (!publish(directory, file, self(), linkSync)) return undefined;
  if (newestNumber(directory) > mine) {
    rmSync(file, { force: true });
    return undefined;
  }
  for (const name of readdirSync(directory)) {
    if (Number(name) < mine) rmSync(join(directory, name), { force: true });
  }
  return file;
}

function publish(directory: string, file: string, owner: Owner, place: typeof linkSync): boolean {
  const draft = join(directory, `draft-${randomUUID()}`);
  writeFileSync(draft, JSON.stringify(owner));
  try {
    place(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function newestNumber(directory: string): number {
  const numbers = readdirSync(directory).map(Number).filter(Number.isSafeInteger);
  return Math.max(0, ...numbers);
}

function isFree(file: string): boolean {
  try {
    const owner = JSON.parse(readFileSync(file, "utf8")) as Owner;
    return owner.released || processStart(owner.pid) !== owner.start;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

function self(): Owner {
  return { pid: process.pid, start: processStart(process.pid), released: false };
}
