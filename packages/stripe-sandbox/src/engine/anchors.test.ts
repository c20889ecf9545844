import { describe, expect, it } from "vitest";
import { nextAnchor, rhythmOf } from "./anchors";
import { periodAt } from "./periods";

const at = (text: string) => Date.parse(text) / 1000;
const day = { day_of_month: 31, hour: null, minute: null, month: null, second: null };

describe("nextAnchor", () => {
  it("is the next such day at the time of now, or at the time that is named", () => {
    expect(nextAnchor({ ...day, day_of_month: 20 }, at("2026-01-15T10:30:00Z"))).toBe(
      at("2026-01-20T10:30:00Z"),
    );
    expect(nextAnchor({ ...day, day_of_month: 15, hour: 9 }, at("2026-01-15T10:30:00Z"))).toBe(
      at("2026-02-15T09:30:00Z"),
    );
    expect(nextAnchor({ ...day, month: 12 }, at("2026-01-15T00:00:00Z"))).toBe(at("2026-12-31T00:00:00Z"));
    expect(nextAnchor(day, at("2026-02-03T00:00:00Z"))).toBe(at("2026-02-28T00:00:00Z"));
  });
});

describe("rhythmOf", () => {
  it("comes back to the day after a month without it", () => {
    const month = { unit: "month", count: 1 } as const;
    const anchor = rhythmOf(at("2026-02-28T06:00:00Z"), 31, month);
    expect(periodAt(anchor, month, at("2026-03-01T00:00:00Z"))).toEqual({
      start: at("2026-02-28T06:00:00Z"),
      end: at("2026-03-31T06:00:00Z"),
    });
    const quarter = { unit: "month", count: 3 } as const;
    const every = rhythmOf(at("2026-02-28T06:00:00Z"), 31, quarter);
    expect(periodAt(every, quarter, at("2026-03-01T00:00:00Z"))).toEqual({
      start: at("2026-02-28T06:00:00Z"),
      end: at("2026-05-31T06:00:00Z"),
    });
  });
});
