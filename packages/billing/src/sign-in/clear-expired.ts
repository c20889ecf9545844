import { statement } from "../db/statement";

/** Sessions that ended; who signs out takes theirs away at once. Run it now and then. */
export const clearExpiredSessions = statement<{ id: string }>(
  "clear_expired_sessions",
  `WITH members AS (DELETE FROM login_session WHERE expires_at < now() RETURNING id),
    staff AS (DELETE FROM staff_session WHERE expires_at < now() RETURNING id)
  SELECT id FROM members UNION ALL SELECT id FROM staff`,
);
