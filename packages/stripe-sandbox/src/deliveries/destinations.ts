import type { OldSecret } from "../tables";
import { thinTypeOf } from "../thin-events";
import type { Read } from "../transaction";

export interface Destination {
  id: string;
  url: string;
  /** The newest first; more than one while a secret is being rolled. */
  secrets: string[];
  enabledEvents: string[];
  payload: "snapshot" | "thin";
  /** Wants the events of connected accounts instead of the account's own. */
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
      connect: !(row.events_from ?? ["@self"]).includes("@self"),
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
      connect: row.connect ?? false,
    });
  }
  for (const { id, url, secret, enabledEvents, payload = "snapshot" } of read.newestFirst("listeners")) {
    found.push({ id, url, secrets: [secret], enabledEvents, payload, connect: false });
  }
  return found.reverse();
}

interface Announced {
  object: string;
  type: string;
  account?: string;
  destination?: string;
}

export function destinationsFor(read: Read, event: Announced, nowMs: number): Destination[] {
  const thin = thinTypeOf(event);
  const isConnected = event.account !== undefined;
  return destinations(read, nowMs).filter(({ id, enabledEvents, payload, connect }) => {
    if (event.destination) return id === event.destination;
    const name = payload === "thin" ? thin : event.object === "event" ? event.type : undefined;
    if (name === undefined || connect !== isConnected) return false;
    return enabledEvents.some((wanted) => wanted === "*" || wanted === name);
  });
}

function secretsOf(secret: string, old: OldSecret | undefined, nowMs: number): string[] {
  return old && old.until > nowMs ? [secret, old.value] : [secret];
}
