import type { Billing } from "../context";
import {
  type Claim,
  finishClaim,
  holdsLease,
  type Priority,
  priorities,
  returnClaim,
} from "../db/sql/dirty-objects";
import { inTransaction } from "../db/sql/transaction";
import { isMissing } from "../stripe/errors";
import { withPriority } from "../stripe/pace";
import { classify, describe, isDeadlock, isGivenUp, maxAttempts, NeverReturned } from "./failures";
import { type HandlerTables, handlerTables, whenGone } from "./handlers";
import type { Apply } from "./objects";
import { backoffMs, ownAccount } from "./rules";
import { failingOnStray } from "./stray";

export interface ProcessOptions {
  /** Wait after the first failure; doubles with each. */
  backoffMs: number;
  /** When to look once more although nothing is known to have changed: Stripe's reads may lag. */
  verifyAfterMs: number;
  tables?: HandlerTables;
}

/** What became of it: applied, failed, given up, or somebody else's by now. */
export type Outcome = "applied" | "failed" | "dead" | "lost";

/** One object: newest state from Stripe, then one transaction that writes only while the lease is ours. */
export async function processClaim(
  billing: Billing,
  claim: Claim,
  options: ProcessOptions,
): Promise<Outcome> {
  try {
    if (claim.attempts > maxAttempts) throw new NeverReturned();
    const apply = await withPriority(priorityOf(claim), () =>
      failingOnStray(() => readNewest(billing, claim, options.tables ?? handlerTables)),
    );
    await write(billing, claim, apply, options);
    return "applied";
  } catch (error) {
    if (error instanceof LeaseLost) {
      billing.log.warn(about(claim), "lease passed to another worker");
      return "lost";
    }
    return giveBack(billing, claim, error, options);
  }
}

class LeaseLost extends Error {}

const priorityOf = ({ priority }: Claim): Priority =>
  priority === priorities.user ? "user" : priority === priorities.sweep ? "sweep" : "event";

async function readNewest(billing: Billing, claim: Claim, tables: HandlerTables): Promise<Apply> {
  const { accountId, objectType, objectId } = claim;
  const isOurs = accountId === ownAccount;
  const table = isOurs ? tables.own : tables.connected;
  const handler = Object.hasOwn(table, objectType) ? table[objectType] : undefined;
  if (!handler) throw new TypeError(`nothing handles objects of type ${objectType}`);
  try {
    return await handler(isOurs ? billing : { ...billing, stripe: billing.stripeOf(accountId) }, objectId);
  } catch (error) {
    // Stripe names what it does not have: something else than the object is a parent that is missing.
    if (!isMissing(error) || !(error as Error).message.includes(objectId)) throw error;
    billing.log.warn(about(claim), "object is gone at Stripe");
    return async (client) => {
      if (isOurs) await whenGone[objectType]?.(client, objectId);
    };
  }
}

const deadlockTries = 3;

/** What was read stays good when two transactions were in each other's way. */
async function write(billing: Billing, claim: Claim, apply: Apply, options: ProcessOptions): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(billing.pool, async (client) => {
        if (!(await holdsLease(client, claim))) throw new LeaseLost();
        await apply(client);
        await finishClaim(client, claim, claim.verifying ? null : options.verifyAfterMs);
      });
    } catch (error) {
      if (!isDeadlock(error) || attempt === deadlockTries) throw error;
    }
  }
}

async function giveBack(
  billing: Billing,
  claim: Claim,
  error: unknown,
  options: ProcessOptions,
): Promise<Outcome> {
  const failure = classify(error);
  const attempts = failure.kind === "rate_limited" ? claim.attempts - 1 : claim.attempts;
  const deadReason = isGivenUp(failure, attempts) ? failure.reason : null;
  const fields = { ...about(claim), err: error, attempts, reason: failure.reason };
  if (deadReason) billing.log.error(fields, "object given up");
  else billing.log.warn(fields, "object not applied, will be tried again");
  const delayMs =
    failure.kind === "missing_parent"
      ? options.backoffMs
      : backoffMs(options.backoffMs, claim.attempts, Math.random());
  await returnClaim(billing.pool, claim, { attempts, error: describe(error), delayMs, deadReason });
  return deadReason ? "dead" : "failed";
}

const about = ({ accountId, objectType, objectId }: Claim) => ({ accountId, objectType, objectId });
