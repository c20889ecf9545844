import { invalid } from "../../http/errors";
import { hash, oneOf, text } from "../../http/params";
import { newId } from "../../ids";
import { timestamp } from "../../thin-events";
import type { Tx } from "../../transaction";
import { route } from "../resource";
import { refreshDrafts } from "../subscriptions/usage-line";
import { identifier } from "./events";

const cancelableSeconds = 24 * 60 * 60;

/** Takes back a report, for a day after it was received. */
function cancel(tx: Tx, eventName: string, id: string): void {
  const meters = tx.by("meters", "event_name", eventName).map((meter) => meter.id);
  if (meters.length === 0)
    throw invalid(`No meter found for event_name ${eventName}.`, "no_meter", "event_name");
  const reported = tx
    .by("meter_events", "identifier", id)
    .filter((row) => meters.includes(row.meter) && !row.canceled);
  const row = reported.at(-1);
  if (!row)
    throw invalid(
      `No event with identifier ${id} can be canceled.`,
      "resource_missing",
      "cancel[identifier]",
    );
  if (row.received <= tx.now - cancelableSeconds) {
    throw invalid(
      "An event can be canceled within 24 hours of being received.",
      undefined,
      "cancel[identifier]",
    );
  }
  tx.patch("meter_events", row.id, { canceled: true });
  refreshDrafts(tx, row.customer);
}

const params = hash(
  { cancel: hash({ identifier }, ["identifier"]), event_name: text, type: oneOf("cancel") },
  ["cancel", "event_name", "type"],
);

const create = route("POST", "/v1/billing/meter_event_adjustments", params, ({ tx, params: given }) => {
  cancel(tx, given.event_name, given.cancel.identifier);
  return {
    object: "billing.meter_event_adjustment",
    cancel: given.cancel,
    event_name: given.event_name,
    livemode: false,
    status: "complete",
    type: given.type,
  };
});

const createTimed = route("POST", "/v2/billing/meter_event_adjustments", params, ({ tx, params: given }) => {
  cancel(tx, given.event_name, given.cancel.identifier);
  return {
    id: newId("mtra_test"),
    object: "v2.billing.meter_event_adjustment",
    cancel: given.cancel,
    created: timestamp(tx.now),
    event_name: given.event_name,
    livemode: false,
    status: "complete",
    type: given.type,
  };
});

export const adjustmentRoutes = [create, createTimed];
