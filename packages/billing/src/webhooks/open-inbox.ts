import pg from "pg";
import type { Log } from "../context";
import { surviveBrokenConnections } from "../db/client";
import { unreadyReason } from "../db/readiness";
import { queueDepth } from "../db/sql/dirty-objects";
import { stripeApiVersion } from "../stripe/client";
import { createReceiver, type Receiver, type WebhookEndpoint } from "./receive";

export interface InboxOptions {
  databaseUrl: string;
  connections?: number;
  endpoints: (Omit<WebhookEndpoint, "apiVersion"> & { apiVersion?: string })[];
  log: Log;
}

export interface Inbox {
  receive: Receiver;
  /** Waiting and given-up objects, and for how long the oldest has been waiting. */
  depth(): Promise<{ due: number; dead: number; oldestSeconds: number }>;
  unreadyReason(): Promise<string | null>;
  close(): Promise<void>;
}

/** All that receiving needs: a small pool that gives up soon, so that Stripe is told at once to come again. */
export function openInbox({ databaseUrl, connections = 5, endpoints, log }: InboxOptions): Inbox {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: connections,
    options: "-c timezone=UTC -c statement_timeout=4000",
    connectionTimeoutMillis: 2_000,
    query_timeout: 5_000,
  });
  surviveBrokenConnections(pool).on("error", (error) =>
    log.warn({ err: error }, "an idle database connection broke"),
  );
  const pinned = endpoints.map((endpoint) => ({ apiVersion: stripeApiVersion, ...endpoint }));
  return {
    receive: createReceiver({ pool, endpoints: pinned, log }),
    depth: () => queueDepth(pool),
    unreadyReason: () => unreadyReason({ pool }),
    close: () => pool.end(),
  };
}
