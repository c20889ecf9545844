import { createHash } from "node:crypto";
import { serve } from "@hono/node-server";
import { createApp } from "./app";
import { type Controls, createControls } from "./controls";
import { deliveryRetriesMs, deliveryTimeoutMs, retryDays, upcomingNoticeDays } from "./decisions/timing";
import type { DeliveryRecord } from "./deliveries/records";
import { type CallRecord, createCalls } from "./http/calls";
import { createFaults } from "./http/faults";
import { resources } from "./resources";
import type { TimerHandler } from "./resources/resource";
import type { TableName } from "./tables";
import type { Dunning, Presenter, Settings } from "./transaction";
import { byTime, createWorld, type World } from "./world";

export type { CheckoutCompletion, CheckoutResult } from "./http/complete-checkout";
export type { CallRecord, DeliveryRecord };

export interface ForwardTo {
  url: string;
  secret: string;
  enabledEvents?: string[];
  /** Thin bodies name what changed and must be fetched. */
  payload?: "snapshot" | "thin";
  /** The events of connected accounts instead of the platform's own. */
  connect?: boolean;
}

export interface SandboxOptions {
  /** 0 takes a free one. */
  port?: number;
  host?: string;
  /** Keeps state over restarts; without it everything is in memory. */
  dataDir?: string;
  /** Like `stripe listen --forward-to`, with a fixed signing secret. */
  forward?: ForwardTo[];
  /** How long the bank takes, in milliseconds. */
  settleDelayMs?: number;
  /** Waits between the attempts of one delivery; afterwards it has failed. */
  retryDelaysMs?: number[];
  deliveryTimeoutMs?: number;
  /** Left out, payments are retried on days 1, 3, 5, 7, 9, 11 and 13, and then the subscription is canceled. */
  dunning?: Partial<Dunning>;
  /** `invoice.upcoming` comes so many days before a renewal. */
  upcomingDays?: number;
  /** Ends the subscription whose payment is charged back, as the account can be set to. */
  cancelDisputed?: boolean;
  /** Lets refunds wait (`insufficient_funds`) while the balance does not cover them, instead of letting it go below zero. */
  refundsNeedFunds?: boolean;
}

export interface Sandbox extends Controls {
  url: string;
  port: number;
  secretKey: string;
  publishableKey: string;
  /** Adds a destination, or replaces the one with the same url. */
  forward(endpoint: ForwardTo): void;
  /** Resolves when nothing is queued, being delivered, or about to be reported by the bank. */
  settled(timeoutMs?: number): Promise<void>;
  deliveries(): DeliveryRecord[];
  calls(): CallRecord[];
  /** Answers as the port does, without one; the controls want a connection from this machine. */
  fetch(request: Request): Promise<Response>;
  close(): Promise<void>;
}

/** How long a request that is being answered may take when the sandbox stops. */
const graceMs = 1000;
const usualDunning: Dunning = {
  retryDays: retryDays(),
  subscription: "cancel",
  invoice: "leave_open",
};
const account = { id: "acct_1FareboxSandbox", name: "Farebox Sandbox", country: "US" };

export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, host = "127.0.0.1", dataDir, settleDelayMs = 50 } = options;
  const settings: Settings = {
    url: "",
    settleDelayMs,
    account,
    dunning: { ...usualDunning, ...options.dunning },
    upcomingDays: options.upcomingDays ?? upcomingNoticeDays(),
    cancelDisputed: options.cancelDisputed ?? false,
    refundsNeedFunds: options.refundsNeedFunds ?? false,
  };
  const world = createWorld({
    dataDir,
    settings,
    presenters: new Map(
      resources.flatMap(({ presenters = {} }) => Object.entries(presenters) as [TableName, Presenter][]),
    ),
    timers: new Map(resources.flatMap(({ timers = {} }) => Object.entries<TimerHandler>(timers))),
    derivations: resources.flatMap(({ derive }) => derive ?? []),
    deliveries: {
      retryDelaysMs: options.retryDelaysMs ?? deliveryRetriesMs(),
      timeoutMs: options.deliveryTimeoutMs ?? deliveryTimeoutMs(),
    },
  });
  const calls = createCalls();
  const forward = (endpoint: ForwardTo) => listen(world, endpoint);
  const faults = createFaults(() => world.store.copy());
  const controls = createControls({ world, calls, faults });
  const app = createApp({ world, calls, faults, controls, forward });
  if (options.forward?.length) replaceListeners(world, options.forward);
  const server = await start(app.fetch, port, host).catch(async (error: unknown) => {
    await world.close();
    throw error;
  });
  settings.url = `http://${host}:${server.port}`;
  return {
    ...controls,
    url: settings.url,
    port: server.port,
    secretKey: "sk_test_farebox",
    publishableKey: "pk_test_farebox",
    forward,
    settled: (timeoutMs = 10_000) => settled(world, timeoutMs),
    deliveries: () => world.deliveries.records(),
    calls: () => calls.all(),
    fetch: async (request) => app.fetch(request),
    async close() {
      await server.stop();
      await world.close();
    },
  };
}

function listen(world: World, { url, secret, enabledEvents = ["*"], payload, connect }: ForwardTo): void {
  const id = `listener_${createHash("sha256").update(url).digest("hex").slice(0, 16)}`;
  world.transact(byTime, (tx) =>
    tx.put("listeners", {
      id,
      url,
      secret,
      enabledEvents,
      ...(payload && { payload }),
      ...(connect && { connect }),
    }),
  );
}

/** What is named at the start replaces what was remembered from a run before. */
function replaceListeners(world: World, endpoints: ForwardTo[]): void {
  const urls = endpoints.map(({ url }) => url);
  world.transact(byTime, (tx) => {
    for (const old of [...tx.newestFirst("listeners")])
      if (!urls.includes(old.url)) tx.remove("listeners", old.id);
  });
  for (const endpoint of endpoints) listen(world, endpoint);
}

function start(fetch: (request: Request) => Response | Promise<Response>, port: number, hostname: string) {
  return new Promise<{ port: number; stop: () => Promise<void> }>((resolve, reject) => {
    const server = serve({ fetch, port, hostname }, (info) => resolve({ port: info.port, stop }));
    server.once("error", reject);
    const stop = () =>
      new Promise<void>((done) => {
        server.close(() => done());
        setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), graceMs).unref();
      });
  });
}

async function settled(world: World, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!world.isSettled()) {
    if (Date.now() > deadline) {
      const waiting = world.store
        .by("deliveries", "state", "pending")
        .map((delivery) => `${delivery.type} (${delivery.lastError ?? "not tried"})`);
      throw new Error(
        `The sandbox was not settled after ${timeoutMs} ms. Waiting: ${waiting.slice(0, 10).join(", ") || "the bank"}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
