import type { RunView } from "@farebox/billing";
import { expect, test } from "vitest";
import { isUnderWay, progressText, runTitle } from "./run-words";

const run = (changes: Partial<RunView> = {}): RunView => ({
  id: "r",
  kind: "sweep",
  state: "done",
  repairs: true,
  requestedBy: "ada@farebox.example",
  error: null,
  createdAt: "2026-11-22T00:00:00.000Z",
  startedAt: null,
  finishedAt: null,
  found: 0,
  repaired: 0,
  progress: [],
  ...changes,
});
const type = (objectType: string, changes: Partial<RunView["progress"][number]> = {}) => ({
  objectType,
  listed: 1200,
  filled: 7,
  done: true,
  secondsLeft: 0,
  ...changes,
});

test("who asked for it, and for what", () => {
  expect(runTitle(run({ requestedBy: "nightly" }))).toBe("Nightly sweep");
  expect(runTitle(run({ repairs: false }))).toBe("Sweep, report only by ada@farebox.example");
  expect(runTitle(run({ kind: "backfill" }))).toBe("Backfill by ada@farebox.example");
});

test("what is over tells what it found", () => {
  expect(progressText(run({ progress: [type("invoice")] }))).toBe("1,200 read, no difference");
  expect(progressText(run({ found: 3, repaired: 2 }))).toBe("0 read, 3 differed, 2 repaired");
  expect(progressText(run({ kind: "backfill", progress: [type("invoice")] }))).toBe("1,200 read, 7 written");
});

test("what runs tells where it is and how long it may take, when that can be told", () => {
  const progress = [type("customer"), type("payment_intent", { done: false, secondsLeft: 300 })];
  expect(progressText(run({ state: "running", progress }))).toBe(
    "2,400 read, no difference, at payment intent, about 5 minutes left",
  );
  const fresh = [type("customer", { done: false, secondsLeft: null, listed: 0 })];
  expect(progressText(run({ state: "waiting", progress: fresh }))).toBe("0 read, no difference");
  expect(
    ["waiting", "running", "done", "stopped", "failed"].filter((state) => isUnderWay({ state })),
  ).toEqual(["waiting", "running"]);
});
