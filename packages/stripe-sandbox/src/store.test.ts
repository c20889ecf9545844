import { describe, expect, it } from "vitest";
import { difference } from "./events";
import { Store } from "./store";
import { begin, type Settings } from "./transaction";

const settings: Settings = {
  url: "http://x",
  settleDelayMs: 1,
  account: { id: "acct_1", name: "A", country: "US" },
  dunning: { retryDays: [1], subscription: "cancel", invoice: "leave_open" },
  upcomingDays: 7,
};
const span = (id: string, item: string) => ({
  id,
  item,
  amount: 1,
  start: 0,
  end: 1,
  invoice: null,
  source: "il",
});

describe("a transaction", () => {
  it("takes everything back, order and indexes included", () => {
    const store = new Store();
    for (const id of ["a", "b", "c"]) store.put("billed_spans", span(id, "si_1"));
    const tx = begin(store, 0, settings, new Map());
    tx.remove("billed_spans", "b");
    tx.patch("billed_spans", "a", { item: "si_2" });
    tx.put("billed_spans", span("d", "si_1"));
    expect(tx.by("billed_spans", "item", "si_1").map((row) => row.id)).toEqual(["c", "d"]);
    tx.rollback();
    expect([...store.newestFirst("billed_spans")].map((row) => row.id)).toEqual(["c", "b", "a"]);
    expect(
      store
        .by("billed_spans", "item", "si_1")
        .map((row) => row.id)
        .sort(),
    ).toEqual(["a", "b", "c"]);
    expect(store.by("billed_spans", "item", "si_2")).toEqual([]);
    expect(tx.changes()).toEqual([]);
  });
});

describe("difference", () => {
  it.each([
    [{ a: 1 }, { a: 1 }, undefined],
    [{ a: 1, b: 2 }, { a: 1, b: 3 }, { b: 2 }],
    [{ a: { x: 1, y: 2 } }, { a: { x: 1, y: 3 } }, { a: { y: 2 } }],
    [{ a: [1, 2] }, { a: [1] }, { a: [1, 2] }],
    [{}, { a: 1 }, { a: null }],
    [{ a: { x: 1 } }, { a: null }, { a: { x: 1 } }],
  ])("of %j and %j is %j", (before, after, changed) => {
    expect(difference(before, after)).toEqual(changed);
  });
});
