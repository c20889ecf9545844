import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "./failure.mjs";
import { openLog, paint } from "./log.mjs";
import { postgresDir } from "./paths.mjs";
import { processStart } from "./processes.mjs";
import { runTask } from "./tasks.mjs";

const PORT = "54329";
const CHECK_MS = 1000;

/** The embedded PostgreSQL, watched: started again on the same port and data when it ends by itself. */
export async function startPostgres(env) {
  const log = openLog("postgres");
  let server = await askPostgres("ensure", env);
  let stopping = false;

  async function watch() {
    while (!stopping) {
      await sleep(CHECK_MS, undefined, { ref: false });
      if (stopping || processStart(server.pid) !== undefined) continue;
      log.line(paint("yellow", "PostgreSQL ended unexpectedly; starting it again"));
      try {
        server = await askPostgres("ensure", env);
        log.line(paint("yellow", "PostgreSQL is back"));
      } catch (error) {
        log.line(paint("red", `${error.message} Trying again.`));
      }
    }
  }

  watch();
  return {
    title: "PostgreSQL",
    url: server.url,
    async stop() {
      stopping = true;
      await askPostgres("stop", env);
      log.close();
    },
    kill: () => process.kill(server.pid, "SIGQUIT"),
  };
}

export async function askPostgres(command, env) {
  const args = ["--import", "tsx", "packages/billing/src/db/embedded-cli.ts", command, postgresDir, PORT];
  const { code, last, logFile } = await runTask(process.execPath, args, {
    env,
    log: "embedded-postgres",
    finish: true,
  });
  if (code === 0) return JSON.parse(last);
  throw new Failure(last || `The embedded PostgreSQL could not be started (see ${logFile}).`);
}
