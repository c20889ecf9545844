import { aggregate, billable } from "../../engine/usage";
import type { MeterEventRow } from "../../tables";
import type { Read } from "../../transaction";
import { seriesOf } from "./report";

/** Reports of one customer whose timestamp lies in [from, to), as they were received. */
export function usageBetween(
  read: Read,
  series: { customer: string; meter: string },
  from: number,
  to: number,
): MeterEventRow[] {
  return read
    .by("meter_events", "series", seriesOf(series.meter, series.customer))
    .filter((row) => !row.canceled && row.timestamp >= from && row.timestamp < to);
}

/** What a period [from, to) is billed for: a decimal, never below zero. `amountFor` takes it as it is. */
export function meteredQuantity(
  read: Read,
  series: { customer: string; meter: string },
  from: number,
  to: number,
): string {
  const meter = read.get("meters", series.meter);
  if (!meter) throw new Error(`There is no meter ${series.meter}`);
  return billable(aggregate(meter.default_aggregation.formula, usageBetween(read, series, from, to)));
}
