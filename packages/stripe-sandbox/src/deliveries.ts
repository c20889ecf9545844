import { type Destination, destinations, destinationsFor } from "./destinations";
import { newId } from "./ids";
import { signatureHeader } from "./signature";
import type { Delivery, StripeEvent } from "./tables";
import type { OpenTx, Tx } from "./transaction";
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

export interface DeliveryOptions {
  retryDelaysMs: number[];
  timeoutMs: number;
}

export type DeliveryMode = "normal" | "hold" | "duplicate";

const concurrency = 8;
const remembered = 5000;

/** The event and its deliveries are kept in the transaction that caused them. */
export function publish(tx: OpenTx, event: StripeEvent, mode: DeliveryMode): void {
  const wanting = destinationsFor(tx, event);
  tx.put("events", { ...event, pending_webhooks: wanting.length });
  const delivery: Omit<Delivery, "id" | "endpoint"> = {
    event: event.id,
    type: event.type,
    created: event.created,
    state: mode === "hold" ? "held" : "pending",
    attempts: 0,
    nextAttemptAt: 0,
    lastStatus: null,
    lastError: null,
  };
  for (const { id: endpoint } of wanting) {
    tx.put("deliveries", { ...delivery, id: newId("dlv"), endpoint });
    if (mode === "duplicate") tx.put("deliveries", { ...delivery, id: newId("dlv"), endpoint });
  }
}

export interface Deliveries {
  wake(): void;
  /** Lets held deliveries go. */
  release(): void;
  records(): DeliveryRecord[];
  isIdle(): boolean;
  stop(): Promise<void>;
}

export function createDeliveries(
  world: Pick<World, "store" | "transact">,
  options: DeliveryOptions,
): Deliveries {
  const records: DeliveryRecord[] = [];
  const inFlight = new Map<string, Promise<void>>();
  const abort = new AbortController();
  let handle: NodeJS.Timeout | undefined;

  function wake(): void {
    clearTimeout(handle);
    if (abort.signal.aborted) return;
    const now = Date.now();
    let soonest = Number.POSITIVE_INFINITY;
    for (const delivery of world.store.each("deliveries", "state", "pending")) {
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
    if (!event || !destination) {
      return settle(world, delivery.id, { status: null, error: "The endpoint was deleted or disabled" }, []);
    }
    const result = await send(
      event,
      destination,
      AbortSignal.any([abort.signal, AbortSignal.timeout(options.timeoutMs)]),
    );
    if (abort.signal.aborted) return;
    const { url } = destination;
    records.push({
      event: event.id,
      type: event.type,
      url,
      attempt: delivery.attempts + 1,
      at: Date.now(),
      ...result,
    });
    if (records.length > remembered) records.shift();
    settle(world, delivery.id, result, options.retryDelaysMs);
  }

  return {
    wake,
    release: () => releaseHeld(world),
    records: () => [...records],
    isIdle: () =>
      inFlight.size === 0 && world.store.each("deliveries", "state", "pending").next().done === true,
    async stop() {
      clearTimeout(handle);
      abort.abort();
      await Promise.allSettled(inFlight.values());
    },
  };
}

interface Result {
  status: number | null;
  error: string | null;
}

async function send(event: StripeEvent, destination: Destination, signal: AbortSignal): Promise<Result> {
  const payload = JSON.stringify(event, null, 2);
  try {
    const response = await fetch(destination.url, {
      method: "POST",
      body: payload,
      redirect: "manual",
      signal,
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

function releaseHeld(world: Pick<World, "transact">): void {
  world.transact({ requestId: null, idempotencyKey: null }, (tx) => {
    for (const held of tx.by("deliveries", "state", "held")) {
      tx.patch("deliveries", held.id, { state: "pending" });
    }
  });
}

function settle(world: Pick<World, "transact">, id: string, result: Result, retryDelaysMs: number[]): void {
  world.transact({ requestId: null, idempotencyKey: null }, (tx) => record(tx, id, result, retryDelaysMs));
}

function record(tx: Tx, id: string, { status, error }: Result, retryDelaysMs: number[]): void {
  const current = tx.get("deliveries", id);
  if (!current) return;
  const attempts = current.attempts + 1;
  if (error !== null) {
    const delay = retryDelaysMs[attempts - 1];
    const state = delay === undefined ? "failed" : current.state;
    const nextAttemptAt = Date.now() + (delay ?? 0);
    tx.patch("deliveries", id, { attempts, state, nextAttemptAt, lastStatus: status, lastError: error });
    return;
  }
  tx.remove("deliveries", id);
  const event = tx.get("events", current.event);
  if (event) tx.patch("events", event.id, { pending_webhooks: Math.max(0, event.pending_webhooks - 1) });
}
