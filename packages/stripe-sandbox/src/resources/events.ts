import { invalid, missing } from "../http/errors";
import { created, inRange, page, pageParams } from "../http/lists";
import { bool, hash, list, text } from "../http/params";
import type { StripeEvent } from "../tables";
import type { Tx } from "../transaction";
import { type Resource, route } from "./resource";

const url = "/v1/events";
const keptSeconds = 30 * 24 * 60 * 60;
const mostTypes = 20;
const listParams = hash({ ...pageParams, created, delivery_success: bool, type: text, types: list(text) });

/** Stripe shows the events of the last 30 days, counted from when they happened and not from a test clock. */
export function isKept(event: StripeEvent, now: number): boolean {
  return (event.emitted ?? event.created) > now - keptSeconds;
}

function isOfType(event: StripeEvent, wanted: string): boolean {
  return wanted.endsWith("*") ? event.type.startsWith(wanted.slice(0, -1)) : event.type === wanted;
}

function needEvent(tx: Tx, id: string): object {
  const event = tx.get("events", id);
  if (!event || !isKept(event, tx.now)) throw missing("event", id, "id", 404);
  return tx.view("events", id);
}

const index = route("GET", url, listParams, ({ tx, params }) => {
  const { type, types, delivery_success: delivered } = params;
  if (type && types)
    throw invalid("You may pass either `type` or `types`, but not both.", "parameters_exclusive", "types");
  if (types && types.length > mostTypes)
    throw invalid(`You can filter by up to ${mostTypes} types.`, undefined, "types");
  return page(tx, "events", url, params, (event) => {
    if (!isKept(event, tx.now) || !inRange(event.created, params.created)) return false;
    if (type && !isOfType(event, type)) return false;
    if (types && !types.includes(event.type)) return false;
    return delivered === undefined || delivered === (event.pending_webhooks === 0);
  });
});

export const events: Resource = {
  routes: [route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => needEvent(tx, id)), index],
  presenters: {
    events(_read, row) {
      const { emitted: _emitted, ...shown } = row as StripeEvent;
      return shown;
    },
  },
};
