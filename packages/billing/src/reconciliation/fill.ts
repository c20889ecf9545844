import type { Billing } from "../context";
import { inTransaction } from "../db/sql/transaction";
import { withPriority } from "../stripe/pace";
import { type Apply, markForRefresh } from "../webhooks/objects";
import { eachOf } from "./each-of";
import type { Found } from "./sources";

interface Ready {
  object: Found;
  write: Apply;
}

type Refuse = (object: Found, error: unknown) => Promise<void>;

const readAtOnce = 8;
const lanes = 4;
/** A commit costs more than a row, and whoever waits for a customer must not wait for a whole page. */
const writtenAtOnce = 25;

/** Only gaps are filled: whatever is here was read under its lease, and may be newer than this page. */
export async function fill(billing: Billing, objectType: string, found: readonly Found[]): Promise<number> {
  const toWorker: Refuse = async ({ id }, error) => {
    // The worker has more patience, and says why when it gives up.
    billing.log.warn({ err: error, objectType, objectId: id }, "object not filled in, left to the worker");
    await markForRefresh(billing.pool, objectType, id, "sweep");
  };
  const ready: Ready[] = [];
  await eachOf(found, readAtOnce, async (object, index) => {
    try {
      ready[index] = { object, write: await withPriority("sweep", () => object.apply("first")) };
    } catch (error) {
      await toWorker(object, error);
    }
  });
  const filled = await Promise.all(
    byOwner(ready.filter(Boolean)).map(async (lane) => {
      let written = 0;
      for (let from = 0; from < lane.length; from += writtenAtOnce) {
        written += await writeTogether(billing, lane.slice(from, from + writtenAtOnce), toWorker);
      }
      return written;
    }),
  );
  return filled.reduce((sum, count) => sum + count, 0);
}

/** What belongs to one customer is in one lane, in the order of the page: lanes do not wait for each other's locks. */
function byOwner(ready: readonly Ready[]): Ready[][] {
  const split = Array.from({ length: lanes }, (): Ready[] => []);
  const laneOf = new Map<string, number>();
  for (const one of ready) {
    const lane = laneOf.get(one.object.owner) ?? laneOf.size % lanes;
    laneOf.set(one.object.owner, lane);
    split[lane]?.push(one);
  }
  return split.filter(({ length }) => length > 0);
}

/** One object that cannot be written must not keep its neighbours out: then each is tried alone. */
async function writeTogether({ pool }: Billing, writes: readonly Ready[], refuse: Refuse): Promise<number> {
  const together = inTransaction(pool, async (client) => {
    for (const { write } of writes) await write(client);
    return writes.length;
  });
  return together.catch(async () => {
    let filled = 0;
    for (const { object, write } of writes) {
      try {
        await inTransaction(pool, write);
        filled++;
      } catch (error) {
        await refuse(object, error);
      }
    }
    return filled;
  });
}
