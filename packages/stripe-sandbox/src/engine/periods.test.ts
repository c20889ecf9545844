import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundary, type Interval, periodAt } from "./periods";

const at = (text: string) => Date.parse(`${text}Z`) / 1000;
const monthly: Interval = { unit: "month", count: 1 };

describe("boundary", () => {
  it("clamps to the last day of a month and comes back", () => {
    const anchor = at("2026-01-31T10:20:30");
    const days = [1, 2, 3, 13].map((n) => new Date(boundary(anchor, monthly, n) * 1000).toISOString());
    expect(days).toEqual([
      "2026-02-28T10:20:30.000Z",
      "2026-03-31T10:20:30.000Z",
      "2026-04-30T10:20:30.000Z",
      "2027-02-28T10:20:30.000Z",
    ]);
  });

  it("keeps the 29th of February every fourth year", () => {
    const anchor = at("2024-02-29T00:00:00");
    const yearly: Interval = { unit: "year", count: 1 };
    expect(boundary(anchor, yearly, 1)).toBe(at("2025-02-28T00:00:00"));
    expect(boundary(anchor, yearly, 4)).toBe(at("2028-02-29T00:00:00"));
  });
});

it("finds the one period that holds any moment", () => {
  const intervals = fc.record({
    unit: fc.constantFrom("day" as const, "week" as const, "month" as const, "year" as const),
    count: fc.integer({ min: 1, max: 12 }),
  });
  const moment = fc.integer({ min: at("2001-01-01T00:00:00"), max: at("2060-01-01T00:00:00") });
  fc.assert(
    fc.property(moment, intervals, moment, (anchor, interval, now) => {
      const { start, end } = periodAt(anchor, interval, now);
      expect(start).toBeLessThanOrEqual(now);
      expect(end).toBeGreaterThan(now);
    }),
  );
});
