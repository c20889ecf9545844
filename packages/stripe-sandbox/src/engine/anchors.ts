import { boundary, type Interval } from "./periods";

/** A day of the month, with a time of day and a month where they are named. */
export interface AnchorDay {
  day_of_month: number;
  hour: number | null;
  minute: number | null;
  month: number | null;
  second: number | null;
}

/** The next such day after a moment; months without that day end with their last one. UTC. */
export function nextAnchor(day: AnchorDay, after: number): number {
  const now = new Date(after * 1000);
  for (let ahead = 0; ; ahead++) {
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1));
    if (day.month !== null && first.getUTCMonth() + 1 !== day.month) continue;
    const at = momentIn(first, day, now);
    if (at > after) return at;
  }
}

/** A time of day that is not named is that of the moment. */
function momentIn(first: Date, day: AnchorDay, now: Date): number {
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth()];
  const date = Math.min(day.day_of_month, new Date(Date.UTC(year, month + 1, 0)).getUTCDate());
  const hour = day.hour ?? now.getUTCHours();
  const minute = day.minute ?? now.getUTCMinutes();
  return Date.UTC(year, month, date, hour, minute, day.second ?? now.getUTCSeconds()) / 1000;
}

/** The anchor, moved back by whole intervals to a month that has its day, so that months after a short one come back to it. */
export function rhythmOf(anchor: number, dayOfMonth: number, interval: Interval): number {
  const first = new Date(anchor * 1000);
  if (first.getUTCDate() === dayOfMonth) return anchor;
  const at = Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), 1) / 1000 + (anchor % 86_400);
  for (let back = 1; back <= 12; back++) {
    const moved = new Date(boundary(at, interval, -back) * 1000);
    const days = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
    if (days >= dayOfMonth) return moved.getTime() / 1000 + (dayOfMonth - 1) * 86_400;
  }
  return anchor;
}
