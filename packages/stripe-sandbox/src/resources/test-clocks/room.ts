import { clockLimits } from "../../decisions/timing";
import { boundary } from "../../engine/periods";
import { invalid } from "../../http/errors";
import type { Subscription } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { intervalOf } from "../subscriptions/items";

const { customers: mostCustomers, subscriptionsOfEach: mostSubscriptions } = clockLimits();
const yearSeconds = 365 * 24 * 60 * 60;
const over = ["canceled", "incomplete_expired"];

export function checkRoom(tx: Tx, clock: string): void {
  tx.need("test_clocks", clock, "test_clock");
  if (tx.by("customers", "test_clock", clock).length < mostCustomers) return;
  throw invalid(`A test clock can have up to ${mostCustomers} customers.`, undefined, "test_clock");
}

/** Customers of a test clock can have three subscriptions. */
export function checkSubscriptionRoom(tx: Tx, customer: { id: string; test_clock?: string | null }): void {
  if (!customer.test_clock) return;
  if (liveSubscriptions(tx, customer.id).length < mostSubscriptions) return;
  const message = `A customer with a test clock can have up to ${mostSubscriptions} subscriptions.`;
  throw invalid(message, undefined, "customer");
}

function liveSubscriptions(read: Read, customer: string): Subscription[] {
  return read.by("subscriptions", "customer", customer).filter((row) => !over.includes(row.status));
}

/** Two intervals of the shortest subscription, or two years when there is none. */
export function latestTarget(read: Read, clock: { id: string; frozen_time: number }): number {
  const ends = read
    .by("customers", "test_clock", clock.id)
    .flatMap((customer) => liveSubscriptions(read, customer.id))
    .flatMap((subscription) => subscription.items.data)
    .flatMap((item) => read.get("prices", item.price.id) ?? [])
    .map((price) => boundary(clock.frozen_time, intervalOf(price), 2));
  return ends.length > 0 ? Math.min(...ends) : clock.frozen_time + 2 * yearSeconds;
}
