import type { Store } from "./store";
import type { Tables } from "./tables";

export type Timer = Tables["timers"];

export interface Clock {
  nowMs(): number;
  /** Moves the clock of the sandbox forward; webhook signatures keep real time. */
  moveTo(ms: number): void;
}

/** Real time plus an offset that survives a restart. */
export function createClock(store: Store, save: (offset: number) => void): Clock {
  return {
    nowMs: () => Date.now() + (store.get("settings", "clock_offset_ms")?.value ?? 0),
    moveTo: (ms) => save(Math.max(store.get("settings", "clock_offset_ms")?.value ?? 0, ms - Date.now())),
  };
}

/** The timers of a test clock wait for it to be advanced. */
export function runsOnWall(timer: Timer): boolean {
  return timer.queue === "wall";
}

export interface TimerQueue {
  add(timer: Timer): void;
  next(): Timer | undefined;
}

/** A heap by due time. The store decides which timers still exist; the others are skipped when they come up. */
export function createTimerQueue(store: Store): TimerQueue {
  const heap = [...store.scopes()]
    .flatMap(([, scope]) => [...scope.newestFirst("timers")])
    .filter(runsOnWall)
    .sort((left, right) => left.due - right.due);

  function swapDown(from: number): void {
    for (let at = from; ; ) {
      const [left, right] = [at * 2 + 1, at * 2 + 2];
      let least = at;
      if (dueAt(left) < dueAt(least)) least = left;
      if (dueAt(right) < dueAt(least)) least = right;
      if (least === at) return;
      swap(at, least);
      at = least;
    }
  }

  function dueAt(at: number): number {
    return heap[at]?.due ?? Number.POSITIVE_INFINITY;
  }

  function swap(left: number, right: number): void {
    const [a, b] = [heap[left], heap[right]];
    if (!a || !b) return;
    heap[left] = b;
    heap[right] = a;
  }

  return {
    add(timer) {
      heap.push(timer);
      for (let at = heap.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1;
        if (dueAt(parent) <= dueAt(at)) return;
        swap(at, parent);
        at = parent;
      }
    },
    next() {
      for (;;) {
        const [first] = heap;
        if (!first || store.of(first.account ?? null).get("timers", first.id)) return first;
        const last = heap.pop();
        if (!last || heap.length === 0) continue;
        heap[0] = last;
        swapDown(0);
      }
    },
  };
}

export interface Alarm {
  wake(): void;
  stop(): void;
}

const longestWaitMs = 24 * 60 * 60 * 1000;

export function createAlarm(
  next: () => Timer | undefined,
  clock: Clock,
  fire: (timer: Timer) => void,
): Alarm {
  let handle: NodeJS.Timeout | undefined;
  let stopped = false;

  function ring(): void {
    for (;;) {
      const timer = next();
      if (stopped || !timer || timer.due > clock.nowMs()) break;
      fire(timer);
    }
    arm();
  }

  function arm(): void {
    clearTimeout(handle);
    const timer = next();
    if (stopped || !timer) return;
    handle = setTimeout(ring, Math.min(Math.max(timer.due - clock.nowMs(), 0), longestWaitMs));
  }

  return {
    wake: arm,
    stop() {
      stopped = true;
      clearTimeout(handle);
    },
  };
}
