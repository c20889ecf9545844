import { created, inRange, page, pageParams } from "../http/lists";
import { bool, hash, list, text } from "../http/params";
import type { StripeEvent } from "../tables";
import { type Resource, route } from "./resource";

const url = "/v1/events";
const listParams = hash({ ...pageParams, created, delivery_success: bool, type: text, types: list(text) });

function isOfType(event: StripeEvent, wanted: string): boolean {
  return wanted.endsWith("*") ? event.type.startsWith(wanted.slice(0, -1)) : event.type === wanted;
}

export const events: Resource = {
  routes: [
    route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.need("events", id)),
    route("GET", url, listParams, ({ tx, params }) =>
      page(tx, "events", url, params, (event) => {
        if (params.type && !isOfType(event, params.type)) return false;
        if (params.types && !params.types.some((type) => isOfType(event, type))) return false;
        if (
          params.delivery_success !== undefined &&
          params.delivery_success !== (event.pending_webhooks === 0)
        )
          return false;
        return inRange(event.created, params.created);
      }),
    ),
  ],
};
