import { eventNames } from "../../event-names";
import { apiVersion } from "../../events";
import { notModelled } from "../../http/errors";
import {
  clearable,
  hash,
  list,
  metadata,
  oneOf,
  only,
  type Parser,
  text,
  unsupported,
} from "../../http/params";
import type { EventDestination } from "../../tables";
import { thinTypeOf } from "../../thin-events";
import { address, namesOfEvents } from "../webhook-endpoints";

export const pingType = "v2.core.event_destination.ping";
const withoutSnapshot = new Set([
  pingType,
  "v1.billing.meter.error_report_triggered",
  "v1.billing.meter.no_meter_found",
]);

const snapshotNames = namesOfEvents((name) => eventNames.has(name));
const thinNames = namesOfEvents((name) => {
  const type = name.replace(/^v1\./, "");
  if (withoutSnapshot.has(name)) return true;
  return type !== name && eventNames.has(type) && thinTypeOf({ object: "event", type }) === name;
});

/** Which names there are depends on the payload. */
export function checkNames(names: string[], payload: EventDestination["event_payload"]): string[] {
  const raw = Object.fromEntries(names.entries());
  return (payload === "thin" ? thinNames : snapshotNames)(raw, "enabled_events");
}

export type Include = "webhook_endpoint.url" | "webhook_endpoint.signing_secret";
export const include = list(oneOf("webhook_endpoint.url"));
const endpoint = hash({ url: address }, ["url"]);

const sources = oneOf("@self", "@accounts", "@organization_members", "@organization_members/@accounts");
/** There is no organization here. */
const eventSource: Parser<"@self" | "@accounts"> = (raw, path) => {
  const source = sources(raw, path);
  if (source === "@self" || source === "@accounts") return source;
  throw notModelled(path);
};

export const createParams = hash(
  {
    amazon_eventbridge: unsupported,
    azure_event_grid: unsupported,
    description: clearable(text),
    enabled_events: list(text),
    event_payload: oneOf("snapshot", "thin"),
    events_from: list(eventSource),
    include: list(oneOf("webhook_endpoint.url", "webhook_endpoint.signing_secret")),
    metadata,
    name: text,
    snapshot_api_version: only(apiVersion),
    type: oneOf("webhook_endpoint", "amazon_eventbridge", "azure_event_grid"),
    webhook_endpoint: endpoint,
  },
  ["enabled_events", "event_payload", "name", "type"],
);

export const updateParams = hash({
  description: clearable(text),
  enabled_events: list(text),
  include,
  metadata,
  name: text,
  webhook_endpoint: endpoint,
});
