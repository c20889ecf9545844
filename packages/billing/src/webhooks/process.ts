import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import Stripe from "stripe";
import type { Billing } from "../context";
import {
  type Claim,
  claimOne,
  finishClaim,
  holdsLease,
  markDirty,
  returnClaim,
} from "../db/sql/dirty-objects";
import { inTransaction } from "../db/sql/transaction";
import { isMissing, isRateLimited } from "../stripe/errors";
import { handlers, whenGone } from "./handlers";
import { type Apply, ownObject } from "./objects";
import { backoffMs, isPermanent, maxAttempts } from "./rules";

export interface ProcessOptions {
  /** Wait after the first failure; doubles with each. */
  backoffMs: number;
  /** When to look once more although nothing is known to have changed: Stripe's reads may lag. */
  verifyAfterMs: number;
}

/** One object: newest state from Stripe, then one transaction that writes only while the lease is ours. */
export async function processClaim(billing: Billing, claim: Claim, options: ProcessOptions): Promise<void> {
  try {
    if (claim.attempts > maxAttempts) throw new NeverReturned();
    const apply = await readNewest(billing, claim);
    await inTransaction(billing.pool, async (client) => {
      if (!(await holdsLease(client, claim))) throw new LeaseLost();
      await apply(client);
      await finishClaim(client, claim, claim.verifying ? null : options.verifyAfterMs);
    });
  } catch (error) {
    if (error instanceof LeaseLost) {
      billing.log.warn(about(claim), "lease passed to another worker");
      return;
    }
    await giveBack(billing, claim, error, options);
  }
}

/** For a verb that needs the mirror to be right now. False when another worker is at it for too long. */
export async function refreshNow(billing: Billing, objectType: string, objectId: string): Promise<boolean> {
  const key = ownObject(objectType, objectId);
  await markDirty(billing.pool, key);
  for (let attempt = 0; attempt < 40; attempt++) {
    const claim = await claimOne(billing.pool, key, { token: randomUUID(), leaseMs: 30_000 });
    if (claim) {
      await processClaim(billing, claim, { backoffMs: 5_000, verifyAfterMs: 60_000 });
      return true;
    }
    await delay(50);
  }
  return false;
}

class LeaseLost extends Error {}

/** Failures are given up at their last try, so more tries than that have ended with their process. */
class NeverReturned extends Error {
  override readonly name = "NeverReturned";
  override readonly message = "Whoever tried this did not live to say how it went.";
}

async function readNewest(billing: Billing, { objectType, objectId }: Claim): Promise<Apply> {
  const handler = handlers[objectType];
  if (!handler) throw new TypeError(`nothing handles objects of type ${objectType}`);
  try {
    return await handler(billing, objectId);
  } catch (error) {
    if (!isMissing(error)) throw error;
    billing.log.warn({ objectType, objectId }, "object is gone at Stripe");
    return async (client) => whenGone[objectType]?.(client, objectId);
  }
}

async function giveBack(
  billing: Billing,
  claim: Claim,
  error: unknown,
  options: ProcessOptions,
): Promise<void> {
  const rateLimited = isRateLimited(error);
  const attempts = rateLimited ? claim.attempts - 1 : claim.attempts;
  const dead =
    isPermanent(error instanceof Stripe.errors.StripeError ? "stripe" : nameOf(error)) ||
    attempts >= maxAttempts;
  const fields = { ...about(claim), err: error, attempts };
  if (dead) billing.log.error(fields, "object given up");
  else billing.log.warn(fields, "object not applied, will be tried again");
  const delayMs = backoffMs(options.backoffMs, claim.attempts, Math.random());
  await returnClaim(billing.pool, claim, { attempts, error: messageOf(error), delayMs, dead });
}

const about = ({ objectType, objectId }: Claim) => ({ objectType, objectId });

const nameOf = (error: unknown) => (error instanceof Error ? error.name : "unknown");

const messageOf = (error: unknown) =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error))
    .replaceAll("\0", "")
    .slice(0, 1000);
