import { invalid } from "../http/errors";
import type { Delivery } from "../tables";
import type { Tx } from "../transaction";
import { seededRandom } from "./plan";

export const releaseOrders = ["emitted", "reversed", "shuffled"] as const;

export interface ReleaseOptions {
  order?: (typeof releaseOrders)[number];
  /** The same seed gives the same disorder. */
  seed?: number;
}

/** In an order, each delivery is due a millisecond after the one before. */
export function releaseHeld(tx: Tx, { order, seed = 1 }: ReleaseOptions = {}): void {
  const held = tx.by("deliveries", "state", "held");
  const ordered = inOrder(held, order, seed);
  const from = Date.now() - ordered.length;
  for (const [at, { id, endpoint }] of ordered.entries()) {
    const nextAttemptAt = order ? from + at : 0;
    tx.patch("deliveries", id, { state: "pending", lane: endpoint, nextAttemptAt });
  }
}

function inOrder(held: Delivery[], order: ReleaseOptions["order"], seed: number): Delivery[] {
  if (order === "reversed") return held.toReversed();
  if (order !== "shuffled") return held;
  const random = seededRandom(seed);
  return held
    .map((delivery) => ({ delivery, place: random() }))
    .sort((left, right) => left.place - right.place)
    .map(({ delivery }) => delivery);
}

export function readRelease({ order, seed }: Record<string, unknown>): ReleaseOptions {
  const known = releaseOrders.find((name) => name === order);
  if (order !== undefined && !known)
    throw invalid(`order must be one of ${releaseOrders.join(", ")}.`, undefined, "order");
  if (seed !== undefined && typeof seed !== "number") throw invalid("seed is a number.", undefined, "seed");
  return { ...(known && { order: known }), ...(seed !== undefined && { seed }) };
}
