import { newSecret } from "../deliveries/roll-secret";
import { stopDeliveries } from "../deliveries/settle";
import { eventNames } from "../event-names";
import { apiVersion } from "../events";
import { invalid } from "../http/errors";
import { page, pageParams } from "../http/lists";
import {
  bool,
  clearable,
  hash,
  list,
  mergeMetadata,
  metadata,
  only,
  type Parser,
  text,
} from "../http/params";
import { newId } from "../ids";
import type { WebhookEndpoint } from "../tables";
import type { Tx } from "../transaction";
import { type Resource, route } from "./resource";

const url = "/v1/webhook_endpoints";
const mostEndpoints = 16;

export const address: Parser<string> = (raw, path) => {
  const value = text(raw, path);
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value;
  throw invalid("Invalid URL: An explicit scheme (such as https) must be provided.", "url_invalid", path);
};

/** Names that no event has would never be delivered, so they are refused. */
export function namesOfEvents(exists: (name: string) => boolean): Parser<string[]> {
  return (raw, path) => {
    const names = list(text)(raw, path);
    if (names.length === 0) throw invalid(`Missing required param: ${path}.`, "parameter_missing", path);
    const unknown = names.findIndex((name) => name !== "*" && !exists(name));
    if (unknown < 0) return names;
    throw invalid(`Invalid ${path}: there is no event ${names[unknown]}`, undefined, `${path}[${unknown}]`);
  };
}

export function checkRoom(tx: Tx): void {
  const taken = [...tx.newestFirst("webhook_endpoints"), ...tx.newestFirst("event_destinations")].length;
  if (taken >= mostEndpoints)
    throw invalid(`You have reached the maximum of ${mostEndpoints} test webhook endpoints.`);
}

function present(row: object): object {
  const { secret: _secret, old_secret: _old, connect: _connect, ...shown } = row as WebhookEndpoint;
  return shown;
}

const enabledEvents = namesOfEvents((name) => eventNames.has(name));

const createParams = hash(
  {
    api_version: only(apiVersion),
    connect: bool,
    description: clearable(text),
    enabled_events: enabledEvents,
    metadata,
    url: address,
  },
  ["enabled_events", "url"],
);
const create = route("POST", url, createParams, ({ tx, params }) => {
  checkRoom(tx);
  const endpoint = tx.put("webhook_endpoints", {
    id: newId("we"),
    object: "webhook_endpoint",
    api_version: params.api_version ?? null,
    application: null,
    created: tx.now,
    description: params.description ?? null,
    enabled_events: params.enabled_events,
    livemode: false,
    metadata: mergeMetadata(null, params.metadata),
    secret: newSecret(),
    status: "enabled",
    url: params.url,
    connect: params.connect ?? false,
  });
  return { ...present(endpoint), secret: endpoint.secret };
});

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("webhook_endpoints", id));

const updateParams = hash({
  description: clearable(text),
  disabled: bool,
  enabled_events: enabledEvents,
  metadata,
  url: address,
});
const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  const endpoint = tx.need("webhook_endpoints", id);
  tx.patch("webhook_endpoints", id, {
    ...(params.description !== undefined && { description: params.description }),
    ...(params.disabled !== undefined && { status: params.disabled ? "disabled" : "enabled" }),
    ...(params.enabled_events && { enabled_events: params.enabled_events }),
    ...(params.metadata !== undefined && { metadata: mergeMetadata(endpoint.metadata, params.metadata) }),
    ...(params.url && { url: params.url }),
  });
  if (params.disabled) stopDeliveries(tx, id);
  return tx.view("webhook_endpoints", id);
});

const remove = route("DELETE", `${url}/:`, hash({}), ({ tx, ids: [id] }) => {
  tx.need("webhook_endpoints", id);
  tx.remove("webhook_endpoints", id);
  stopDeliveries(tx, id);
  return { id, object: "webhook_endpoint", deleted: true };
});

const index = route("GET", url, hash(pageParams), ({ tx, params }) =>
  page(tx, "webhook_endpoints", url, params, () => true),
);

export const webhookEndpoints: Resource = {
  routes: [create, retrieve, update, remove, index],
  presenters: { webhook_endpoints: (_read, row) => present(row) },
};
