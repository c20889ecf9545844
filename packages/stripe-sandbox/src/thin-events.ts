import { newId } from "./ids";
import type { StripeEvent, ThinEvent } from "./tables";
import type { Tx } from "./transaction";

const snapshotPrefix = "evt_";
const thinPrefix = "evt_test_";
const withoutThinForm =
  /^(apps|customer\.source|financial_connections\.authorization|reporting|reserve|source\.mandate_notification|source\.transaction|three_d_secure|treasury)\b/;

/** The name of an event in its thin form; undefined when it has none. */
export function thinTypeOf({ object, type }: { object: string; type: string }): string | undefined {
  if (object !== "event") return type;
  return withoutThinForm.test(type) ? undefined : `v1.${type}`;
}

/** The thin form of a snapshot event, under an id that leads back to it. */
export function thinOf(event: StripeEvent): ThinEvent | undefined {
  const type = thinTypeOf(event);
  if (type === undefined) return undefined;
  const { id, idempotency_key } = event.request;
  return {
    id: `${thinPrefix}${event.id.slice(snapshotPrefix.length)}`,
    object: "v2.core.event",
    created: timestamp(event.created),
    livemode: false,
    ...(event.account && { context: event.account }),
    ...(id && { reason: { type: "request", request: { id, idempotency_key: idempotency_key ?? "" } } }),
    related_object: relatedObject(event.data.object),
    snapshot_event: event.id,
    type,
  };
}

export function snapshotIdOf(id: string): string {
  return id.startsWith(thinPrefix) ? `${snapshotPrefix}${id.slice(thinPrefix.length)}` : "";
}

/** What is delivered: the data has to be fetched. */
export function notificationOf(event: ThinEvent): object {
  const { data: _data, destination: _destination, ...shown } = event;
  return shown;
}

export interface ThinGiven {
  type: string;
  related_object: ThinEvent["related_object"];
  data?: Record<string, unknown>;
  /** Only to this destination, whatever it listens to. */
  destination?: string;
}

/** For what Stripe tells only in thin events. It is delivered when the transaction commits. */
export function emitThin(tx: Tx, given: ThinGiven): ThinEvent {
  return tx.put("thin_events", {
    id: newId("evt_test"),
    object: "v2.core.event",
    created: timestamp(tx.now),
    livemode: false,
    ...(tx.account !== null && { context: tx.account }),
    ...given,
  });
}

export function timestamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

const addresses: Record<string, string> = { "tax.settings": "/v1/tax/settings", balance: "/v1/balance" };

/** Where the object of an event can be fetched; null when it has no address of its own. */
function relatedObject(object: Record<string, unknown>): ThinEvent["related_object"] {
  const type = String(object.object);
  const single = addresses[type];
  if (single) return { type, url: single };
  if (type === "discount" && typeof object.customer === "string")
    return { type, url: `/v1/customers/${object.customer}/discount` };
  if (typeof object.id !== "string" || type.endsWith("summary") || type === "discount") return null;
  const folder = `${type.replaceAll(".", "/")}s`.replace(/ys$/, "ies");
  return { id: object.id, type, url: `/v1/${folder}/${encodeURIComponent(object.id)}` };
}
