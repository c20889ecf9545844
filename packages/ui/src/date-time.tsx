import { useEffect, useState } from "react";
import { type DateStyle, dateText, fullDateText } from "./date-text";
import { useLocale } from "./locale";

const minuteMs = 60_000;

interface DateTimeProps {
  /** An instant as an ISO string. */
  value: string;
  style?: DateStyle;
  /** Instead of the present, for tests and simulated clocks. */
  now?: Date;
  className?: string;
}

export function DateTime({ value, style = "date", now, className }: DateTimeProps) {
  const { locale, timeZone } = useLocale();
  const present = useNow(style === "relative" && !now);
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return <span className={className}>{value}</span>;
  return (
    <time dateTime={value} title={fullDateText(date, locale, timeZone)} className={className}>
      {dateText(date, style, { locale, timeZone, now: now ?? present })}
    </time>
  );
}

/** `dateText` in the reader's locale and zone, for sentences and buttons. */
export function useDateText() {
  const { locale, timeZone } = useLocale();
  return (value: string, style: DateStyle = "date") =>
    dateText(new Date(value), style, { locale, timeZone, now: new Date() });
}

function useNow(ticking: boolean): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(new Date()), minuteMs);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
