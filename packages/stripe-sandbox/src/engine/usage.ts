import { decimalText, fromDecimal, plus, type Rational, rational } from "./money";

export interface Usage {
  value: string;
  timestamp: number;
}

/** What usage adds up to, exactly. Events come in the order they were received. */
export function aggregate(formula: string, events: Usage[]): Rational {
  if (formula === "count") return rational(events.length);
  if (formula === "last") return fromDecimal(latest(events)?.value ?? "0");
  return events.reduce((sum, { value }) => plus(sum, fromDecimal(value)), rational(0));
}

/** Of two at the same moment, the one received later. */
function latest(events: Usage[]): Usage | undefined {
  return events.reduce<Usage | undefined>(
    (best, event) => (best && best.timestamp > event.timestamp ? best : event),
    undefined,
  );
}

/** Corrections can outweigh usage; nobody is billed for less than nothing. */
export function billable(total: Rational): string {
  return total.num < 0n ? "0" : decimalText(total);
}
