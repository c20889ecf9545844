import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Identifies a process beyond its pid, which the system reuses; undefined when it is gone or a zombie. */
export function processStart(pid) {
  try {
    if (process.platform === "linux") {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return state === "Z" ? undefined : fields[18];
    }
    const output = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return output.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Starts a program in a process group of its own: Ctrl-C reaches only us, and we end the whole group. */
export function spawnGroup(command, args, options) {
  return spawn(command, args, { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
}

export function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/** Asks a process to end, and makes it when it has not after `graceMs`. Resolves to whether it had to be made. */
export async function endGroup(pid, graceMs, signal = "SIGTERM") {
  const started = processStart(pid);
  signalGroup(pid, signal);
  const gone = await until(() => started === undefined || processStart(pid) !== started, graceMs);
  signalGroup(pid, "SIGKILL");
  return !gone;
}

/** Resolves to false when `condition` has not come true in time. */
export async function until(condition, timeoutMs, everyMs = 50) {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) return false;
    await sleep(everyMs);
  }
  return true;
}
