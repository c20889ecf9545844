import { invalid, missing } from "../http/errors";
import type { Delivery, StripeEvent, ThinEvent } from "../tables";
import type { Tx } from "../transaction";
import { type Destination, destinations, destinationsFor } from "./destinations";
import { newDelivery } from "./publish";

const resendableSeconds = 30 * 24 * 60 * 60;

/** As `stripe events resend`: again to one endpoint, by id or address, or to all that want it. Answers how many. */
export function resendEvent(tx: Tx, id: string, endpoint: string | undefined, nowMs: number): number {
  const event = tx.get("events", id) ?? tx.get("thin_events", id);
  if (!event) throw missing("event", id, "id", 404);
  if (ageSeconds(event, nowMs) > resendableSeconds)
    throw invalid("Events can be sent again for 30 days.", undefined, "id");
  const wanting = endpoint ? [named(tx, endpoint)] : destinationsFor(tx, event, Date.now());
  for (const destination of wanting) sendAgain(tx, event, destination);
  return wanting.length;
}

function ageSeconds(event: StripeEvent | ThinEvent, nowMs: number): number {
  const made = event.object === "event" ? (event.emitted ?? event.created) * 1000 : Date.parse(event.created);
  return (nowMs - made) / 1000;
}

function named(tx: Tx, endpoint: string): Destination {
  const all = [...destinations(tx, Date.now()), ...tx.within(null, () => destinations(tx, Date.now()))];
  const found = all.find(({ id, url }) => id === endpoint || url === endpoint);
  if (found) return found;
  throw missing("webhook endpoint", endpoint, "endpoint");
}

/** One that was given up goes on and still counts; one that was acknowledged is only repeated. */
function sendAgain(tx: Tx, event: { id: string; type: string }, { id: endpoint }: Destination): void {
  const failed = tx.by("deliveries", "state", "failed").find((row) => isOf(row, event.id, endpoint));
  const again = failed ?? { ...newDelivery(tx, event, endpoint), extra: true as const };
  tx.put("deliveries", {
    ...again,
    state: "pending",
    lane: endpoint,
    attempts: 0,
    nextAttemptAt: 0,
  });
}

function isOf(row: Delivery, event: string, endpoint: string): boolean {
  return row.event === event && row.endpoint === endpoint && !row.extra;
}
