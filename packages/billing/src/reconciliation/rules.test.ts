import { expect, it } from "vitest";
import { secondsLeft } from "./rules";

const day = (number: number) => new Date(Date.UTC(2026, 0, number));

const after = (seconds: number) => new Date(day(100).getTime() + seconds * 1000);

it("takes half the way back in time for half of the work", () => {
  const progress = { newestAt: day(90), oldestAt: day(10), startedAt: day(100), now: after(60) };
  expect(secondsLeft({ ...progress, reachedAt: day(50) })).toBe(60);
  expect(secondsLeft({ ...progress, reachedAt: day(70) })).toBe(180);
  expect(secondsLeft({ ...progress, reachedAt: day(10) })).toBe(0);
});

it("says nothing before there is a way behind it", () => {
  const progress = { newestAt: day(90), oldestAt: day(10), startedAt: day(100), now: after(60) };
  expect(secondsLeft({ ...progress, reachedAt: null })).toBeNull();
  expect(secondsLeft({ ...progress, reachedAt: day(90) })).toBeNull();
  expect(secondsLeft({ ...progress, startedAt: null, reachedAt: day(50) })).toBeNull();
});

it("never goes below nothing, also for objects older than the account", () => {
  const progress = { newestAt: day(90), oldestAt: day(60), startedAt: day(100), now: after(60) };
  expect(secondsLeft({ ...progress, reachedAt: day(30) })).toBe(0);
});
