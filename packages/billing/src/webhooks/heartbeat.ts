import type { Billing } from "../context";
import { type Claim, extendLease } from "../db/sql/dirty-objects";

/** Keeps what was claimed together until `work` is over. A process that stops beating loses it to the next. */
export async function whileHeld<Result>(
  { pool, log }: Pick<Billing, "pool" | "log">,
  claims: readonly Claim[],
  lease: { token: string; leaseMs: number },
  work: () => Promise<Result>,
): Promise<Result> {
  const heart = setInterval(() => {
    extendLease(pool, claims, lease.token, lease.leaseMs).catch((error: unknown) =>
      log.warn({ err: error }, "heartbeat failed"),
    );
  }, lease.leaseMs / 3);
  try {
    return await work();
  } finally {
    clearInterval(heart);
  }
}
