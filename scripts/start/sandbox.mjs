import { supervise } from "./children.mjs";
import { inForeground } from "./foreground.mjs";
import { say } from "./log.mjs";
import { sandboxDir } from "./paths.mjs";
import { requireFreePorts } from "./ports.mjs";
import { prepare } from "./prepare.mjs";
import { sandboxService } from "./services.mjs";
import { readSettings } from "./settings.mjs";

/** `npm run sandbox`: the Stripe sandbox alone. SANDBOX_FORWARD says where it delivers. */
export const runSandbox = () => inForeground(bringUp);

async function bringUp(running) {
  const { env } = await prepare(["build"], { filter: ["@farebox/stripe-sandbox"] });
  const settings = readSettings({ SANDBOX_PORT: env.SANDBOX_PORT }, { dev: false });
  const { SANDBOX_PORT } = settings.ports;
  await requireFreePorts({ SANDBOX_PORT });
  const childEnv = { SANDBOX_DATA_DIR: sandboxDir, ...env, SANDBOX_PORT: String(SANDBOX_PORT) };
  const child = supervise(sandboxService(settings, childEnv));
  running.push(child);
  await child.start();
  say(
    `\n  The Stripe sandbox is at ${settings.sandboxUrl}: any sk_test_ key, pk_test_farebox in the browser.`,
  );
  say("  Ctrl-C stops it.\n");
}
