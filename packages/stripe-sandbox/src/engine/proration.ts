import { type Rational, rational, round, times } from "./money";

export interface Span {
  amount: number;
  start: number;
  end: number;
}

/** The share of an exact amount for the time that is left, rounded once. */
export function remainingAmount(full: Rational, at: number, period: { start: number; end: number }): number {
  const length = period.end - period.start;
  if (length <= 0 || at >= period.end) return 0;
  return round(times(full, rational(period.end - Math.max(at, period.start), length)));
}

/** The share of an exact amount for a part of a period, rounded once. */
export function partOf(
  full: Rational,
  from: number,
  to: number,
  whole: { start: number; end: number },
): number {
  const length = whole.end - whole.start;
  return to <= from || length <= 0 ? 0 : round(times(full, rational(to - from, length)));
}

/** Flexible billing credits what was really billed: one line for each span that still runs. */
export function creditsForSpans<T extends Span>(spans: T[], at: number): { span: T; amount: number }[] {
  return spans
    .filter((span) => span.end > at)
    .map((span) => ({ span, amount: -remainingAmount(rational(span.amount), at, span) }));
}
