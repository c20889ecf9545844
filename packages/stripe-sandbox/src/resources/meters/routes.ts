import { invalid } from "../../http/errors";
import { page, pageParams } from "../../http/lists";
import { hash, oneOf, type Parser, text } from "../../http/params";
import { newId } from "../../ids";
import type { Meter } from "../../tables";
import type { Tx } from "../../transaction";
import { type Resource, route } from "../resource";
import { adjustmentRoutes } from "./adjustments";
import { eventRoutes } from "./events";
import { processBatch, streamRoutes } from "./stream";
import { summaries } from "./summaries";

const url = "/v1/billing/meters";

const eventName: Parser<string> = (raw, path) => {
  const value = text(raw, path);
  if (value.length > 100) throw invalid(`${path} can have up to 100 characters.`, undefined, path);
  return value;
};

const createParams = hash(
  {
    customer_mapping: hash({ event_payload_key: text, type: oneOf("by_id") }, ["event_payload_key", "type"]),
    default_aggregation: hash({ formula: oneOf("sum", "count", "last") }, ["formula"]),
    display_name: text,
    event_name: eventName,
    event_time_window: oneOf("day", "hour"),
    value_settings: hash({ event_payload_key: text }, ["event_payload_key"]),
  },
  ["default_aggregation", "display_name", "event_name"],
);

/** Events find their meter by name, so among active meters a name is taken once. */
function requireFreeName(tx: Tx, name: string): void {
  const taken = tx.by("meters", "event_name", name).find(({ status }) => status === "active");
  if (!taken) return;
  throw invalid(
    `There is already an active meter (${taken.id}) for event_name ${name}.`,
    "resource_already_exists",
    "event_name",
  );
}

const create = route("POST", url, createParams, ({ tx, params }) => {
  requireFreeName(tx, params.event_name);
  const id = newId("mtr_test");
  tx.emit("billing.meter.created", "meters", id);
  return tx.put("meters", {
    id,
    object: "billing.meter",
    created: tx.now,
    customer_mapping: params.customer_mapping ?? { event_payload_key: "stripe_customer_id", type: "by_id" },
    default_aggregation: params.default_aggregation,
    display_name: params.display_name,
    event_name: params.event_name,
    event_time_window: params.event_time_window ?? null,
    livemode: false,
    status: "active",
    status_transitions: { deactivated_at: null },
    updated: tx.now,
    value_settings: params.value_settings ?? { event_payload_key: "value" },
  });
});

const update = route("POST", `${url}/:`, hash({ display_name: text }), ({ tx, params, ids: [id] }) => {
  const meter = tx.need("meters", id);
  if (params.display_name && params.display_name !== meter.display_name) {
    tx.patch("meters", id, { display_name: params.display_name, updated: tx.now });
    tx.emit("billing.meter.updated", "meters", id);
  }
  return tx.view("meters", id);
});

const deactivate = route("POST", `${url}/:/deactivate`, hash({}), ({ tx, ids: [id] }) => {
  move(tx, id, "inactive");
  tx.emit("billing.meter.deactivated", "meters", id);
  return tx.view("meters", id);
});

const reactivate = route("POST", `${url}/:/reactivate`, hash({}), ({ tx, ids: [id] }) => {
  requireFreeName(tx, tx.need("meters", id).event_name);
  move(tx, id, "active");
  tx.emit("billing.meter.reactivated", "meters", id);
  return tx.view("meters", id);
});

function move(tx: Tx, id: string, status: "active" | "inactive"): void {
  if (tx.need("meters", id).status === status)
    throw invalid(`The meter is already ${status}.`, "status_transition_invalid");
  const deactivatedAt = status === "inactive" ? tx.now : null;
  tx.patch("meters", id, {
    status,
    status_transitions: { deactivated_at: deactivatedAt },
    updated: tx.now,
  });
}

const index = route(
  "GET",
  url,
  hash({ ...pageParams, status: oneOf("active", "inactive") }),
  ({ tx, params }) => {
    const matches = (meter: Meter) => (params.status ?? meter.status) === meter.status;
    return page(tx, "meters", url, params, matches);
  },
);

export const meters: Resource = {
  routes: [
    create,
    route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("meters", id)),
    update,
    deactivate,
    reactivate,
    index,
    summaries,
    ...eventRoutes,
    ...adjustmentRoutes,
    ...streamRoutes,
  ],
  timers: { "meter_batch.process": processBatch },
};
