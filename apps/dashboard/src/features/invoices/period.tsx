import { DateTime } from "@farebox/ui/date-time";

/** The time an amount is for; an invoice that starts a plan covers a single instant. */
export function Period({ start, end }: { start: string; end: string }) {
  if (start.slice(0, 10) === end.slice(0, 10)) return <DateTime value={start} />;
  return (
    <span className="whitespace-nowrap">
      <DateTime value={start} /> – <DateTime value={end} />
    </span>
  );
}
