import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "./failure.mjs";
import { eachLine, openLog, paint } from "./log.mjs";
import { inState } from "./paths.mjs";
import { endGroup, processStart, spawnGroup, until } from "./processes.mjs";

const READY_MS = 90_000;
const GRACE_MS = 10_000;
const STEADY_MS = 60_000;
const BACK_OFF_MS = [500, 1000, 2000, 4000, 8000, 16_000, 30_000];
const PIDS = () => inState("children.json");
const alive = new Map();

/** Keeps one server running until `stop`: started once it is ready, started again when it ends by itself. */
export function supervise({ name, title, command, args, cwd, env, ready }) {
  const log = openLog(name);
  let child;
  let ended;
  let stopping = false;
  let failures = 0;
  const note = (text) => log.line(paint("yellow", text));

  function launch() {
    log.clear();
    child = spawnGroup(command, args, { cwd, env });
    eachLine(child, (line) => log.line(line));
    const { pid } = child;
    remember(name, pid);
    const end = new Promise((resolve) => {
      child.once("error", (error) => resolve(error.message));
      child.once("close", (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
    });
    ended = end.then((how) => {
      forget(pid);
      return { how };
    });
    return becomeReady(ended);
  }

  async function becomeReady(end) {
    let over;
    end.then((result) => (over = result));
    const answered = await until(async () => over !== undefined || (await ready(log)), READY_MS, 100);
    return over ?? (answered ? undefined : { how: `no answer in ${READY_MS / 1000} seconds` });
  }

  async function keepRunning() {
    for (;;) {
      const since = Date.now();
      const { how } = await ended;
      if (stopping) return;
      if (Date.now() - since > STEADY_MS) failures = 0;
      const pause = BACK_OFF_MS[Math.min(failures++, BACK_OFF_MS.length - 1)];
      note(`${title} ended unexpectedly (${how}); starting it again in ${pause / 1000} s`);
      await sleep(pause);
      if (stopping) return;
      const problem = await launch();
      if (!problem) note(`${title} is back`);
    }
  }

  return {
    name,
    title,
    async start() {
      const problem = await launch();
      if (stopping) return;
      if (problem) {
        await this.stop();
        throw new Failure(
          `${title} did not start (${problem.how}): ${lastWords(log.recent())} (all of it: ${log.path}).`,
        );
      }
      keepRunning();
    },
    async stop() {
      stopping = true;
      if (!child?.pid) return;
      const forced = await endGroup(child.pid, GRACE_MS);
      if (forced) note(`${title} did not stop in ${GRACE_MS / 1000} s and was killed`);
      await ended;
      log.close();
    },
    kill: () => child?.pid && endGroup(child.pid, 0, "SIGKILL"),
  };
}

/** Ends servers that outlived an `npm start` which was killed before it could stop them. */
export async function endLeftovers() {
  let left = [];
  try {
    left = JSON.parse(readFileSync(PIDS(), "utf8"));
  } catch {
    return 0;
  }
  const still = left.filter(({ pid, start }) => start !== undefined && processStart(pid) === start);
  await Promise.all(still.map(({ pid }) => endGroup(pid, GRACE_MS)));
  rmSync(PIDS(), { force: true });
  return still.length;
}

function remember(name, pid) {
  if (pid === undefined) return;
  alive.set(pid, { name, pid, start: processStart(pid) });
  writeFileSync(PIDS(), JSON.stringify([...alive.values()]));
}

function forget(pid) {
  if (alive.delete(pid)) writeFileSync(PIDS(), JSON.stringify([...alive.values()]));
}

function lastWords(lines) {
  const telling = lines.findLast(
    (line) => /error|EADDRINUSE|invalid|must|cannot/i.test(line) && !/^\s*at /.test(line),
  );
  return (telling ?? lines.at(-1) ?? "it printed nothing").slice(0, 300);
}
