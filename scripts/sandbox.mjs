import { requireNode } from "./start/node-version.mjs";

requireNode();
const { runCommand } = await import("./start/failure.mjs");
await runCommand(async () => {
  const { runSandbox } = await import("./start/sandbox.mjs");
  return runSandbox();
});
process.exit();
