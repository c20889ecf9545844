import { decimalText } from "../../engine/money";
import { aggregate } from "../../engine/usage";
import { invalid, missing } from "../../http/errors";
import { cut, pageParams } from "../../http/lists";
import { hash, int, oneOf, text } from "../../http/params";
import { fingerprintOf } from "../../ids";
import type { Meter } from "../../tables";
import type { Tx } from "../../transaction";
import { route } from "../resource";
import { usageBetween } from "./quantity";

const seconds = { minute: 60, hour: 60 * 60, day: 24 * 60 * 60 };

const params = hash(
  {
    ...pageParams,
    customer: text,
    end_time: int,
    start_time: int,
    value_grouping_window: oneOf("day", "hour"),
  },
  ["customer", "end_time", "start_time"],
);

interface Window {
  start: number;
  end: number;
}

function requireAligned(time: number, unit: keyof typeof seconds, param: string): void {
  if (time % seconds[unit] === 0) return;
  throw invalid(`${param} must be aligned with ${unit} boundaries (UTC).`, undefined, param);
}

export const summaries = route(
  "GET",
  "/v1/billing/meters/:/event_summaries",
  params,
  ({ tx, params: given, ids: [id] }) => {
    const { start_time: start, end_time: end, value_grouping_window: group } = given;
    const meter = tx.need("meters", id);
    tx.need("customers", given.customer, "customer");
    requireAligned(start, group ?? "minute", "start_time");
    requireAligned(end, group ?? "minute", "end_time");
    if (start >= end) throw invalid("start_time must be before end_time.", undefined, "start_time");
    const rows = windows(tx, meter, given.customer, { start, end }, group).map((window) =>
      summary(tx, meter, given.customer, window),
    );
    const url = `/v1/billing/meters/${id}/event_summaries`;
    return cut(
      url,
      given,
      rows,
      (row) => row,
      (wanted, param) => {
        if (!rows.some((row) => row.id === wanted)) throw missing("meter_event_summary", wanted, param);
      },
    );
  },
);

/** Newest first. Grouped, only the windows in which something was reported. */
function windows(
  tx: Tx,
  meter: Meter,
  customer: string,
  whole: Window,
  group: "day" | "hour" | undefined,
): Window[] {
  if (!group) return [whole];
  const length = seconds[group];
  const reported = usageBetween(tx, { customer, meter: meter.id }, whole.start, whole.end);
  const starts = new Set(reported.map((row) => row.timestamp - (row.timestamp % length)));
  return [...starts].sort((left, right) => right - left).map((start) => ({ start, end: start + length }));
}

function summary(tx: Tx, meter: Meter, customer: string, { start, end }: Window) {
  const usage = usageBetween(tx, { customer, meter: meter.id }, start, end);
  return {
    id: `mtrusg_test_${fingerprintOf(`${meter.id} ${customer} ${start} ${end}`)}`,
    object: "billing.meter_event_summary",
    aggregated_value: Number(decimalText(aggregate(meter.default_aggregation.formula, usage))),
    end_time: end,
    livemode: false,
    meter: meter.id,
    start_time: start,
  };
}
