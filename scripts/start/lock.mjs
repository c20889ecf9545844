import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Failure } from "./failure.mjs";
import { inState, stateDir } from "./paths.mjs";
import { processStart } from "./processes.mjs";

/** One `npm start` per folder at a time; the lock of one that died is taken over. */
export function holdStartLock(file = inState("start.lock")) {
  mkdirSync(stateDir, { recursive: true });
  const self = JSON.stringify({ pid: process.pid, start: processStart(process.pid) });
  for (;;) {
    try {
      writeFileSync(file, self, { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const owner = liveOwner(file);
    if (owner) {
      throw new Failure(
        `Farebox is already running in this folder (process ${owner.pid}): use that one, or stop it with Ctrl-C first.`,
      );
    }
    rmSync(file, { force: true });
  }
}

export function liveOwner(file = inState("start.lock")) {
  try {
    const owner = JSON.parse(readFileSync(file, "utf8"));
    return owner.start && processStart(owner.pid) === owner.start ? owner : undefined;
  } catch {
    return undefined;
  }
}
