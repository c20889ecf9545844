import { holdStartLock } from "./lock.mjs";
import { say } from "./log.mjs";
import { shutdown, whenAskedToStop } from "./shutdown.mjs";

/** Brings something up, stays until Ctrl-C, and takes down whatever `bringUp` had pushed on `running` by then. */
export async function inForeground(bringUp) {
  const releaseLock = holdStartLock();
  const running = [];
  const asked = whenAskedToStop(running);
  const up = bringUp(running);
  try {
    await Promise.race([up, asked]);
    say(`\n  Stopping (${await asked}) …`);
  } finally {
    await shutdown(running);
    await up.catch(() => {});
    await shutdown(running);
    releaseLock();
  }
}
