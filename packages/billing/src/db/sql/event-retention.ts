import type pg from "pg";
import { statement } from "../statement";

const drop = statement<{ dropped: number }>(
  "event-drop-bodies",
  `WITH old AS (
    SELECT account_id, id FROM webhook_event
    WHERE raw IS NOT NULL AND received_at < now() - $1 * interval '1 day'
    ORDER BY received_at LIMIT $2
    FOR UPDATE SKIP LOCKED
  ), dropped AS (
    UPDATE webhook_event AS event SET raw = NULL FROM old
    WHERE event.account_id = old.account_id AND event.id = old.id RETURNING 1
  )
  SELECT count(*)::int AS dropped FROM dropped`,
);

/** The bodies of the oldest events that were kept long enough; their rows stay. Returns how many went. */
export async function dropOldBodies(sql: pg.Pool, old: { days: number; limit: number }): Promise<number> {
  const [row] = await drop(sql, [old.days, old.limit]);
  return row?.dropped ?? 0;
}
