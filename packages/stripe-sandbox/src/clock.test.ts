import fc from "fast-check";
import { expect, it } from "vitest";
import { createTimerQueue } from "./clock";
import { Store } from "./store";

const timer = (id: number, due: number) => ({
  id: `tmr_${id}`,
  due,
  kind: "any",
  subject: "x",
  clock: null,
  queue: "wall",
});

it("gives timers in the order they are due, and skips those that were removed", () => {
  const plan = fc.array(fc.record({ due: fc.nat(1000), early: fc.boolean(), removed: fc.boolean() }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(plan, (given) => {
      const store = new Store();
      const timers = given.map(({ due }, id) => timer(id, due));
      for (const [at, one] of timers.entries()) if (given[at]?.early) store.put("timers", one);
      const queue = createTimerQueue(store);
      timers.forEach((one, at) => {
        if (given[at]?.early) return;
        store.put("timers", one);
        queue.add(one);
      });
      for (const [at, one] of timers.entries()) if (given[at]?.removed) store.remove("timers", one.id);
      const seen: number[] = [];
      for (let next = queue.next(); next; next = queue.next()) {
        seen.push(next.due);
        store.remove("timers", next.id);
      }
      const expected = given.filter(({ removed }) => !removed).map(({ due }) => due);
      expect(seen).toEqual(expected.sort((left, right) => left - right));
    }),
  );
});
