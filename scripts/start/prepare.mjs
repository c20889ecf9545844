import { runTurbo } from "./build.mjs";
import { loadEnvironment } from "./env-file.mjs";
import { ensureInstalled } from "./install.mjs";
import { endTasks } from "./tasks.mjs";

/** What every command but `npm start` needs first: packages, and what `tasks` of the workspace make. */
export async function prepare(tasks, { filter } = {}) {
  const env = loadEnvironment();
  const pnpm = await ensureInstalled(env);
  await runTurbo(tasks, {
    env,
    pnpm,
    filter,
    title: tasks.includes("build") ? "servers and apps built" : "database client generated",
  });
  return { env, pnpm };
}

/** For commands that run tasks one after the other: Ctrl-C ends the one that runs and then the command. */
export function endTasksOnSignal() {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.once(signal, () => {
      endTasks();
      setTimeout(() => process.exit(130), 4000).unref();
    });
  }
}
