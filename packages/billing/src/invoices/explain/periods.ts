import type { Span } from "./known";

const daySeconds = 86_400;

/** Whole periods of this length that could end then: months are short, so the day they began may be later. */
export function periodsEnding(end: number, interval: string | null, count: number): Span[] {
  if (interval === "day" || interval === "week") {
    return [{ start: end - count * daySeconds * (interval === "week" ? 7 : 1), end }];
  }
  if (interval !== "month" && interval !== "year") return [];
  const date = new Date(end * 1000);
  const months = count * (interval === "year" ? 12 : 1);
  const days = new Set([date.getUTCDate(), 28, 29, 30, 31].filter((day) => day >= date.getUTCDate()));
  return [...days].map((day) => ({ start: monthsBefore(date, months, day), end }));
}

function monthsBefore(date: Date, months: number, day: number): number {
  const first = new Date(date);
  first.setUTCDate(1);
  first.setUTCMonth(first.getUTCMonth() - months);
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, last));
  return first.getTime() / 1000;
}
