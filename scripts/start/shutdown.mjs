import { say } from "./log.mjs";
import { endTasks } from "./tasks.mjs";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const SAME_KEY_MS = 700;

/** Resolves to the first signal. A second Ctrl-C does not wait; npm passes the first one on, so it comes twice. */
export function whenAskedToStop(running) {
  return new Promise((resolve) => {
    let askedAt;
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if (askedAt !== undefined) {
          if (signal === "SIGINT" && Date.now() - askedAt > SAME_KEY_MS) killAll(running);
          return;
        }
        askedAt = Date.now();
        endTasks();
        resolve(signal);
      });
    }
  });
}

/** Stops what runs, the last started first, so that nothing loses what it needs to finish its work. */
export async function shutdown(running) {
  endTasks();
  while (running.length > 0) {
    const part = running.at(-1);
    try {
      await part.stop();
    } catch (error) {
      say(`  ${part.title} could not be stopped: ${error.message}`);
    }
    running.splice(running.indexOf(part), 1);
  }
}

function killAll(running) {
  for (const part of running) {
    try {
      part.kill();
    } catch {
      // already gone
    }
  }
}
