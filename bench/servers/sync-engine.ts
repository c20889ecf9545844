import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * The web application that sync-engine is published with, from its parts: its settings, its body parser, its one route.
 * Without its log, which would write a line for each event. The peers are not packages of this workspace.
 */
const { PEERS = "", DATABASE_URL = "", STRIPE_API_BASE = "", STRIPE_WEBHOOK_SECRET = "" } = process.env;
const fromPeers = createRequire(join(PEERS, "package.json"));

interface SyncEngine {
  runMigrations(config: { databaseUrl: string; schema: string }): Promise<void>;
  StripeSync: new (
    config: Record<string, unknown>,
  ) => { stripe: unknown; processWebhook(body: Buffer, signature: string): Promise<void> };
}

interface FastifyApp {
  addContentTypeParser(
    type: string,
    options: { parseAs: "buffer" },
    parse: (request: unknown, body: Buffer, done: (error: null, body: unknown) => void) => void,
  ): void;
  post(path: string, handler: (request: Posted, reply: Reply) => Promise<unknown>): void;
  listen(options: { port: number; host: string }): Promise<string>;
}

interface Posted {
  body: { raw: Buffer };
  headers: Record<string, string>;
}

interface Reply {
  code(status: number): Reply;
  send(body: unknown): unknown;
}

const { runMigrations, StripeSync } = fromPeers("@supabase/stripe-sync-engine") as SyncEngine;
const { fastify } = fromPeers("fastify") as { fastify(options: { requestIdHeader: string }): FastifyApp };
const Stripe = fromPeers("stripe") as new (key: string, options: object) => unknown;

await runMigrations({ databaseUrl: DATABASE_URL, schema: "stripe" });
const apiVersion = "2026-10-28.endive";
const stripeSecretKey = "sk_test_farebox";
const sync = new StripeSync({
  databaseUrl: DATABASE_URL,
  schema: "stripe",
  stripeSecretKey,
  stripeWebhookSecret: STRIPE_WEBHOOK_SECRET,
  stripeApiVersion: apiVersion,
  autoExpandLists: false,
  backfillRelatedEntities: true,
  maxPostgresConnections: 10,
});
const { hostname: host, port } = new URL(STRIPE_API_BASE);
sync.stripe = new Stripe(stripeSecretKey, { apiVersion, host, port, protocol: "http", telemetry: false });

const app = fastify({ requestIdHeader: "Request-Id" });
app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => {
  done(null, { raw: body });
});
app.post("/webhooks", async (request, reply) => {
  try {
    await sync.processWebhook(request.body.raw, request.headers["stripe-signature"] ?? "");
  } catch (error) {
    return reply.code(400).send(`Webhook Error: ${error instanceof Error ? error.message : "Unknown error"}`);
  }
  return reply.send({ received: true });
});
console.log(JSON.stringify({ listening: await app.listen({ port: 0, host: "127.0.0.1" }) }));
