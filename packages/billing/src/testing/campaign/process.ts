import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { openBilling } from "../../open-billing";
import { openStripe } from "../../stripe/client";
import { openInbox } from "../../webhooks/open-inbox";
import { surviveStrayRejections } from "../../webhooks/stray";
import { startWorker } from "../../webhooks/work";

/** What a process of the fleet is told: its first argument, as JSON. */
export interface ProcessConfig {
  role: "receive" | "work";
  databaseUrl: string;
  stripe: { secretKey: string; apiBase: string };
  webhookSecret: string;
  /** How far the clock of this process is ahead. */
  clockMs: number;
}

/** Short times: what takes minutes in production takes as many hundredths of a second here. */
const pace = { pollMs: 250, leaseMs: 800, backoffMs: 15, verifyAfterMs: 120, settleAfterMs: 250 };

const say = () => undefined;
const log = { debug: say, info: say, warn: say, error: say };

/** Date only: timers go by another clock, as they do on a machine whose date is wrong. */
function shiftClock(ms: number): void {
  globalThis.Date = new Proxy(Date, {
    construct: (real, given, target) =>
      Reflect.construct(real, given.length > 0 ? given : [real.now() + ms], target),
    get: (real, key) => (key === "now" ? () => real.now() + ms : Reflect.get(real, key)),
  });
}

async function receive({ databaseUrl, webhookSecret }: ProcessConfig): Promise<number> {
  const endpoint = {
    id: "main",
    secrets: [webhookSecret],
    accounts: "own" as const,
    accountId: "acct_1FareboxSandbox",
    livemode: false,
  };
  const inbox = openInbox({ databaseUrl, connections: 3, endpoints: [endpoint], log });
  const server = createServer(async (request, response) => {
    const header = String(request.headers["stripe-signature"] ?? "");
    const { status } = await inbox.receive("main", await buffer(request), header);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** Without the retries of the SDK, which would only make each fault slow: the worker has its own. */
async function work({ databaseUrl, stripe }: ProcessConfig): Promise<void> {
  const billing = await openBilling({
    databaseUrl,
    connections: 5,
    stripe,
    browser: { publishableKey: "", stripeJsUrl: null },
    log,
  });
  surviveStrayRejections(log);
  startWorker({ ...billing, stripe: openStripe({ ...stripe, maxNetworkRetries: 0 }) }, pace);
}

const [given] = process.argv.slice(2);
if (given) {
  const config = JSON.parse(given) as ProcessConfig;
  shiftClock(config.clockMs);
  process.stdin.on("end", () => process.exit()).resume();
  const port = config.role === "receive" ? await receive(config) : await work(config);
  process.stdout.write(`${JSON.stringify({ port: port ?? null })}\n`);
}
