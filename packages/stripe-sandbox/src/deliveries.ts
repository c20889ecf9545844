import { signatureHeader } from "./signature";
import type { Delivery, StripeEvent } from "./tables";
import type { Read } from "./transaction";
import type { World } from "./world";

export interface DeliveryRecord {
  event: string;
  type: string;
  url: string;
  attempt: number;
  at: number;
  status: number | null;
  error: string | null;
}

export interface Destination {
  id: string;
  url: string;
  secret: string;
  enabledEvents: string[];
}

export interface DeliveryOptions {
  retryDelaysMs: number[];
  timeoutMs: number;
}

const concurrency = 8;
const remembered = 5000;

export function destinations(read: Read): Destination[] {
  const endpoints = [...read.newestFirst("webhook_endpoints")].reverse().flatMap((endpoint) =>
    endpoint.status === "enabled"
      ? {
          id: endpoint.id,
          url: endpoint.url,
          secret: endpoint.secret ?? "",
          enabledEvents: endpoint.enabled_events,
        }
      : [],
  );
  return [...[...read.newestFirst("listeners")].reverse(), ...endpoints];
}

export function wants(destination: Destination, type: string): boolean {
  return destination.enabledEvents.some((name) => name === "*" || name === type);
}

export interface Deliveries {
  wake(): void;
  records(): DeliveryRecord[];
  isIdle(): boolean;
  stop(): Promise<void>;
}

export function createDeliveries(world: World, options: DeliveryOptions): Deliveries {
  const records: DeliveryRecord[] = [];
  const inFlight = new Map<string, Promise<void>>();
  const abort = new AbortController();
  let handle: NodeJS.Timeout | undefined;

  function wake(): void {
    clearTimeout(handle);
    if (abort.signal.aborted) return;
    const now = Date.now();
    let soonest = Number.POSITIVE_INFINITY;
    for (const delivery of world.store.by("deliveries", "state", "pending")) {
      if (inFlight.size >= concurrency) return;
      if (inFlight.has(delivery.id)) continue;
      if (delivery.nextAttemptAt <= now) start(delivery);
      else soonest = Math.min(soonest, delivery.nextAttemptAt);
    }
    if (soonest < Number.POSITIVE_INFINITY) handle = setTimeout(wake, Math.min(soonest - now, 60_000));
  }

  function start(delivery: Delivery): void {
    const work = attempt(delivery).finally(() => {
      inFlight.delete(delivery.id);
      wake();
    });
    inFlight.set(delivery.id, work);
  }

  async function attempt(delivery: Delivery): Promise<void> {
    const event = world.store.get("events", delivery.event);
    const destination = destinations(world.store).find((candidate) => candidate.id === delivery.endpoint);
    if (!event || !destination) return settle(delivery, null, "The endpoint was deleted or disabled", false);
    const { status, error } = await send(event, destination);
    if (abort.signal.aborted) return;
    records.push({
      event: event.id,
      type: event.type,
      url: destination.url,
      attempt: delivery.attempts + 1,
      at: Date.now(),
      status,
      error,
    });
    if (records.length > remembered) records.shift();
    settle(delivery, status, error, true);
  }

  async function send(event: StripeEvent, destination: Destination) {
    const payload = JSON.stringify(event, null, 2);
    try {
      const response = await fetch(destination.url, {
        method: "POST",
        body: payload,
        redirect: "manual",
        signal: AbortSignal.any([abort.signal, AbortSignal.timeout(options.timeoutMs)]),
        headers: {
          "content-type": "application/json; charset=utf-8",
          "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
          "stripe-signature": signatureHeader(payload, destination.secret, Math.floor(Date.now() / 1000)),
        },
      });
      await response.body?.cancel();
      return {
        status: response.status,
        error: response.ok ? null : `The endpoint answered ${response.status}`,
      };
    } catch (cause) {
      return { status: null, error: cause instanceof Error ? cause.message : String(cause) };
    }
  }

  function settle(delivery: Delivery, status: number | null, error: string | null, retry: boolean): void {
    world.transact({ requestId: null, idempotencyKey: null }, (tx) => {
      const current = tx.get("deliveries", delivery.id);
      if (!current) return;
      const attempts = current.attempts + 1;
      const delay = retry ? options.retryDelaysMs[attempts - 1] : undefined;
      const state = error === null ? "delivered" : delay === undefined ? "failed" : current.state;
      const nextAttemptAt = Date.now() + (delay ?? 0);
      if (state === "delivered") tx.remove("deliveries", delivery.id);
      else
        tx.patch("deliveries", delivery.id, {
          attempts,
          state,
          nextAttemptAt,
          lastStatus: status,
          lastError: error,
        });
      const event = tx.get("events", delivery.event);
      if (state !== "delivered" || !event) return;
      tx.patch("events", event.id, { pending_webhooks: Math.max(0, event.pending_webhooks - 1) });
    });
  }

  return {
    wake,
    records: () => [...records],
    isIdle: () => inFlight.size === 0 && world.store.by("deliveries", "state", "pending").length === 0,
    async stop() {
      clearTimeout(handle);
      abort.abort();
      await Promise.allSettled(inFlight.values());
    },
  };
}
