import pg from "pg";
import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { openBilling } from "../../open-billing";
import { createReceiver } from "../../webhooks/receive";
import { startWorker } from "../../webhooks/work";
import { testDatabase } from "../database";
import { testLog } from "../test-log";
import { wireProxy } from "../wire-proxy";
import { type HandlerUnderTest, type StripeToHandle, webhookProperties } from "./webhook-properties";

async function ours({ apiBase, secretKey, webhookSecret }: StripeToHandle): Promise<HandlerUnderTest> {
  const { databaseUrl, drop } = await testDatabase();
  const proxy = await wireProxy(databaseUrl);
  const log = testLog();
  const pool = new pg.Pool({ connectionString: proxy.databaseUrl, connectionTimeoutMillis: 10_000 });
  pool.on("error", () => undefined);
  const endpoint = { id: "main", secrets: [webhookSecret], accounts: "own", livemode: false } as const;
  const receive = createReceiver({
    pool,
    log,
    endpoints: [{ ...endpoint, apiVersion: "2026-10-28.endive" }],
  });
  const billing = await openBilling({
    databaseUrl,
    connections: 4,
    stripe: { secretKey, apiBase },
    browser: { publishableKey: "", stripeJsUrl: null },
    log,
  });
  const worker = startWorker(billing, { pollMs: 20, backoffMs: 10 });
  return {
    receive: async (body, header) => (await receive("main", Buffer.from(body), header)).status,
    async customerName(id) {
      const { rows } = await billing.pool.query(
        "SELECT name FROM customer WHERE stripe_customer_id = $1 AND deleted_at IS NULL",
        [id],
      );
      return rows[0]?.name ?? null;
    },
    quiet: () => worker.idle(),
    breakStorage: async () => proxy.down(),
    mendStorage: async () => proxy.up(),
    async close() {
      await worker.stop();
      await billing.close();
      await pool.end();
      await proxy.close();
      await drop();
    },
  };
}

type Store = Map<string, { name: string | null; at: number }>;
type Take = (store: Store, event: Stripe.Event) => void;

/** A handler as many are written: it keeps what the event holds, if its guard lets it. */
function standIn({ webhookSecret }: StripeToHandle, take: Take, onError: number): HandlerUnderTest {
  const store: Store = new Map();
  const stripe = new Stripe("sk_test_stand_in");
  let broken = false;
  return {
    async receive(body, header) {
      let event: Stripe.Event;
      try {
        event = stripe.webhooks.constructEvent(body, header, webhookSecret);
      } catch {
        return 400;
      }
      try {
        if (broken) throw new Error("the storage is away");
        take(store, event);
        return 200;
      } catch {
        return onError;
      }
    },
    customerName: async (id) => store.get(id)?.name ?? null,
    quiet: async () => undefined,
    breakStorage: async () => {
      broken = true;
    },
    mendStorage: async () => {
      broken = false;
    },
    close: async () => undefined,
  };
}

const keep: Take = (store, { type, created, data }) => {
  if (!type.startsWith("customer.")) return;
  const { id, name } = data.object as Stripe.Customer;
  store.set(id, { name: type === "customer.deleted" ? null : (name ?? null), at: created });
};

const keepIfNewer: Take = (store, event) => {
  const known = store.get((event.data.object as { id: string }).id);
  if (!known || known.at < event.created) keep(store, event);
};

async function brokenBy(open: (stripe: StripeToHandle) => Promise<HandlerUnderTest>): Promise<string[]> {
  const broken: string[] = [];
  for (const { id, check } of webhookProperties(open)) {
    await check().catch(() => broken.push(id));
  }
  return broken;
}

describe("ours", () => {
  it.each(webhookProperties(ours))("$id: $says", ({ check }) => check());
});

describe("a handler that others wrote", () => {
  it("with a guard by the time of the event loses changes within a second", async () => {
    const broken = await brokenBy(async (stripe) => standIn(stripe, keepIfNewer, 500));
    expect(broken).toContain("C03");
    expect(broken).not.toContain("F08");
  });

  it("that answers 200 whatever happens loses what it could not store", async () => {
    expect(await brokenBy(async (stripe) => standIn(stripe, keepIfNewer, 200))).toContain("F08");
  });

  it("that keeps whatever comes last is set back by what comes late", async () => {
    const broken = await brokenBy(async (stripe) => standIn(stripe, keep, 500));
    expect(broken).toEqual(expect.arrayContaining(["C03", "T12", "B12"]));
  });
});
