import { invalid, missing } from "../http/errors";
import { hash, list, type Parser, text } from "../http/params";
import { v2Page, v2PageParams } from "../http/v2-lists";
import type { ThinEvent } from "../tables";
import { snapshotIdOf, thinOf } from "../thin-events";
import type { Tx } from "../transaction";
import { isKept } from "./events";
import { type Resource, route } from "./resource";

const url = "/v2/core/events";
const keptMs = 30 * 24 * 60 * 60 * 1000;

/** The types of the SDK say seconds, times of the v2 API are RFC 3339: both are read. */
const time: Parser<number> = (raw, path) => {
  const value = text(raw, path);
  const at = /^\d{1,12}$/.test(value) ? Number(value) * 1000 : Date.parse(value);
  if (!Number.isNaN(at)) return at;
  throw invalid(`Invalid timestamp: ${value.slice(0, 50)}`, "invalid_fields", path);
};
const listParams = hash({
  ...v2PageParams,
  created: hash({ gt: time, gte: time, lt: time, lte: time }),
  object_id: text,
  types: list(text),
});

function present(row: object): object {
  const { destination: _destination, ...shown } = row as ThinEvent;
  return shown;
}

function find(tx: Tx, id: string): ThinEvent | undefined {
  const own = tx.get("thin_events", id);
  if (own) return isRecent(own, tx.now) ? own : undefined;
  const snapshot = tx.get("events", snapshotIdOf(id));
  return snapshot && isKept(snapshot, tx.now) ? thinOf(snapshot) : undefined;
}

function isRecent({ created }: ThinEvent, now: number): boolean {
  return Date.parse(created) > now * 1000 - keptMs;
}

/** Newest first: those that stand for snapshot events, and those that exist only here. */
function allOf(tx: Tx): ThinEvent[] {
  const only = [...tx.newestFirst("thin_events")].filter((event) => isRecent(event, tx.now));
  const made = [...tx.newestFirst("events")]
    .filter((event) => isKept(event, tx.now))
    .flatMap((event) => thinOf(event) ?? []);
  return [...only, ...made].sort((left, right) => Date.parse(right.created) - Date.parse(left.created));
}

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => {
  const event = find(tx, id);
  if (!event) throw missing("event", id, "id", 404);
  return present(event);
});

const index = route("GET", url, listParams, ({ tx, params }) => {
  const { created = {}, object_id: about, types } = params;
  const { gt = Number.NEGATIVE_INFINITY, gte = Number.NEGATIVE_INFINITY } = created;
  const { lt = Number.POSITIVE_INFINITY, lte = Number.POSITIVE_INFINITY } = created;
  const rows = allOf(tx).filter((event) => {
    const at = Date.parse(event.created);
    if (about && event.related_object?.id !== about) return false;
    return (!types || types.includes(event.type)) && at > gt && at >= gte && at < lt && at <= lte;
  });
  const filters: Record<string, string | undefined> = { object_id: about };
  for (const [at, type] of (types ?? []).entries()) filters[`types[${at}]`] = type;
  for (const [name, at] of Object.entries(created)) filters[`created[${name}]`] = new Date(at).toISOString();
  return v2Page(url, params, filters, rows, present);
});

export const thinEvents: Resource = {
  routes: [retrieve, index],
  presenters: { thin_events: (_read, row) => present(row) },
};
