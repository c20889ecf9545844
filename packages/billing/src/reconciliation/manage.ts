import { randomUUID } from "node:crypto";
import { recordBy } from "../db/sql/audit";
import { requestRun, stopRun } from "../db/sql/reconcile-runs";
import { inTransaction } from "../db/sql/transaction";
import { BillingError, notFound } from "../errors";
import type { StaffCtx } from "../trpc/procedures";
import { ownObject } from "../webhooks/objects";
import { checkObject } from "./check-object";
import { objectTypesOf } from "./run";
import type { RepairDriftInput, StartRunInput, StopRunInput } from "./schemas";

/** Has a worker go through everything at Stripe, or through the named types. */
export async function startRun(ctx: StaffCtx, input: StartRunInput): Promise<{ runId: string }> {
  const id = randomUUID();
  const objectTypes = objectTypesOf(input.objectTypes);
  if (objectTypes.length === 0) {
    throw new BillingError("INVALID", "unknown_object_type", "None of these kinds of objects is mirrored.");
  }
  const { kind, repairs, reason } = input;
  await inTransaction(ctx.pool, async (client) => {
    await requestRun(client, { id, kind, repairs, requestedBy: ctx.actor.email, objectTypes });
    await recordBy(client, ctx, {
      action: "reconciliation.started",
      targetType: "reconcile_run",
      targetId: id,
      reason,
      after: { kind, repairs, objectTypes },
    });
  });
  return { runId: id };
}

/** It stops after the page at hand, and does not go on. */
export async function endRun(ctx: StaffCtx, { runId, reason }: StopRunInput): Promise<{ stopped: boolean }> {
  const stopped = await inTransaction(ctx.pool, async (client) => {
    const was = await stopRun(client, runId);
    if (was) {
      await recordBy(client, ctx, {
        action: "reconciliation.stopped",
        targetType: "reconcile_run",
        targetId: runId,
        reason,
      });
    }
    return was;
  });
  return { stopped };
}

/** Reads the object once more and makes its mirror what Stripe has. */
export async function repairDrift(
  ctx: StaffCtx,
  { driftId, reason }: RepairDriftInput,
): Promise<{ repaired: boolean }> {
  const drift = await ctx.db.drift.findUnique({ where: { id: BigInt(driftId) } });
  if (!drift) throw notFound("drift");
  const { runId, objectType, objectId, customerId } = drift;
  await inTransaction(ctx.pool, (client) =>
    recordBy(client, ctx, {
      action: "reconciliation.repair_asked",
      customerId,
      targetType: objectType,
      targetId: objectId,
      reason,
    }),
  );
  const finding = await checkObject(ctx, ownObject(objectType, objectId), { runId, repairs: true });
  const repaired = finding === null || finding.repaired;
  if (repaired) {
    await ctx.db.drift.updateMany({
      where: { objectType, objectId, repairedAt: null },
      data: { repairedAt: new Date() },
    });
  }
  return { repaired };
}
