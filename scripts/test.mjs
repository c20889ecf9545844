import { requireNode } from "./start/node-version.mjs";

requireNode();
const { runCommand } = await import("./start/failure.mjs");
await runCommand(async () => {
  const { runTests } = await import("./test/run.mjs");
  return runTests(process.argv.slice(2));
});
