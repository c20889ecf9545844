import { describe, expect, it } from "vitest";
import { type DateStyle, dateText } from "./date-text";

const now = new Date("2026-12-01T12:00:00Z");

function said(value: string, style: DateStyle, locale = "en-GB", timeZone = "Europe/Berlin") {
  return dateText(new Date(value), style, { locale, timeZone, now });
}

describe("dateText", () => {
  it.each<[string, DateStyle, string]>([
    ["2026-12-03T10:00:00Z", "date", "Thu 3 Dec"],
    ["2026-11-27T10:00:00Z", "date", "Fri 27 Nov"],
    ["2026-12-20T10:00:00Z", "date", "20 Dec 2026"],
    ["2025-12-01T10:00:00Z", "date", "1 Dec 2025"],
    ["2026-12-03T10:05:00Z", "datetime", "Thu 3 Dec, 11:05"],
    ["2026-12-20T10:05:00Z", "deadline", "Sun, 20 Dec 2026, 11:05 CET"],
    ["2026-12-03T10:05:00Z", "time", "11:05"],
  ])("says %s as a %s: %s", (value, style, text) => {
    expect(said(value, style).replace(/^(\w{3}), (\d+ \w{3})(?!.* \d{4})/, "$1 $2")).toBe(text);
  });

  it("counts midnights of the reader's zone, not hours", () => {
    expect(said("2026-12-07T22:30:00Z", "date")).toContain("Mon");
    expect(said("2026-12-07T23:30:00Z", "date")).toBe("8 Dec 2026");
  });

  it.each([
    ["2026-12-01T11:59:40Z", "this minute"],
    ["2026-12-01T10:00:00Z", "2 hours ago"],
    ["2026-12-02T13:00:00Z", "tomorrow"],
    ["2026-12-08T13:00:00Z", "in 7 days"],
    ["2025-11-01T13:00:00Z", "last year"],
  ])("says %s as %s", (value, text) => {
    expect(said(value, "relative")).toBe(text);
  });

  it("speaks German", () => {
    expect(said("2026-12-20T10:05:00Z", "deadline", "de-DE")).toBe("So., 20. Dez. 2026, 11:05 MEZ");
    expect(said("2026-12-02T13:00:00Z", "relative", "de-DE")).toBe("morgen");
  });
});
