import type pg from "pg";
import type { Log } from "../context";
import { notifyDirty, type ReceivedEvent } from "../db/sql/inbox";
import { requireEndpoints, type WebhookEndpoint } from "./endpoints";
import { openInboxWriter } from "./group-commit";
import { type HandlerTables, handlerTables, partOf } from "./handlers";
import { readEvent } from "./read-event";
import { isSigned } from "./verify";

export interface ReceiverOptions {
  pool: pg.Pool;
  endpoints: readonly WebhookEndpoint[];
  log: Log;
  /** What is kept up to date; everything else is stored and ignored. */
  tables?: HandlerTables;
  /** After the commit. */
  onStored?: (event: ReceivedEvent) => void;
}

export interface Received {
  status: 200 | 400 | 404 | 413 | 500;
  /** received, duplicate, ignored or quarantined; otherwise why it was refused. */
  reason: string;
}

export type Receiver = (
  endpointId: string,
  rawBody: Uint8Array,
  signatureHeader: string,
) => Promise<Received>;

export const maxEventBytes = 2 * 1024 * 1024;
const notifyEveryMs = 10;

/** Answers 2xx only after the event and the mark of its object are committed. */
export function createReceiver(options: ReceiverOptions): Receiver {
  const { pool, endpoints, log, tables = handlerTables, onStored } = options;
  const byId = requireEndpoints(endpoints);
  const kept = {
    own: new Set(Object.keys(tables.own)),
    connected: new Set(Object.keys(tables.connected)),
    partOf,
  };
  const store = openInboxWriter(pool);
  const wakeWorkers = notifyOncePerBatch(pool, log);
  const logRefusal = sampled(log);
  return async (endpointId, rawBody, signatureHeader) => {
    const endpoint = byId.get(endpointId);
    if (!endpoint) return { status: 404, reason: "unknown_endpoint" };
    if (rawBody.byteLength > maxEventBytes) return { status: 413, reason: "too_large" };
    const judged = isSigned(rawBody, signatureHeader, endpoint.secrets);
    if (judged !== "signed") {
      logRefusal({ endpointId, reason: judged, bytes: rawBody.byteLength }, "webhook refused");
      return { status: 400, reason: judged };
    }
    const event = readEvent(rawBody, endpoint, kept);
    if (!event) return { status: 400, reason: "not_an_event" };
    const { id: eventId, status, reason } = event;
    if (reason) log.error({ endpointId, eventId, reason }, "event quarantined");
    try {
      const { isNew } = await store(event);
      onStored?.(event);
      if (status === "received") wakeWorkers();
      return { status: 200, reason: isNew || status === "quarantined" ? status : "duplicate" };
    } catch (error) {
      log.error({ err: error, eventId }, "event not stored");
      return { status: 500, reason: "not_stored" };
    }
  };
}

/** The first event wakes the workers at once, a storm of them once in a while: they look at the table, not at the message. */
function notifyOncePerBatch(pool: pg.Pool, log: Log): () => void {
  let resting = false;
  let again = false;
  const notify = () => {
    resting = true;
    again = false;
    notifyDirty(pool).catch((error: unknown) =>
      log.warn({ err: error }, "workers not woken, they will poll"),
    );
    setTimeout(() => {
      resting = false;
      if (again) notify();
    }, notifyEveryMs).unref();
  };
  return () => {
    again = resting;
    if (!resting) notify();
  };
}

/** One line a second at most: a flood of forgeries must not fill the disk. */
function sampled(log: Log): Log["warn"] {
  let nextAt = 0;
  return (fields, message) => {
    const now = performance.now();
    if (now < nextAt) return;
    nextAt = now + 1_000;
    log.warn(fields, message);
  };
}
