import { expect, test } from "vitest";
import { dayParam, endOfDay, startOfDay } from "./search-day";

test("a day of the address is a day, or absent", () => {
  expect(dayParam("2026-02-28")).toBe("2026-02-28");
  for (const none of ["", "today", "2026-13-01", "2026-1-1", 20260101, undefined]) {
    expect(dayParam(none)).toBeUndefined();
  }
});

test("a day ends where the next one begins", () => {
  expect(endOfDay("2026-02-28")).toBe(startOfDay("2026-03-01"));
  expect(endOfDay("2026-12-31")).toBe(startOfDay("2027-01-01"));
});
