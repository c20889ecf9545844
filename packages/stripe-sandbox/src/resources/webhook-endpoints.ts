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
  text,
  unsupported,
} from "../http/params";
import { newId, randomText } from "../ids";
import type { WebhookEndpoint } from "../tables";
import { type Resource, route } from "./resource";

const url = "/v1/webhook_endpoints";
const mostEndpoints = 16;

function checkUrl(address: string): string {
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  throw invalid("Invalid URL: An explicit scheme (such as https) must be provided.", "url_invalid", "url");
}

function present(row: object): object {
  const { secret: _secret, ...shown } = row as WebhookEndpoint;
  return shown;
}

const createParams = hash(
  {
    api_version: only(apiVersion),
    connect: unsupported,
    description: clearable(text),
    enabled_events: list(text),
    metadata,
    url: text,
  },
  ["enabled_events", "url"],
);
const create = route("POST", url, createParams, ({ tx, params }) => {
  if ([...tx.newestFirst("webhook_endpoints")].length >= mostEndpoints) {
    throw invalid(`You have reached the maximum of ${mostEndpoints} test webhook endpoints.`);
  }
  return tx.put("webhook_endpoints", {
    id: newId("we"),
    object: "webhook_endpoint",
    api_version: params.api_version ?? null,
    application: null,
    created: tx.now,
    description: params.description ?? null,
    enabled_events: params.enabled_events,
    livemode: false,
    metadata: mergeMetadata(null, params.metadata),
    secret: `whsec_${randomText(32)}`,
    status: "enabled",
    url: checkUrl(params.url),
  });
});

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("webhook_endpoints", id));

const updateParams = hash({
  description: clearable(text),
  disabled: bool,
  enabled_events: list(text),
  metadata,
  url: text,
});
const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  const endpoint = tx.need("webhook_endpoints", id);
  tx.patch("webhook_endpoints", id, {
    ...(params.description !== undefined && { description: params.description }),
    ...(params.disabled !== undefined && { status: params.disabled ? "disabled" : "enabled" }),
    ...(params.enabled_events && { enabled_events: params.enabled_events }),
    ...(params.metadata !== undefined && { metadata: mergeMetadata(endpoint.metadata, params.metadata) }),
    ...(params.url && { url: checkUrl(params.url) }),
  });
  return tx.view("webhook_endpoints", id);
});

const remove = route("DELETE", `${url}/:`, hash({}), ({ tx, ids: [id] }) => {
  tx.need("webhook_endpoints", id);
  tx.remove("webhook_endpoints", id);
  return { id, object: "webhook_endpoint", deleted: true };
});

const index = route("GET", url, hash(pageParams), ({ tx, params }) =>
  page(tx, "webhook_endpoints", url, params, () => true),
);

export const webhookEndpoints: Resource = {
  routes: [create, retrieve, update, remove, index],
  presenters: { webhook_endpoints: (_read, row) => present(row) },
};
