import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Billing } from "../context";
import { rereadCustomerBalance } from "../customers/balance-sync";
import { recordFromStripe } from "../db/sql/audit";
import { type Claim, claimOne, holdsLease, type ObjectKey, releaseClaim } from "../db/sql/dirty-objects";
import { isGivenUp, knowObject, recordDrift, settleClaim } from "../db/sql/reconciliation";
import { inTransaction, rolledBack } from "../db/sql/transaction";
import { isMissing } from "../stripe/errors";
import { withPriority } from "../stripe/pace";
import { type Handler, handlers, whenGone } from "../webhooks/handlers";
import { whileHeld } from "../webhooks/heartbeat";
import type { Apply } from "../webhooks/objects";
import { applyAndCompare, type Comparison } from "./compare";
import { type Cause, likelyCause } from "./likely-cause";
import { mirrorTables } from "./tables";

/** An object of which the mirror was wrong although nothing was on its way. */
export interface Finding extends Comparison {
  kind: "missing_here" | "differs" | "unknown_to_stripe";
  cause: Cause;
  repaired: boolean;
}

export interface CheckOptions {
  runId: string;
  repairs: boolean;
}

const leaseMs = 30_000;

/**
 * Reads one object again under its lease and compares. With `repairs` the mirror is then what Stripe has, and the audit
 * log says what it was. Null when they agree, or somebody is at it already: what is on its way is no drift.
 */
export async function checkObject(
  billing: Billing,
  key: ObjectKey,
  options: CheckOptions,
): Promise<Finding | null> {
  await knowObject(billing.pool, key);
  const lease = { token: randomUUID(), leaseMs };
  const claim = await claimOne(billing.pool, key, lease);
  if (!claim) return null;
  try {
    if (!claim.verifying && !(await isGivenUp(billing.pool, key))) return null;
    return await whileHeld(billing, [claim], lease, () => compareUnder(claim, billing, options));
  } finally {
    await releaseClaim(billing.pool, claim);
  }
}

async function compareUnder(claim: Claim, billing: Billing, options: CheckOptions): Promise<Finding | null> {
  const newest = await withPriority("sweep", () =>
    readAgain(options.repairs ? billing : { ...billing, onlyLooking: true }, claim),
  );
  const cause = await withPriority("sweep", () => likelyCause(billing, claim));
  const compared = async (client: pg.PoolClient) => {
    if (!(await holdsLease(client, claim))) return null;
    const comparison = await applyAndCompare(client, claim, newest.apply);
    return judge(claim, comparison, { isKnown: newest.isKnown, cause, repairs: options.repairs });
  };
  if (!options.repairs) {
    const finding = await rolledBack(billing.pool, compared);
    if (finding) await recordDrift(billing.pool, rowOf(claim, finding, options));
    return finding;
  }
  return inTransaction(billing.pool, async (client) => {
    const finding = await compared(client);
    if (finding) {
      await recordDrift(client, rowOf(claim, finding, options));
      await recordRepair(client, claim, finding);
    }
    await settleClaim(client, claim);
    return finding;
  });
}

interface Newest {
  apply: Apply;
  isKnown: boolean;
}

async function readAgain(billing: Billing, { objectType, objectId }: Claim): Promise<Newest> {
  const handler = rereads[objectType] ?? handlers[objectType];
  if (!handler) throw new TypeError(`nothing handles objects of type ${objectType}`);
  try {
    return { apply: await handler(billing, objectId), isKnown: true };
  } catch (error) {
    if (!isMissing(error) || !(error as Error).message.includes(objectId)) throw error;
    return { apply: (client) => remove(client, objectType, objectId), isKnown: false };
  }
}

/** Where the handler trusts what is mirrored already. */
const rereads: Record<string, Handler> = { customer_balance: rereadCustomerBalance };

/** Rows of what Stripe does not have: closed where that is a state, otherwise there never was such a thing. */
async function remove(client: pg.PoolClient, objectType: string, objectId: string): Promise<void> {
  const close = whenGone[objectType];
  if (close) await close(client, objectId);
  const mirror = mirrorTables[objectType];
  if (!mirror || mirror.catalogue || mirror.neverRemoved) return;
  for (const { table, column } of [...mirror.parts, mirror.main]) {
    await client.query(`DELETE FROM "${table}" WHERE ${column} = $1`, [objectId]);
  }
}

function judge(
  { objectType }: Claim,
  comparison: Comparison,
  { isKnown, cause, repairs }: { isKnown: boolean; cause: Cause; repairs: boolean },
): Finding | null {
  const { wasMissing, differences } = comparison;
  const remains = !isKnown && !wasMissing && mirrorTables[objectType]?.neverRemoved === true;
  if (differences.length === 0 && !remains) return null;
  if (!isKnown) {
    return { ...comparison, kind: "unknown_to_stripe", cause: "changed_here", repaired: repairs && !remains };
  }
  return { ...comparison, kind: wasMissing ? "missing_here" : "differs", cause, repaired: repairs };
}

async function recordRepair(client: pg.PoolClient, claim: Claim, finding: Finding): Promise<void> {
  if (!finding.customerId || !finding.repaired) return;
  const side = (which: "ours" | "theirs") =>
    Object.fromEntries(
      finding.differences.map((one) => [`${one.table}.${one.id}.${one.field}`, one[which] ?? null]),
    );
  await recordFromStripe(client, {
    action: "reconciliation.repaired",
    customerId: finding.customerId,
    targetType: claim.objectType,
    targetId: claim.objectId,
    reason: finding.cause,
    before: side("ours"),
    after: side("theirs"),
  });
}

const rowOf = ({ objectType, objectId }: Claim, finding: Finding, { runId }: CheckOptions) => ({
  runId,
  objectType,
  objectId,
  customerId: finding.customerId,
  kind: finding.kind,
  cause: finding.cause,
  fields: finding.differences,
  repaired: finding.repaired,
});
