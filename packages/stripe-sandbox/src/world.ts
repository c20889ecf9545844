import {
  type Alarm,
  type Clock,
  createAlarm,
  createClock,
  createTimerQueue,
  type Timer,
  type TimerQueue,
} from "./clock";
import {
  createDeliveries,
  type Deliveries,
  type DeliveryMode,
  type DeliveryOptions,
  publish,
} from "./deliveries";
import { buildEvents, type Cause } from "./events";
import { type Journal, openJournal } from "./journal";
import type { TimerHandler } from "./resources/resource";
import { Store } from "./store";
import type { TableName } from "./tables";
import { begin, type OpenTx, type Presenter, type Settings } from "./transaction";

/** The state of one sandbox and the only way to change it. */
export interface World {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly deliveries: Deliveries;
  transact<T>(cause: Cause, work: (tx: OpenTx) => T): T;
  /** Lives through the given time: each timer fires at its own moment. */
  advance(ms: number): void;
  setDeliveryMode(mode: DeliveryMode): void;
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

export const byTime: Cause = { requestId: null, idempotencyKey: null };

export function createWorld(options: WorldOptions): World {
  const { settings, presenters } = options;
  const store = new Store();
  const journal: Journal | undefined = options.dataDir ? openJournal(options.dataDir, store) : undefined;
  let queue = createTimerQueue(store);
  let mode: DeliveryMode = "normal";
  const clock = createClock(store, (value) =>
    transact(byTime, (tx) => tx.put("settings", { id: "clock_offset_ms", value })),
  );
  const fire = (timer: Timer) => fireTimer(transact, timer, options.timers.get(timer.kind));
  const alarm: Alarm = createAlarm(() => queue.next(), clock, fire);
  const deliveries = createDeliveries({ store, transact }, options.deliveries);

  function transact<T>(cause: Cause, work: (tx: OpenTx) => T): T {
    const tx = begin(store, clock.nowMs(), settings, presenters);
    try {
      const result = work(tx);
      for (const event of buildEvents(tx, cause, presenters)) publish(tx, event, mode);
      const changes = tx.changes();
      if (changes.length > 0) journal?.append(changes);
      for (const [table, , row] of changes) if (table === "timers" && row !== null) queue.add(row as Timer);
      if (tx.touched("timers")) alarm.wake();
      if (tx.touched("deliveries")) setImmediate(() => deliveries.wake());
      return result;
    } catch (error) {
      tx.rollback();
      throw error;
    }
  }

  function advance(ms: number): void {
    liveThrough(clock, queue, fire, ms);
    alarm.wake();
  }

  function reset(): void {
    const listeners = [...store.newestFirst("listeners")].reverse();
    store.clear();
    for (const listener of listeners) store.put("listeners", listener);
    queue = createTimerQueue(store);
    journal?.rewrite();
    mode = "normal";
    alarm.wake();
  }

  function isSettled(): boolean {
    const soon = queue.next();
    const bankIsBusy = soon !== undefined && soon.due - clock.nowMs() <= settings.settleDelayMs * 4;
    return !bankIsBusy && deliveries.isIdle();
  }

  function setDeliveryMode(next: DeliveryMode): void {
    mode = next;
    if (next !== "hold") deliveries.release();
  }

  async function close(): Promise<void> {
    alarm.stop();
    await deliveries.stop();
    journal?.close();
  }

  alarm.wake();
  setImmediate(() => deliveries.wake());
  return { store, clock, settings, deliveries, transact, advance, setDeliveryMode, reset, isSettled, close };
}

/** A timer that fails is dropped with its reason in the log; the others must not wait for it. */
function fireTimer(transact: World["transact"], timer: Timer, handler: TimerHandler | undefined): void {
  try {
    transact(byTime, (tx) => {
      tx.remove("timers", timer.id);
      handler?.(tx, timer.subject);
    });
  } catch (error) {
    console.error(`The timer ${timer.kind} of ${timer.subject} failed`, error);
    transact(byTime, (tx) => tx.remove("timers", timer.id));
  }
}

function liveThrough(clock: Clock, queue: TimerQueue, fire: (timer: Timer) => void, ms: number): void {
  const target = clock.nowMs() + ms;
  for (let next = queue.next(); next && next.due <= target; next = queue.next()) {
    if (next.due > clock.nowMs()) clock.moveTo(next.due);
    fire(next);
  }
  clock.moveTo(target);
}
