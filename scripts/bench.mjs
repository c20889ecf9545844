import { requireNode } from "./start/node-version.mjs";

requireNode();
const { runCommand } = await import("./start/failure.mjs");
await runCommand(async () => {
  const { say } = await import("./start/log.mjs");
  const { endTasksOnSignal, prepare } = await import("./start/prepare.mjs");
  const { runTask } = await import("./start/tasks.mjs");
  endTasksOnSignal();
  const { env } = await prepare(["generate", "build"]);
  const { code } = await runTask(
    process.execPath,
    ["--import", "tsx", "bench/main.ts", ...process.argv.slice(2)],
    { env, log: "bench", onLine: say },
  );
  return code === 0 ? 0 : 1;
});
