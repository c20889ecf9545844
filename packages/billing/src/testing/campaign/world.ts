import { createSandbox, type Sandbox } from "@farebox/stripe-sandbox";
import Stripe from "stripe";
import type { Billing } from "../../context";
import { openBilling } from "../../open-billing";
import { applyCatalog } from "../../plans/apply-catalog";
import { requestSweep, workOnRun } from "../../reconciliation/run";
import { openStripe } from "../../stripe/client";
import { cloneDatabase } from "../template-database";
import { type Fleet, startFleet } from "./fleet";
import { keepTables } from "./tables";

/** One place where histories happen, one after the other: a database, a Stripe, and a fleet between them. */
export interface World {
  /** As the API process has it. */
  billing: Billing;
  sandbox: Sandbox;
  /** The Stripe dashboard, disturbed as everybody else. */
  dashboard: Stripe;
  /** The truth, straight from the sandbox. */
  stripe: Stripe;
  fleet: Fleet;
  databaseUrl: string;
  /** Back to the beginning: a catalogue, and nobody who has bought anything. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

const webhookSecret = "whsec_campaign";
const retryDelaysMs = [10, 20, 40, 80, 160, 300, 300, 300, 300, 300, 300, 300, 300, 300, 300, 300, 300, 300];
const say = () => undefined;
const log = { debug: say, info: say, warn: say, error: say };

export async function openWorld(templateUrl: string, bundle: string): Promise<World> {
  const { databaseUrl, drop } = await cloneDatabase(templateUrl);
  const sandbox = await createSandbox({ settleDelayMs: 5, retryDelaysMs, deliveryTimeoutMs: 3_000 });
  const account = { secretKey: sandbox.secretKey, apiBase: sandbox.url };
  const opened = await openBilling({
    databaseUrl,
    connections: 6,
    stripe: account,
    browser: { publishableKey: sandbox.publishableKey, stripeJsUrl: null },
    log,
  });
  // The SDK's own retries wait half a second each; what they would hide is to be seen here.
  const billing = { ...opened, stripe: openStripe({ ...account, maxNetworkRetries: 0 }) };
  await applyCatalog(billing);
  await requestSweep(billing, { kind: "backfill", repairs: true, requestedBy: "campaign" });
  await workOnRun(billing, () => false);
  const tables = await keepTables(billing.pool);
  const fleet = await startFleet(bundle, { databaseUrl, stripe: account, webhookSecret });
  sandbox.snapshot("beginning");
  return {
    billing,
    sandbox,
    dashboard: openStripe({ ...account, maxNetworkRetries: 0 }),
    stripe: clientInProcess(sandbox),
    fleet,
    databaseUrl,
    async reset() {
      sandbox.deliveryMode("normal");
      sandbox.clearFaults();
      sandbox.restore("beginning");
      await tables.restore();
      sandbox.forward({ url: fleet.url, secret: webhookSecret });
    },
    async close() {
      await fleet.close();
      await sandbox.close();
      await opened.close();
      await drop();
    },
  };
}

function clientInProcess(sandbox: Sandbox): Stripe {
  const fetch = (input: Request | string | URL, init?: RequestInit) =>
    sandbox.fetch(new Request(input, init));
  return new Stripe(sandbox.secretKey, {
    host: "127.0.0.1",
    protocol: "http",
    telemetry: false,
    maxNetworkRetries: 0,
    httpClient: Stripe.createFetchHttpClient(fetch),
  });
}
