import { createHash } from "node:crypto";
import type pg from "pg";
import Stripe from "stripe";
import type { Log } from "../context";
import { notifyDirty, type ReceivedEvent, storeEvent } from "../db/sql/inbox";
import { instant } from "../stripe/fields";
import { handlers, partOf } from "./handlers";
import { ownObject } from "./objects";
import { type EndpointRules, objectToRefresh, whyQuarantined } from "./rules";

/** One URL at Stripe. Several secrets only while they are being rolled. */
export interface WebhookEndpoint extends EndpointRules {
  id: string;
  secrets: string[];
}

export interface ReceiverOptions {
  pool: pg.Pool;
  endpoints: WebhookEndpoint[];
  log: Log;
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
const toleranceSeconds = 300;
const notifyWithinMs = 10;
const handled = new Set(Object.keys(handlers));

/** Answers 2xx only after the event and the mark of its object are committed. */
export function createReceiver({ pool, endpoints, log }: ReceiverOptions): Receiver {
  for (const endpoint of endpoints) requireSecrets(endpoint);
  const byId = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const wakeWorkers = notifyOncePerBatch(pool, log);
  const logRefusal = sampled(log);
  return async (endpointId, rawBody, signatureHeader) => {
    const endpoint = byId.get(endpointId);
    if (!endpoint) return { status: 404, reason: "unknown_endpoint" };
    if (rawBody.byteLength > maxEventBytes) return { status: 413, reason: "too_large" };
    const event = verify(rawBody, signatureHeader, endpoint.secrets);
    if (!event) {
      logRefusal({ endpointId, bytes: rawBody.byteLength }, "webhook with a bad signature refused");
      return { status: 400, reason: "bad_signature" };
    }
    const received = read(event, rawBody, endpoint);
    if (!received) return { status: 400, reason: "not_an_event" };
    if (received.reason) log.error({ eventId: received.id, reason: received.reason }, "event quarantined");
    try {
      const { isNew } = await storeEvent(pool, received);
      if (received.status === "received") wakeWorkers();
      return { status: 200, reason: isNew ? received.status : "duplicate" };
    } catch (error) {
      log.error({ err: error, eventId: received.id }, "event not stored");
      return { status: 500, reason: "not_stored" };
    }
  };
}

/** Null unless one of the secrets has signed exactly these bytes within the last five minutes. */
function verify(rawBody: Uint8Array, header: string, secrets: readonly string[]): Stripe.Event | null {
  const body = Buffer.from(rawBody.buffer, rawBody.byteOffset, rawBody.byteLength);
  for (const secret of secrets) {
    try {
      return Stripe.webhooks.constructEvent(body, header, secret, toleranceSeconds);
    } catch {
      // The next secret may be the one; what is wrong with a forged event is nobody's business.
    }
  }
  return null;
}

function read(event: Stripe.Event, raw: Uint8Array, endpoint: WebhookEndpoint): ReceivedEvent | null {
  const { id, type, created, livemode } = event;
  const object = event.data?.object as unknown;
  if (typeof id !== "string" || typeof type !== "string" || !Number.isSafeInteger(created)) return null;
  if (typeof object !== "object" || object === null) return null;
  const reason = whyQuarantined(event, endpoint);
  const key = objectToRefresh(object as Record<string, unknown>, { handled, partOf });
  return {
    accountId: endpoint.accountId,
    id,
    endpointId: endpoint.id,
    type,
    apiVersion: event.api_version ?? null,
    livemode: livemode === true,
    status: reason ? "quarantined" : key ? "received" : "ignored",
    reason,
    raw,
    rawSha256: createHash("sha256").update(raw).digest(),
    createdAt: instant(created),
    object: key && ownObject(key.objectType, key.objectId),
  };
}

function requireSecrets({ id, secrets }: WebhookEndpoint): void {
  if (secrets.length === 0) throw new Error(`webhook endpoint ${id} has no secret`);
  for (const secret of secrets) {
    if (!secret.trim() || secret !== secret.trim()) {
      throw new Error(`a secret of webhook endpoint ${id} is blank or has white space around it`);
    }
  }
}

/** A storm of events is one wake-up: the workers look at the table, not at the message. */
function notifyOncePerBatch(pool: pg.Pool, log: Log): () => void {
  let planned = false;
  return () => {
    if (planned) return;
    planned = true;
    setTimeout(() => {
      planned = false;
      notifyDirty(pool).catch((error: unknown) =>
        log.warn({ err: error }, "workers not woken, they will poll"),
      );
    }, notifyWithinMs).unref();
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
