import { notAllowed } from "../errors";
import type { ChangeFeed } from "./feed";

/** Windows of one person at one process. More than anybody looks at, and few enough that nobody takes all of them. */
export const streamsEach = 20;

const taken = new WeakMap<ChangeFeed, Map<string, number>>();

/** Refuses one stream too many; the answer gives the seat back. */
export function takeSeat(feed: ChangeFeed, person: string): () => void {
  const seats = taken.get(feed) ?? new Map<string, number>();
  taken.set(feed, seats);
  const mine = seats.get(person) ?? 0;
  if (mine >= streamsEach) {
    throw notAllowed(
      "too_many_streams",
      "Live updates are open in too many windows. Close some of them and reload this one.",
    );
  }
  seats.set(person, mine + 1);
  return () => {
    const left = (seats.get(person) ?? 1) - 1;
    if (left > 0) seats.set(person, left);
    else seats.delete(person);
  };
}

/** Streams that are open now, for the metrics. */
export function openStreams(feed: ChangeFeed): number {
  let open = 0;
  for (const streams of taken.get(feed)?.values() ?? []) open += streams;
  return open;
}
