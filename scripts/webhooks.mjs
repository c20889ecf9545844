import { requireNode } from "./start/node-version.mjs";

requireNode();
const { runCommand } = await import("./start/failure.mjs");
await runCommand(async () => {
  const { runBillingCli } = await import("./start/billing-cli.mjs");
  return runBillingCli("packages/billing/src/webhooks/webhooks-cli.ts", process.argv.slice(2), {
    needsStripe: false,
  });
});
