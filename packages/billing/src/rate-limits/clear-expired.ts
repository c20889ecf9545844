import { statement } from "../db/statement";

/** Counters nobody needs any more; run it now and then. */
export const clearExpiredCounters = statement<{ key: string }>(
  "clear_expired_counters",
  "DELETE FROM rate_limit WHERE expire < extract(epoch FROM now()) * 1000 RETURNING key",
);
