import { rational, round, times } from "../../engine/money";

/** The part of `total` that goes with `part` of `whole`; what was `taken` before is never taken twice. */
export function proRata(
  total: number,
  { part, whole, taken, isLast }: { part: number; whole: number; taken: number; isLast: boolean },
): number {
  const left = total - taken;
  if (isLast) return left;
  return Math.min(left, round(times(rational(total), rational(part, whole))));
}

export function percentOf(amount: number, percent: number): number {
  return round(times(rational(amount), rational(Math.round(percent * 100), 10_000)));
}
