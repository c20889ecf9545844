import { requireNode } from "./start/node-version.mjs";

requireNode();
const { runCommand } = await import("./start/failure.mjs");
await runCommand(async () => {
  const { start } = await import("./start/main.mjs");
  return start(process.argv.slice(2));
});
process.exit();
