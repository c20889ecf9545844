import { expect, it, vi } from "vitest";
import type { Timer } from "./clock";
import { Store } from "./store";
import { clockStep, stepTestClock } from "./test-clock-step";
import { begin, type OpenTx, type Settings } from "./transaction";

const settings: Settings = {
  url: "http://x",
  settleDelayMs: 1,
  account: { id: "acct_1", name: "A", country: "US" },
  dunning: { retryDays: [], subscription: "cancel", invoice: "leave_open" },
  upcomingDays: 7,
};
const timer = (id: string, due: number, kind: string): Timer => ({
  id,
  due: due * 1000,
  kind,
  subject: "thing",
  clock: "clock_1",
  queue: "clock_1",
});

function advancing(timers: Timer[]): { store: Store; emitted: string[]; step: Timer } {
  const store = new Store();
  store.put("test_clocks", {
    id: "clock_1",
    object: "test_helpers.test_clock",
    created: 0,
    deletes_after: 0,
    frozen_time: 100,
    livemode: false,
    name: null,
    status: "advancing",
    status_details: { advancing: { target_frozen_time: 200 } },
  });
  for (const one of timers) store.put("timers", one);
  const step = { ...timer("tmr_step", 0, clockStep), subject: "clock_1", clock: null, queue: "wall" };
  store.put("timers", step);
  return { store, emitted: [], step };
}

function live(
  timers: Timer[],
  handler: (tx: { now: number }, subject: string) => void,
): { store: Store; emitted: string[] } {
  const { store, emitted, step } = advancing(timers);
  function transact<T>(_cause: object, work: (tx: OpenTx) => T): T {
    const tx = begin(store, 0, settings, new Map());
    try {
      const result = work(tx);
      emitted.push(...tx.emissions.map(({ type }) => type));
      return result;
    } catch (error) {
      tx.rollback();
      throw error;
    }
  }
  const handlers = new Map([["any", handler]]);
  for (let next: Timer | undefined = step; next; next = store.by("timers", "queue", "wall")[0])
    stepTestClock({ store, transact, handlers }, next);
  return { store, emitted };
}

it("lives through the timers up to the target, each at its own moment, the earliest first", () => {
  const seen: number[] = [];
  const timers = [timer("tmr_a", 180, "any"), timer("tmr_b", 120, "any"), timer("tmr_c", 201, "any")];
  const { store, emitted } = live(timers, (tx) => seen.push(tx.now));
  expect(seen).toEqual([120, 180]);
  expect(store.get("test_clocks", "clock_1")).toMatchObject({ frozen_time: 200, status: "ready" });
  expect(store.get("timers", "tmr_c")).toBeDefined();
  expect(emitted).toEqual(["test_helpers.test_clock.ready"]);
});

it("stops with its reason in the log when something that was due fails", () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { store, emitted } = live([timer("tmr_a", 150, "any")], () => {
    throw new Error("broken");
  });
  expect(store.get("test_clocks", "clock_1")).toMatchObject({
    frozen_time: 100,
    status: "internal_failure",
    status_details: {},
  });
  expect(emitted).toEqual(["test_helpers.test_clock.internal_failure"]);
  expect(log.mock.calls[0]?.[0]).toContain("any of thing");
  log.mockRestore();
});
