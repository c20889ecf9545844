import { newSecret } from "../../deliveries/roll-secret";
import { stopDeliveries } from "../../deliveries/settle";
import { apiVersion } from "../../events";
import { invalid, missing, notModelled } from "../../http/errors";
import { hash, mergeMetadata } from "../../http/params";
import { v2Page, v2PageParams } from "../../http/v2-lists";
import { newId } from "../../ids";
import type { EventDestination } from "../../tables";
import { emitThin, notificationOf, timestamp } from "../../thin-events";
import type { Tx } from "../../transaction";
import { type Resource, route } from "../resource";
import { checkRoom } from "../webhook-endpoints";
import { checkNames, createParams, type Include, include, pingType, updateParams } from "./params";

const url = "/v2/core/event_destinations";

function present(row: object, included: Include[] = []): object {
  const { url: target, secret, old_secret: _old, ...shown } = row as EventDestination;
  return {
    ...shown,
    webhook_endpoint: {
      ...(included.includes("webhook_endpoint.signing_secret") && { signing_secret: secret }),
      ...(included.includes("webhook_endpoint.url") && { url: target }),
    },
  };
}

function need(tx: Tx, id: string): EventDestination {
  const row = tx.get("event_destinations", id);
  if (!row) throw missing("event destination", id, "id", 404);
  return row;
}

const create = route("POST", url, createParams, ({ tx, params }) => {
  if (params.type !== "webhook_endpoint") throw notModelled("type");
  if (!params.webhook_endpoint)
    throw invalid("Missing required param: webhook_endpoint.", "parameter_missing", "webhook_endpoint");
  if (params.event_payload === "thin" && params.snapshot_api_version)
    throw invalid("Thin events have no snapshot_api_version.", "invalid_fields", "snapshot_api_version");
  checkRoom(tx);
  const now = timestamp(tx.now);
  const row = tx.put("event_destinations", {
    id: newId("ed_test"),
    object: "v2.core.event_destination",
    created: now,
    description: params.description ?? "",
    enabled_events: checkNames(params.enabled_events, params.event_payload),
    event_payload: params.event_payload,
    events_from: params.events_from ?? ["@self"],
    livemode: false,
    metadata: mergeMetadata(null, params.metadata),
    name: params.name,
    ...(params.event_payload === "snapshot" && { snapshot_api_version: apiVersion }),
    status: "enabled",
    type: "webhook_endpoint",
    updated: now,
    url: params.webhook_endpoint.url,
    secret: newSecret(),
  });
  return present(row, params.include);
});

const retrieve = route("GET", `${url}/:`, hash({ include }), ({ tx, params, ids: [id] }) =>
  present(need(tx, id), params.include),
);

const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  const row = need(tx, id);
  const changed = tx.patch("event_destinations", id, {
    ...(params.description !== undefined && { description: params.description ?? "" }),
    ...(params.enabled_events && { enabled_events: checkNames(params.enabled_events, row.event_payload) }),
    ...(params.metadata !== undefined && { metadata: mergeMetadata(row.metadata ?? {}, params.metadata) }),
    ...(params.name && { name: params.name }),
    ...(params.webhook_endpoint && { url: params.webhook_endpoint.url }),
    updated: timestamp(tx.now),
  });
  return present(changed, params.include);
});

const remove = route("DELETE", `${url}/:`, hash({}), ({ tx, ids: [id] }) => {
  need(tx, id);
  tx.remove("event_destinations", id);
  stopDeliveries(tx, id);
  return { id, object: "v2.core.event_destination" };
});

const disable = route("POST", `${url}/:/disable`, hash({}), ({ tx, ids: [id] }) => {
  need(tx, id);
  stopDeliveries(tx, id);
  const status_details = { disabled: { reason: "user" as const } };
  return present(
    tx.patch("event_destinations", id, { status: "disabled", status_details, updated: timestamp(tx.now) }),
  );
});

const enable = route("POST", `${url}/:/enable`, hash({}), ({ tx, ids: [id] }) => {
  const { status_details: _details, ...row } = need(tx, id);
  return present(tx.put("event_destinations", { ...row, status: "enabled", updated: timestamp(tx.now) }));
});

const ping = route("POST", `${url}/:/ping`, hash({}), ({ tx, ids: [id] }) => {
  need(tx, id);
  const related_object = { id, type: "v2.core.event_destination", url: `${url}/${id}` };
  return notificationOf(emitThin(tx, { type: pingType, related_object, destination: id }));
});

const index = route("GET", url, hash({ ...v2PageParams, include }), ({ tx, params }) => {
  const filters: Record<string, string | undefined> = {};
  for (const [at, name] of (params.include ?? []).entries()) filters[`include[${at}]`] = name;
  const rows = [...tx.newestFirst("event_destinations")];
  return v2Page(url, params, filters, rows, (row) => present(row, params.include));
});

export const eventDestinations: Resource = {
  routes: [create, retrieve, update, remove, disable, enable, ping, index],
  presenters: { event_destinations: (_read, row) => present(row) },
};
