import { randomUUID } from "node:crypto";
import { invalid } from "../../http/errors";
import type { Parser } from "../../http/params";
import { newId } from "../../ids";
import type { Meter, MeterEventRow, MeterReport } from "../../tables";
import type { Tx } from "../../transaction";

const daySeconds = 24 * 60 * 60;
const oldestSeconds = 35 * daySeconds;
const earliestSeconds = 5 * 60;
const uniqueForSeconds = daySeconds;

export interface Problem {
  code: string;
  message: string;
  param: string;
  meter?: string;
}

export type Checked = { problem: Problem } | { row: MeterEventRow };

export const payload: Parser<Record<string, string>> = (raw, path) => {
  if (typeof raw === "string") throw invalid("Invalid object", undefined, path);
  return Object.fromEntries(
    Object.entries(raw).map(([key, value]) => {
      if (typeof value === "string") return [key, value];
      throw invalid(`Invalid string: ${path}[${key}]`, "parameter_invalid_string", `${path}[${key}]`);
    }),
  );
};

/** Reads a report on the clock of its customer; nothing is stored. */
export function checkReport(tx: Tx, report: MeterReport): Checked {
  const known = tx.by("meters", "event_name", report.event_name);
  const meter = known.find(({ status }) => status === "active");
  if (!meter) return { problem: withoutMeter(report, known.length > 0) };
  const customerId = report.payload[meter.customer_mapping.event_payload_key];
  const customer = tx.get("customers", customerId ?? "");
  if (!customer) return { problem: withoutCustomer(meter, customerId) };
  tx.enter(customer.test_clock ?? null);
  const timestamp = report.timestamp ?? tx.now;
  const problem = timeProblem(tx, timestamp) ?? valueProblem(meter, report);
  if (problem) return { problem: { ...problem, meter: meter.id } };
  return {
    row: {
      id: newId("mtrevt"),
      series: seriesOf(meter.id, customer.id),
      meter: meter.id,
      customer: customer.id,
      identifier: report.identifier ?? randomUUID(),
      value: report.payload[meter.value_settings.event_payload_key] ?? "0",
      timestamp,
      received: tx.now,
      canceled: false,
    },
  };
}

export function seriesOf(meter: string, customer: string): string {
  return `${meter}/${customer}`;
}

/** Counts a report once, however often it is sent. */
export function isDuplicate(tx: Tx, row: MeterEventRow): boolean {
  return tx
    .by("meter_events", "identifier", row.identifier)
    .some(({ received }) => received > row.received - uniqueForSeconds);
}

function withoutMeter({ event_name: name }: MeterReport, archived: boolean): Problem {
  const param = "event_name";
  if (archived)
    return { code: "archived_meter", message: `The meter for event_name ${name} is inactive.`, param };
  return { code: "no_meter", message: `No active meter found for event_name ${name}.`, param };
}

function withoutCustomer(meter: Meter, id: string | undefined): Problem {
  const param = `payload[${meter.customer_mapping.event_payload_key}]`;
  return id
    ? {
        code: "meter_event_customer_not_found",
        message: `No such customer: '${id}'`,
        param,
        meter: meter.id,
      }
    : {
        code: "meter_event_no_customer_defined",
        message: `The payload names no customer: ${param} is missing.`,
        param,
        meter: meter.id,
      };
}

function timeProblem(tx: Tx, timestamp: number): Problem | undefined {
  const param = "timestamp";
  if (timestamp < tx.now - oldestSeconds) {
    return {
      code: "timestamp_too_far_in_past",
      message: "The timestamp must be within the past 35 calendar days.",
      param,
    };
  }
  if (timestamp <= tx.now + earliestSeconds) return undefined;
  return {
    code: "timestamp_in_future",
    message: "The timestamp must not be more than 5 minutes in the future.",
    param,
  };
}

/** How many digits a value may have is documented only as twelve decimals and fifteen digits in all. */
function valueProblem(meter: Meter, report: MeterReport): Problem | undefined {
  if (meter.default_aggregation.formula === "count") return undefined;
  const param = `payload[${meter.value_settings.event_payload_key}]`;
  const value = report.payload[meter.value_settings.event_payload_key];
  if (value === undefined) {
    return {
      code: "meter_event_value_not_found",
      message: `The payload has no value: ${param} is missing.`,
      param,
    };
  }
  if (!/^-?\d+(\.\d+)?$/.test(value))
    return { code: "meter_event_invalid_value", message: `The value ${param} is not a number.`, param };
  const [whole = "", decimals = ""] = value.replace("-", "").split(".");
  if (whole.length + decimals.length <= 15 && decimals.length <= 12) return undefined;
  return {
    code: "meter_event_value_too_many_digits",
    message: `The value ${param} has too many digits.`,
    param,
  };
}
