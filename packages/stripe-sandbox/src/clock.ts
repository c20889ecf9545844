import type { Store } from "./store";

export interface Clock {
  nowMs(): number;
  /** Moves the clock of the sandbox forward; webhook signatures keep real time. */
  moveTo(ms: number): void;
}

/** Real time plus an offset that survives a restart. */
export function createClock(store: Store, save: (offset: number) => void): Clock {
  return {
    nowMs: () => Date.now() + (store.get("settings", "clock_offset_ms")?.value ?? 0),
    moveTo: (ms) => save(Math.max(0, ms - Date.now())),
  };
}

export interface Timer {
  id: string;
  due: number;
  kind: string;
  subject: string;
}

/** Due timers in order; the store is the truth, this is only when to look. */
export interface Alarm {
  wake(): void;
  stop(): void;
}

const longestWaitMs = 24 * 60 * 60 * 1000;

export function nextTimer(store: Store): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of store.newestFirst("timers")) {
    if (!first || timer.due <= first.due) first = timer;
  }
  return first;
}

export function createAlarm(store: Store, clock: Clock, fire: (timer: Timer) => void): Alarm {
  let handle: NodeJS.Timeout | undefined;
  let stopped = false;

  function ring(): void {
    for (;;) {
      const next = nextTimer(store);
      if (stopped || !next || next.due > clock.nowMs()) break;
      fire(next);
    }
    arm();
  }

  function arm(): void {
    clearTimeout(handle);
    const next = nextTimer(store);
    if (stopped || !next) return;
    handle = setTimeout(ring, Math.min(Math.max(next.due - clock.nowMs(), 0), longestWaitMs));
  }

  return {
    wake: arm,
    stop() {
      stopped = true;
      clearTimeout(handle);
    },
  };
}
