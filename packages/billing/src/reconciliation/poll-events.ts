import type Stripe from "stripe";
import type { Billing } from "../context";
import { storeEvents } from "../db/sql/inbox";
import { lastPoll, missingEvents } from "../db/sql/recurring-jobs";
import { stripeApiVersion } from "../stripe/client";
import { withPriority } from "../stripe/pace";
import { handlers, partOf } from "../webhooks/handlers";
import { readEvent } from "../webhooks/read-event";
import { ownAccount } from "../webhooks/rules";

export interface PolledEvents {
  looked: number;
  /** Were never delivered, or refused: now they are in the inbox like any other. */
  found: number;
  /** Since when there may be events that Stripe no longer lists; null when there are none. */
  outOfReachSince: Date | null;
}

const overlapMs = 60 * 60 * 1000;
const horizonMs = 30 * 24 * 60 * 60 * 1000;
const atOnce = 100;

/** Asks Stripe for its events since the last time, an hour more, and stores those we were never sent. */
export async function pollEvents(billing: Billing): Promise<PolledEvents> {
  const { now, lastOkAt } = await lastPoll(billing.pool, "poll_events");
  const reach = new Date(now.getTime() - horizonMs);
  const since = lastOkAt ? new Date(lastOkAt.getTime() - overlapMs) : reach;
  const from = since < reach ? reach : since;
  const polled: PolledEvents = { looked: 0, found: 0, outOfReachSince: since < reach ? since : null };
  let page: Stripe.Event[] = [];
  const events = withPriority("sweep", () =>
    billing.stripe.events.list({ created: { gte: Math.floor(from.getTime() / 1000) }, limit: 100 }),
  );
  for await (const event of events) {
    page.push(event);
    polled.looked++;
    if (page.length === atOnce) {
      polled.found += await storeMissing(billing, page);
      page = [];
    }
  }
  polled.found += await storeMissing(billing, page);
  // The first time there is a past that nobody was sent.
  const level = lastOkAt ? "warn" : "info";
  if (polled.found > 0) billing.log[level]({ ...polled }, "events found that were never delivered");
  return polled;
}

const kept = { own: new Set(Object.keys(handlers)), connected: new Set<string>(), partOf };

/** The same way as a webhook, so that a delivery that still comes is a repetition. */
async function storeMissing(billing: Billing, events: Stripe.Event[]): Promise<number> {
  if (events.length === 0) return 0;
  const ids = events.map(({ id }) => id);
  const missing = new Set(await missingEvents(billing.pool, ownAccount, ids));
  const received = events.flatMap((event) => {
    if (!missing.has(event.id)) return [];
    const raw = Buffer.from(JSON.stringify(event));
    const endpoint = {
      id: "poll",
      secrets: [],
      accounts: "own" as const,
      livemode: event.livemode,
      apiVersion: event.api_version ?? stripeApiVersion,
    };
    const read = readEvent(raw, endpoint, kept);
    return read ? [{ ...read, source: "poll" as const }] : [];
  });
  if (received.length === 0) return 0;
  const stored = await storeEvents(billing.pool, received);
  return stored.filter(({ isNew }) => isNew).length;
}
