import { missing } from "../http/errors";
import { randomText } from "../ids";
import type { Tx } from "../transaction";

const daySeconds = 24 * 60 * 60;

/** As in Stripe's dashboard: while the old secret lives, each delivery carries a signature of both. */
export function rollSecret(tx: Tx, id: string, oldSeconds = daySeconds): string {
  const table = id.startsWith("ed_") ? "event_destinations" : "webhook_endpoints";
  const row = tx.get(table, id);
  if (!row) throw missing("webhook endpoint", id, "id", 404);
  const secret = newSecret();
  const lives = Math.min(Math.max(oldSeconds, 0), daySeconds);
  tx.patch(table, id, {
    secret,
    old_secret: { value: row.secret ?? "", until: Date.now() + lives * 1000 },
  });
  return secret;
}

export function newSecret(): string {
  return `whsec_${randomText(32)}`;
}
