import { requireNode } from "./start/node-version.mjs";

requireNode();
const { runCommand } = await import("./start/failure.mjs");
await runCommand(async () => {
  const { codeChecks, runChecks } = await import("./check/steps.mjs");
  const { endTasksOnSignal, prepare } = await import("./start/prepare.mjs");
  endTasksOnSignal();
  const { failed } = await runChecks(codeChecks(await prepare(["generate"])));
  return failed === 0 ? 0 : 1;
});
