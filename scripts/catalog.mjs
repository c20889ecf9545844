import { requireNode } from "./start/node-version.mjs";

requireNode();
const { runCommand } = await import("./start/failure.mjs");
await runCommand(async () => {
  const { runCatalog } = await import("./start/catalog.mjs");
  return runCatalog(process.argv.slice(2));
});
