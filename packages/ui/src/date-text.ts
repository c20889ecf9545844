export type DateStyle = "date" | "time" | "datetime" | "deadline" | "relative";

interface DateTextOptions {
  locale: string;
  timeZone?: string;
  now: Date;
}

const dayMs = 86_400_000;
const nearDays = 6;

/** A date as a person says it: with the weekday when it is near, with the zone when it is a deadline. */
export function dateText(value: Date, style: DateStyle, { locale, timeZone, now }: DateTextOptions): string {
  if (style === "relative") return relativeText(value, locale, now);
  if (style === "time") return new Intl.DateTimeFormat(locale, { ...clock, timeZone }).format(value);
  const near = Math.abs(dayNumber(value, timeZone) - dayNumber(now, timeZone)) <= nearDays;
  const deadline = style === "deadline";
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: near || deadline ? "short" : undefined,
    day: "numeric",
    month: "short",
    year: near ? undefined : "numeric",
    ...(style === "date" ? {} : clock),
    timeZoneName: deadline ? "short" : undefined,
  }).format(value);
}

/** Everything about the instant, for the tooltip. */
export function fullDateText(value: Date, locale: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone, dateStyle: "full", timeStyle: "long" }).format(value);
}

const clock = { hour: "2-digit", minute: "2-digit" } as const;

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * dayMs],
  ["month", 30 * dayMs],
  ["day", dayMs],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

function relativeText(value: Date, locale: string, now: Date): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const distance = value.getTime() - now.getTime();
  const [unit, size] = units.find(([, length]) => Math.abs(distance) >= length) ?? ["minute", 60_000];
  return format.format(Math.trunc(distance / size), unit);
}

/** The calendar day in the zone, so that "near" counts midnights and not hours. */
function dayNumber(value: Date, timeZone: string | undefined): number {
  const day = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return Date.parse(`${day.format(value)}T00:00:00Z`) / dayMs;
}
