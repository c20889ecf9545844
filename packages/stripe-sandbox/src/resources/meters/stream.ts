import { invalid } from "../../http/errors";
import { hash, list } from "../../http/params";
import { newId, randomText } from "../../ids";
import type { MeterReport } from "../../tables";
import { emitThin, timestamp } from "../../thin-events";
import type { Tx } from "../../transaction";
import { route } from "../resource";
import { timedReport } from "./events";
import { keepReport } from "./keep-report";
import { checkReport, isDuplicate, type Problem } from "./report";

const sessionSeconds = 15 * 60;
const mostEvents = 100;

const createSession = route("POST", "/v2/billing/meter_event_session", hash({}), ({ tx }) => {
  const token = `mtrs_test_${randomText(40)}`;
  const expires = tx.now + sessionSeconds;
  tx.put("meter_sessions", { id: token, expires });
  return {
    id: newId("mes_test"),
    object: "v2.billing.meter_event_session",
    authentication_token: token,
    created: timestamp(tx.now),
    expires_at: timestamp(expires),
    livemode: false,
  };
});

/** Taken as they are; a moment later they are checked, and mistakes are told by thin events. */
const stream = route(
  "POST",
  "/v2/billing/meter_event_stream",
  hash({ events: list(timedReport) }, ["events"]),
  ({ tx, params: { events } }) => {
    if (events.length === 0 || events.length > mostEvents)
      throw invalid(`events must have 1 to ${mostEvents} entries.`, undefined, "events");
    const id = newId("mtrbatch");
    tx.put("meter_batches", { id, received: tx.now, events });
    tx.soon("meter_batch.process", id);
    return {};
  },
  "meter_session",
);

export const streamRoutes = [createSession, stream];

interface Mistake {
  problem: Problem;
  report: MeterReport;
}

export function processBatch(tx: Tx, id: string): void {
  const batch = tx.get("meter_batches", id);
  if (!batch) return;
  tx.remove("meter_batches", id);
  const mistakes = batch.events.flatMap((report) => take(tx, report) ?? []);
  tx.enter(null);
  const meters = new Set(mistakes.map(({ problem }) => problem.meter ?? null));
  for (const meter of meters) {
    const own = mistakes.filter(({ problem }) => (problem.meter ?? null) === meter);
    emitThin(tx, {
      type: meter ? "v1.billing.meter.error_report_triggered" : "v1.billing.meter.no_meter_found",
      related_object: meter ? { id: meter, type: "billing.meter", url: `/v1/billing/meters/${meter}` } : null,
      data: errorReport(own, batch.received, tx.now),
    });
  }
}

function take(tx: Tx, report: MeterReport): Mistake | undefined {
  tx.enter(null);
  const checked = checkReport(tx, report);
  if ("problem" in checked) return { problem: checked.problem, report };
  if (!isDuplicate(tx, checked.row)) keepReport(tx, checked.row);
  return undefined;
}

function errorReport(mistakes: Mistake[], from: number, to: number) {
  const codes = [...new Set(mistakes.map(({ problem }) => problem.code))];
  return {
    developer_message_summary: `There ${mistakes.length === 1 ? "is 1 invalid event" : `are ${mistakes.length} invalid events`}`,
    reason: {
      error_count: mistakes.length,
      error_types: codes.map((code) => {
        const same = mistakes.filter(({ problem }) => problem.code === code);
        return {
          code,
          error_count: same.length,
          sample_errors: same.slice(0, 5).map(({ problem, report }) => ({
            error_message: problem.message,
            request: { identifier: report.identifier ?? "" },
          })),
        };
      }),
    },
    validation_end: timestamp(to),
    validation_start: timestamp(from),
  };
}
