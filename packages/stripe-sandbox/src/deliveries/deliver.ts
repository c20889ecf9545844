import type { Delivery } from "../tables";
import { notificationOf, thinOf } from "../thin-events";
import type { Read } from "../transaction";
import type { World } from "../world";
import { type Destination, destinations } from "./destinations";
import { createRecords, type DeliveryRecord } from "./records";
import { type ReleaseOptions, releaseHeld } from "./release";
import { type Result, send } from "./send";
import { settleDelivery } from "./settle";

export interface DeliveryOptions {
  retryDelaysMs: number[];
  timeoutMs: number;
}

export interface Deliveries {
  wake(): void;
  /** Lets held deliveries go; with an order, one after the other. */
  release(options?: ReleaseOptions): void;
  records(): DeliveryRecord[];
  forget(): void;
  isIdle(): boolean;
  stop(): Promise<void>;
}

/** For each endpoint, so that one that hangs keeps no other waiting. */
const concurrency = 8;
const byTime = { requestId: null, idempotencyKey: null };
const gone = { status: null, error: "The endpoint was deleted or disabled" };

export function createDeliveries(
  world: Pick<World, "store" | "transact">,
  options: DeliveryOptions,
): Deliveries {
  const records = createRecords();
  const inFlight = new Map<string, { endpoint: string; work: Promise<void> }>();
  const abort = new AbortController();
  let handle: NodeJS.Timeout | undefined;
  let inOrder = false;

  function wake(): void {
    clearTimeout(handle);
    if (abort.signal.aborted) return;
    const now = Date.now();
    const waits = world.store.valuesOf("deliveries", "lane").map((lane) => startLane(String(lane), now));
    const soonest = Math.min(...waits);
    if (soonest < Number.POSITIVE_INFINITY) handle = setTimeout(wake, Math.min(soonest - now, 60_000));
    if (waits.length === 0) inOrder = false;
  }

  /** Starts what is due for one endpoint; answers when the next is. */
  function startLane(lane: string, now: number): number {
    const room = inOrder ? 1 : concurrency;
    let busy = [...inFlight.values()].filter(({ endpoint }) => endpoint === lane).length;
    let soonest = Number.POSITIVE_INFINITY;
    for (const delivery of inOrder ? firstOf(lane) : world.store.each("deliveries", "lane", lane)) {
      if (busy >= room) return Number.POSITIVE_INFINITY;
      if (inFlight.has(delivery.id)) continue;
      if (delivery.nextAttemptAt > now) soonest = Math.min(soonest, delivery.nextAttemptAt);
      else {
        start(delivery);
        busy += 1;
      }
    }
    return soonest;
  }

  function firstOf(lane: string): Delivery[] {
    const waiting = world.store.by("deliveries", "lane", lane);
    return waiting.sort((left, right) => left.nextAttemptAt - right.nextAttemptAt).slice(0, 1);
  }

  function start(delivery: Delivery): void {
    const work = attempt(delivery).finally(() => {
      inFlight.delete(delivery.id);
      wake();
    });
    inFlight.set(delivery.id, { endpoint: delivery.endpoint, work });
  }

  async function attempt(delivery: Delivery): Promise<void> {
    const scope = world.store.of(delivery.account ?? null);
    const all = [world.store, scope].flatMap((store) => destinations(store, Date.now()));
    const destination = all.find(({ id }) => id === delivery.endpoint);
    const body = destination && bodyOf(scope, delivery.event, destination);
    if (!body) return settle(delivery, gone, []);
    const at = Date.now();
    const timeout = AbortSignal.timeout(options.timeoutMs);
    const result = await send(body, destination, AbortSignal.any([abort.signal, timeout]));
    if (abort.signal.aborted) return;
    records.add(delivery, destination.url, { ...result, at, body });
    settle(delivery, result, options.retryDelaysMs);
  }

  function settle(
    { id, account }: Delivery,
    result: Pick<Result, "status" | "error">,
    retryDelaysMs: number[],
  ): void {
    const cause = { ...byTime, account: account ?? null };
    world.transact(cause, (tx) => settleDelivery(tx, id, result, retryDelaysMs));
  }

  return {
    wake,
    release(order) {
      inOrder = order?.order !== undefined;
      world.transact(byTime, (tx) => releaseHeld(tx, order));
    },
    records: records.all,
    forget: records.clear,
    isIdle: () => inFlight.size === 0 && world.store.valuesOf("deliveries", "lane").length === 0,
    async stop() {
      clearTimeout(handle);
      abort.abort();
      await Promise.allSettled([...inFlight.values()].map(({ work }) => work));
    },
  };
}

/** As it is sent; undefined when the event is gone. */
function bodyOf(read: Read, id: string, { payload }: Destination): string | undefined {
  const thinOnly = read.get("thin_events", id);
  if (thinOnly) return JSON.stringify(notificationOf(thinOnly), null, 2);
  const event = read.get("events", id);
  if (!event) return undefined;
  const { emitted: _emitted, ...snapshot } = event;
  const shown = payload === "thin" ? thinOf(event) : snapshot;
  return shown && JSON.stringify(shown, null, 2);
}
