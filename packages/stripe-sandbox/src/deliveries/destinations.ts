import type { OldSecret } from "../tables";
import { thinTypeOf } from "../thin-events";
import type { Read, Tx } from "../transaction";

export interface Destination {
  id: string;
  url: string;
  /** The newest first; more than one while a secret is being rolled. */
  secrets: string[];
  enabledEvents: string[];
  payload: "snapshot" | "thin";
  /** Wants the account's own events. */
  own: boolean;
  /** Wants those of its connected accounts. */
  connect: boolean;
}

/** Where events go now: what was named at the start, webhook endpoints, event destinations; each oldest first. */
export function destinations(read: Read, nowMs: number): Destination[] {
  const found: Destination[] = [];
  for (const row of read.newestFirst("event_destinations")) {
    if (row.status !== "enabled") continue;
    found.push({
      id: row.id,
      url: row.url,
      secrets: secretsOf(row.secret, row.old_secret, nowMs),
      enabledEvents: row.enabled_events,
      payload: row.event_payload,
      own: (row.events_from ?? ["@self"]).includes("@self"),
      connect: row.events_from?.includes("@accounts") ?? false,
    });
  }
  for (const row of read.newestFirst("webhook_endpoints")) {
    if (row.status !== "enabled") continue;
    found.push({
      id: row.id,
      url: row.url,
      secrets: secretsOf(row.secret ?? "", row.old_secret, nowMs),
      enabledEvents: row.enabled_events,
      payload: "snapshot",
      own: !row.connect,
      connect: row.connect ?? false,
    });
  }
  for (const row of read.newestFirst("listeners")) {
    const { id, url, secret, enabledEvents, payload = "snapshot", connect = false } = row;
    found.push({ id, url, secrets: [secret], enabledEvents, payload, own: !connect, connect });
  }
  return found.reverse();
}

interface Announced {
  object: string;
  type: string;
  destination?: string;
}

/** For an event of the account the transaction is in. */
export function destinationsFor(tx: Tx, event: Announced, nowMs: number): Destination[] {
  const thin = thinTypeOf(event);
  return reachableFrom(tx, nowMs).filter(({ id, enabledEvents, payload }) => {
    if (event.destination) return id === event.destination;
    const name = payload === "thin" ? thin : event.object === "event" ? event.type : undefined;
    return name !== undefined && enabledEvents.some((wanted) => wanted === "*" || wanted === name);
  });
}

/** The account's own, and for a connected account those of the platform that ask for such events. */
function reachableFrom(tx: Tx, nowMs: number): Destination[] {
  const own = destinations(tx, nowMs).filter((destination) => destination.own);
  if (tx.account === null) return own;
  const above = tx.within(null, () => destinations(tx, nowMs));
  return [...above.filter(({ connect }) => connect), ...own];
}

function secretsOf(secret: string, old: OldSecret | undefined, nowMs: number): string[] {
  return old && old.until > nowMs ? [secret, old.value] : [secret];
}
