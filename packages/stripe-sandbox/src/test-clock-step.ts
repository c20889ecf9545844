import type { Timer } from "./clock";
import type { Cause } from "./events";
import type { TimerHandler } from "./resources/resource";
import type { Store } from "./store";
import type { World } from "./world";

export const clockStep = "test_clock.step";
/** Other requests get their turn between two steps. */
const stepMs = 1;

interface Parts {
  store: Store;
  transact: World["transact"];
  handlers: Map<string, TimerHandler>;
}

const byTime = { requestId: null, idempotencyKey: null };

/** Lives through the next moment of a clock that advances. Each step is kept, so a killed process goes on where it was. */
export function stepTestClock({ store: platform, transact, handlers }: Parts, step: Timer): void {
  const cause: Cause = { ...byTime, account: step.account ?? null };
  const store = platform.of(step.account ?? null);
  const target = store.get("test_clocks", step.subject)?.status_details.advancing?.target_frozen_time;
  const next = target === undefined ? undefined : nextTimer(store, step.subject, target);
  try {
    transact(cause, (tx) => {
      tx.remove("timers", step.id);
      if (target === undefined) return;
      if (!next) {
        tx.patch("test_clocks", step.subject, { frozen_time: target, status: "ready", status_details: {} });
        tx.enter(step.subject);
        tx.emit("test_helpers.test_clock.ready", "test_clocks", step.subject);
        return;
      }
      tx.remove("timers", next.id);
      tx.schedule(stepMs, clockStep, step.subject);
      const { frozen_time: before } = tx.need("test_clocks", step.subject);
      const moment = Math.max(before, Math.ceil(next.due / 1000));
      tx.patch("test_clocks", step.subject, { frozen_time: moment });
      tx.enter(step.subject);
      handlers.get(next.kind)?.(tx, next.subject);
    });
  } catch (error) {
    console.error(`The test clock ${step.subject} failed at ${next?.kind} of ${next?.subject}`, error);
    transact(cause, (tx) => {
      for (const timer of [step, next]) if (timer) tx.remove("timers", timer.id);
      tx.patch("test_clocks", step.subject, { status: "internal_failure", status_details: {} });
      tx.enter(step.subject);
      tx.emit("test_helpers.test_clock.internal_failure", "test_clocks", step.subject);
    });
  }
}

/** The earliest first; among equals, the one that was planned first. */
function nextTimer(store: Store, clock: string, target: number): Timer | undefined {
  let next: Timer | undefined;
  for (const timer of store.each("timers", "queue", clock)) {
    if (timer.due <= target * 1000 && (!next || timer.due < next.due)) next = timer;
  }
  return next;
}
