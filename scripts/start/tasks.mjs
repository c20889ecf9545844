import { eachLine, openLog } from "./log.mjs";
import { root } from "./paths.mjs";
import { signalGroup, spawnGroup } from "./processes.mjs";

const running = new Set();
let ending = false;
const GRACE_MS = 3000;

/**
 * Runs a program to its end, with its output in `.farebox/logs/<log>.log`. Never rejects.
 * `finish` is for one that must not be cut short when Ctrl-C ends everything else.
 */
export function runTask(command, args, { env, log, onLine = () => {}, cwd = root, finish = false }) {
  if (ending && !finish) return Promise.resolve({ code: "stopped", lines: [], output: "", last: "" });
  const sink = openLog(log, { echo: false });
  const lines = [];
  return new Promise((resolve) => {
    const child = spawnGroup(command, args, { cwd, env });
    if (!finish) running.add(child);
    eachLine(child, (line) => {
      sink.line(line);
      if (line.trim() !== "") lines.push(line);
      onLine(line);
    });
    const over = (code, error) => {
      running.delete(child);
      if (error) lines.push(error.message);
      sink.close();
      resolve({
        code,
        lines,
        output: lines.join("\n"),
        last: lines.at(-1)?.trim() ?? "",
        logFile: sink.path,
      });
    };
    child.on("error", (error) => over(127, error));
    child.on("close", (code, signal) => over(code ?? `signal ${signal}`));
  });
}

export const areTasksEnding = () => ending;

/** Ends what `runTask` has started and starts nothing more. */
export function endTasks() {
  ending = true;
  for (const { pid } of running) {
    if (!pid) continue;
    signalGroup(pid, "SIGTERM");
    setTimeout(() => signalGroup(pid, "SIGKILL"), GRACE_MS).unref();
  }
}
