import { duplicateUsageCode } from "../../decisions/http";
import { invalid } from "../../http/errors";
import { hash, int, type Parser, text } from "../../http/params";
import type { MeterEventRow, MeterReport } from "../../tables";
import { timestamp as rfc3339 } from "../../thin-events";
import type { Tx } from "../../transaction";
import { route } from "../resource";
import { keepReport } from "./keep-report";
import { checkReport, isDuplicate, type Problem, payload } from "./report";

/** Checked at once; what is wrong is said in the answer. */
function record(tx: Tx, report: MeterReport): MeterEventRow {
  const checked = checkReport(tx, report);
  if ("problem" in checked) throw refusal(checked.problem);
  if (isDuplicate(tx, checked.row)) throw duplicate(checked.row.identifier);
  return keepReport(tx, checked.row);
}

export function refusal({ code, message, param }: Problem) {
  return invalid(message, code, param);
}

function duplicate(identifier: string) {
  return invalid(
    `An event already exists with identifier ${identifier}.`,
    duplicateUsageCode(),
    "identifier",
  );
}

export const identifier: Parser<string> = (raw, path) => {
  const value = text(raw, path);
  if (value.length > 100) throw invalid(`${path} can have up to 100 characters.`, undefined, path);
  return value;
};

export const instant: Parser<number> = (raw, path) => {
  const value = text(raw, path);
  const ms = /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(ms)) throw invalid(`${path} must be an RFC 3339 timestamp.`, undefined, path);
  return Math.floor(ms / 1000);
};

const url = "/v1/billing/meter_events";
const params = hash({ event_name: text, identifier, payload, timestamp: int }, ["event_name", "payload"]);
const create = route("POST", url, params, ({ tx, params: report }) => {
  const row = record(tx, report);
  return {
    object: "billing.meter_event",
    created: row.received,
    event_name: report.event_name,
    identifier: row.identifier,
    livemode: false,
    payload: report.payload,
    timestamp: row.timestamp,
  };
});

export const timedReport = hash({ event_name: text, identifier, payload, timestamp: instant }, [
  "event_name",
  "payload",
]);
const createTimed = route("POST", "/v2/billing/meter_events", timedReport, ({ tx, params: report }) => {
  const row = record(tx, report);
  return {
    object: "v2.billing.meter_event",
    created: rfc3339(row.received),
    event_name: report.event_name,
    identifier: row.identifier,
    livemode: false,
    payload: report.payload,
    timestamp: rfc3339(row.timestamp),
  };
});

export const eventRoutes = [create, createTimed];
