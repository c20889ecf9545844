import pg from "pg";
import type { Log } from "../context";
import { surviveBrokenConnections } from "../db/client";
import { unreadyReason } from "../db/readiness";
import { type QueueDepth, queueDepth } from "../db/sql/dirty-queue";
import type { ReceivedEvent } from "../db/sql/inbox";
import { type PipelineNumbers, pipelineNumbers } from "../db/sql/pipeline-numbers";
import { stripeApiVersion } from "../stripe/client";
import type { WebhookEndpoint } from "./endpoints";
import { createReceiver, type Receiver } from "./receive";

export interface InboxOptions {
  databaseUrl: string;
  connections?: number;
  endpoints: (Omit<WebhookEndpoint, "apiVersion"> & { apiVersion?: string })[];
  log: Log;
  /** For metrics: an event was stored, or was there already. */
  onStored?: (event: ReceivedEvent) => void;
}

export interface Inbox {
  receive: Receiver;
  depth(): Promise<QueueDepth>;
  numbers(): Promise<PipelineNumbers>;
  unreadyReason(): Promise<string | null>;
  close(): Promise<void>;
}

/** All that receiving needs: a small pool that gives up soon, so that Stripe is told at once to come again. */
export function openInbox({ databaseUrl, connections = 5, endpoints, log, onStored }: InboxOptions): Inbox {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: connections,
    options: "-c timezone=UTC -c statement_timeout=4000 -c lock_timeout=1000",
    connectionTimeoutMillis: 2_000,
    query_timeout: 5_000,
  });
  surviveBrokenConnections(pool).on("error", (error) =>
    log.warn({ err: error }, "an idle database connection broke"),
  );
  const pinned = endpoints.map((endpoint) => ({ apiVersion: stripeApiVersion, ...endpoint }));
  return {
    receive: createReceiver({ pool, endpoints: pinned, log, onStored }),
    depth: () => queueDepth(pool),
    numbers: () => pipelineNumbers(pool),
    unreadyReason: () => unreadyReason({ pool }),
    close: () => pool.end(),
  };
}
