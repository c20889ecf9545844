import {
  type Alarm,
  type Clock,
  createAlarm,
  createClock,
  createTimerQueue,
  runsOnWall,
  type Timer,
  type TimerQueue,
} from "./clock";
import { createDeliveries, type Deliveries, type DeliveryOptions } from "./deliveries/deliver";
import { createPlan, type DeliveryPlan } from "./deliveries/plan";
import { publish, publishThin } from "./deliveries/publish";
import { buildEvents, type Cause } from "./events";
import { type Journal, openJournal } from "./journal";
import type { TimerHandler } from "./resources/resource";
import { createSnapshots, type Snapshots } from "./snapshots";
import { type Change, Store } from "./store";
import type { TableName } from "./tables";
import { clockStep, stepTestClock } from "./test-clock-step";
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
  /** What happens to new deliveries; held ones go, unless it holds too. */
  planDeliveries(plan: DeliveryPlan): void;
  /** Looks at a state that may be an old one, and changes nothing. */
  peek<T>(state: Store, work: (tx: OpenTx) => T, account?: string | null): T;
  readonly snapshots: Snapshots;
  /** As it was, at that time; only where webhooks are forwarded to stays as it is now. */
  restore(name: string): void;
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
  derivations: ((tx: OpenTx) => void)[];
  deliveries: DeliveryOptions;
}

const sweepEvery = 1000;
export const byTime: Cause = { requestId: null, idempotencyKey: null };

export function createWorld(options: WorldOptions): World {
  const { settings, presenters } = options;
  const store = new Store();
  const journal: Journal | undefined = options.dataDir ? openJournal(options.dataDir, store) : undefined;
  let queue = createTimerQueue(store);
  let plan = createPlan();
  let sinceSweep = 0;
  const snapshots = createSnapshots(store, options.dataDir);
  const clock = createClock(store, (value) =>
    transact(byTime, (tx) => tx.put("settings", { id: "clock_offset_ms", value })),
  );
  const fire = (timer: Timer) =>
    timer.kind === clockStep
      ? stepTestClock({ store, transact, handlers: options.timers }, timer)
      : fireTimer(transact, timer, options.timers.get(timer.kind));
  const alarm: Alarm = createAlarm(() => queue.next(), clock, fire);
  const deliveries = createDeliveries({ store, transact }, options.deliveries);

  function transact<T>(cause: Cause, work: (tx: OpenTx) => T): T {
    const tx = begin(store, clock.nowMs(), settings, presenters, cause.account);
    try {
      const result = work(tx);
      if (tx.isUntouched) return result;
      for (const account of tx.visited)
        tx.within(account, () => {
          for (const derive of options.derivations) derive(tx);
        });
      for (const event of buildEvents(tx, cause, presenters))
        tx.within(event.account ?? null, () => publish(tx, event, plan, clock.nowMs()));
      for (const account of tx.visited)
        tx.within(account, () => {
          for (const event of tx.newRows("thin_events")) publishThin(tx, event, plan, clock.nowMs());
        });
      const changes = tx.changes();
      if (changes.length > 0) journal?.append(changes);
      for (const [table, , row] of changes)
        if (table === "timers" && row !== null && runsOnWall(row as Timer)) queue.add(row as Timer);
      if (tx.touched("timers")) alarm.wake();
      if (tx.touched("deliveries")) setImmediate(() => deliveries.wake());
      sinceSweep += 1;
      if (sinceSweep % sweepEvery === 0) store.prune();
      return result;
    } catch (error) {
      tx.rollback();
      throw error;
    }
  }

  function peek<T>(state: Store, work: (tx: OpenTx) => T, account: string | null = null): T {
    const tx = begin(state, clock.nowMs(), settings, presenters, account);
    try {
      return work(tx);
    } finally {
      tx.rollback();
    }
  }

  function advance(ms: number): void {
    liveThrough(clock, queue, fire, ms);
    alarm.wake();
  }

  function replaceState(rows: Iterable<Change>): void {
    const listeners = [...store.newestFirst("listeners")].reverse();
    const fresh = [...rows].filter(([table]) => table !== "listeners");
    store.clear();
    for (const change of fresh) store.apply(change);
    for (const listener of listeners) store.put("listeners", listener);
    queue = createTimerQueue(store);
  }

  function reset(): void {
    replaceState([]);
    plan = createPlan();
    deliveries.forget();
    journal?.rewrite();
    alarm.wake();
  }

  function restore(name: string): void {
    const { at, changes } = snapshots.find(name);
    replaceState(changes);
    store.put("settings", { id: "clock_offset_ms", value: at - Date.now() });
    journal?.rewrite();
    alarm.wake();
    deliveries.wake();
  }

  function isSettled(): boolean {
    const soon = queue.next();
    const bankIsBusy = soon !== undefined && soon.due - clock.nowMs() <= settings.settleDelayMs * 4;
    return !bankIsBusy && deliveries.isIdle();
  }

  function planDeliveries(next: DeliveryPlan): void {
    plan = next;
    if (!next.holds) deliveries.release();
  }

  async function close(): Promise<void> {
    alarm.stop();
    await deliveries.stop();
    journal?.close();
  }

  alarm.wake();
  setImmediate(() => deliveries.wake());
  return {
    store,
    clock,
    settings,
    deliveries,
    transact,
    advance,
    planDeliveries,
    peek,
    snapshots,
    restore,
    reset,
    isSettled,
    close,
  };
}

/** A timer that fails is dropped with its reason in the log; the others must not wait for it. */
function fireTimer(transact: World["transact"], timer: Timer, handler: TimerHandler | undefined): void {
  const cause: Cause = { ...byTime, account: timer.account ?? null };
  try {
    transact(cause, (tx) => {
      tx.remove("timers", timer.id);
      tx.enter(timer.clock);
      handler?.(tx, timer.subject);
    });
  } catch (error) {
    console.error(`The timer ${timer.kind} of ${timer.subject} failed`, error);
    transact(cause, (tx) => tx.remove("timers", timer.id));
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
