import type pg from "pg";
import { type ReceivedEvent, storeEvent, storeEvents } from "../db/sql/inbox";

interface Waiting {
  event: ReceivedEvent;
  resolve(stored: { isNew: boolean }): void;
  reject(error: unknown): void;
}

const maxFlushes = 2;
const maxEvents = 256;
const maxBytes = 4 * 1024 * 1024;

/**
 * Stores events, each resolved only after its commit. While two statements are on their way, what arrives waits for
 * the next one and shares it: no timer, so nothing waits while there is little to do.
 */
export function openInboxWriter(pool: pg.Pool) {
  const queue: Waiting[] = [];
  let flushing = 0;

  function flushMore(): void {
    while (flushing < maxFlushes && queue.length > 0) {
      flushing++;
      flush(nextBatch(queue)).finally(() => {
        flushing--;
        flushMore();
      });
    }
  }

  async function flush(batch: Waiting[]): Promise<void> {
    const [only] = batch;
    if (only && batch.length === 1) return alone(only);
    try {
      const stored = await storeEvents(
        pool,
        batch.map(({ event }) => event),
      );
      stored.forEach((result, index) => {
        batch[index]?.resolve(result);
      });
    } catch (error) {
      // One event, or one object that somebody holds on to, must not fail its neighbours. Without a database all fail.
      if (isAboutRows(error)) await Promise.all(batch.map(alone));
      else for (const { reject } of batch) reject(error);
    }
  }

  const alone = ({ event, resolve, reject }: Waiting) => storeEvent(pool, event).then(resolve, reject);

  return (event: ReceivedEvent): Promise<{ isNew: boolean }> =>
    new Promise((resolve, reject) => {
      queue.push({ event, resolve, reject });
      flushMore();
    });
}

function nextBatch(queue: Waiting[]): Waiting[] {
  let bytes = 0;
  let count = 0;
  for (const { event } of queue) {
    bytes += event.raw.byteLength;
    if (count > 0 && (count >= maxEvents || bytes > maxBytes)) break;
    count++;
  }
  return queue.splice(0, count);
}

/** What is wrong with data, a broken rule, a lock or a deadlock: the server is there and refuses this statement. */
const isAboutRows = (error: unknown): boolean =>
  /^(22|23|40|55P03)/.test(String((error as { code?: unknown } | null)?.code ?? ""));
