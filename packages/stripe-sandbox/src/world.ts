import { type Alarm, type Clock, createAlarm, createClock, nextTimer, type Timer } from "./clock";
import { createDeliveries, type Deliveries, type DeliveryOptions, destinations, wants } from "./deliveries";
import { buildEvents, type Cause } from "./events";
import { newId } from "./ids";
import { type Journal, openJournal } from "./journal";
import type { TimerHandler } from "./resources/resource";
import { Store } from "./store";
import type { StripeEvent, TableName } from "./tables";
import { begin, type OpenTx, type Presenter, type Settings } from "./transaction";

export type DeliveryMode = "normal" | "hold" | "duplicate";

/** The state of one sandbox and the only way to change it. */
export interface World {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly deliveries: Deliveries;
  transact<T>(cause: Cause, work: (tx: OpenTx) => T): T;
  advance(ms: number): void;
  setDeliveryMode(mode: DeliveryMode): void;
  releaseDeliveries(): void;
  reset(): void;
  /** Nothing is queued, on its way, or about to be caused by the bank. */
  isSettled(): boolean;
  close(): Promise<void>;
}

export interface WorldOptions {
  dataDir?: string | undefined;
  settings: Settings;
  presenters: Map<TableName, Presenter>;
  timers: Map<string, TimerHandler>;
  deliveries: DeliveryOptions;
}

const byTime: Cause = { requestId: null, idempotencyKey: null };

export function createWorld(options: WorldOptions): World {
  const store = new Store();
  const journal: Journal | undefined = options.dataDir ? openJournal(options.dataDir, store) : undefined;
  let mode: DeliveryMode = "normal";

  function transact<T>(cause: Cause, work: (tx: OpenTx) => T): T {
    const tx = begin(store, clock.nowMs(), options.settings, options.presenters);
    try {
      const result = work(tx);
      for (const event of buildEvents(tx, cause, options.presenters)) publish(tx, event, mode);
      const changes = tx.changes();
      if (changes.length > 0) journal?.append(changes);
      if (tx.touched("timers")) alarm.wake();
      if (tx.touched("deliveries")) setImmediate(() => deliveries.wake());
      return result;
    } catch (error) {
      tx.rollback();
      throw error;
    }
  }

  function fire(timer: Timer): void {
    transact(byTime, (tx) => {
      tx.remove("timers", timer.id);
      options.timers.get(timer.kind)?.(tx, timer.subject);
    });
  }

  const clock = createClock(store, (value) =>
    transact(byTime, (tx) => tx.put("settings", { id: "clock_offset_ms", value })),
  );
  const alarm: Alarm = createAlarm(store, clock, fire);
  const world: World = {
    store,
    clock,
    settings: options.settings,
    transact,
    get deliveries() {
      return deliveries;
    },
    advance(ms) {
      const target = clock.nowMs() + ms;
      for (let next = nextTimer(store); next && next.due <= target; next = nextTimer(store)) {
        if (next.due > clock.nowMs()) clock.moveTo(next.due);
        fire(next);
      }
      clock.moveTo(target);
      alarm.wake();
    },
    setDeliveryMode: (next) => {
      mode = next;
    },
    releaseDeliveries() {
      transact(byTime, (tx) => {
        for (const held of tx.by("deliveries", "state", "held"))
          tx.patch("deliveries", held.id, { state: "pending" });
      });
    },
    reset() {
      const listeners = [...store.newestFirst("listeners")].reverse();
      store.clear();
      for (const listener of listeners) store.put("listeners", listener);
      journal?.rewrite();
      mode = "normal";
      alarm.wake();
    },
    isSettled() {
      const soon = nextTimer(store);
      const bankIsBusy = soon !== undefined && soon.due - clock.nowMs() <= options.settings.settleDelayMs * 4;
      return !bankIsBusy && deliveries.isIdle();
    },
    async close() {
      alarm.stop();
      await deliveries.stop();
      journal?.close();
    },
  };
  const deliveries = createDeliveries(world, options.deliveries);
  alarm.wake();
  setImmediate(() => deliveries.wake());
  return world;
}

function publish(tx: OpenTx, event: StripeEvent, mode: DeliveryMode): void {
  const wanting = destinations(tx).filter((destination) => wants(destination, event.type));
  tx.put("events", { ...event, pending_webhooks: wanting.length });
  for (const destination of wanting) {
    for (let copies = mode === "duplicate" ? 2 : 1; copies > 0; copies--) {
      tx.put("deliveries", {
        id: newId("dlv"),
        event: event.id,
        endpoint: destination.id,
        type: event.type,
        created: event.created,
        state: mode === "hold" ? "held" : "pending",
        attempts: 0,
        nextAttemptAt: 0,
        lastStatus: null,
        lastError: null,
      });
    }
  }
}
