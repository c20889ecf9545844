export interface Interval {
  unit: "day" | "week" | "month" | "year";
  count: number;
}

const day = 24 * 60 * 60;

/** The n-th period boundary after the anchor. Months clamp to their last day and come back to the anchor's day. */
export function boundary(anchor: number, interval: Interval, n: number): number {
  const count = interval.count * n;
  if (interval.unit === "day") return anchor + count * day;
  if (interval.unit === "week") return anchor + count * 7 * day;
  const months = interval.unit === "month" ? count : count * 12;
  const start = new Date(anchor * 1000);
  const first = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 1);
  const month = new Date(first);
  const lastDay = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate();
  const timeOfDay = anchor - Math.floor(anchor / day) * day;
  return first / 1000 + (Math.min(start.getUTCDate(), lastDay) - 1) * day + timeOfDay;
}

/** The period that holds `at`: starts at it or before it, ends after it. */
export function periodAt(anchor: number, interval: Interval, at: number): { start: number; end: number } {
  let n = Math.floor((at - anchor) / longest(interval));
  while (boundary(anchor, interval, n + 1) <= at) n += 1;
  while (boundary(anchor, interval, n) > at) n -= 1;
  return { start: boundary(anchor, interval, n), end: boundary(anchor, interval, n + 1) };
}

function longest(interval: Interval): number {
  const days = { day: 1, week: 7, month: 31, year: 366 }[interval.unit];
  return interval.count * days * day;
}
