import type pg from "pg";
import { dropOldBodies } from "../db/sql/event-retention";

const atOnce = 500;
const mostBatches = 200;

/**
 * Events carry personal data, and after ninety days nobody delivers one again. In small transactions, and never all
 * night: what is left is for the next time. Returns how many bodies went.
 */
export async function dropBodies(
  pool: pg.Pool,
  options: { days: number; isStopping?: () => boolean },
): Promise<number> {
  let dropped = 0;
  for (let batch = 0; batch < mostBatches && !options.isStopping?.(); batch++) {
    const went = await dropOldBodies(pool, { days: options.days, limit: atOnce });
    dropped += went;
    if (went < atOnce) break;
  }
  return dropped;
}
