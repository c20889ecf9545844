import { DateTime } from "@farebox/ui/date-time";

export const isSameDay = (start: string, end: string): boolean => start.slice(0, 10) === end.slice(0, 10);

/** The time an amount is for; an invoice that starts a plan covers a single instant. */
export function Period({ start, end }: { start: string; end: string }) {
  if (isSameDay(start, end)) return <DateTime value={start} />;
  return (
    <span>
      <DateTime value={start} className="whitespace-nowrap" /> –{" "}
      <DateTime value={end} className="whitespace-nowrap" />
    </span>
  );
}
