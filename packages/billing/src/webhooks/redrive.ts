import type pg from "pg";
import { recordBy } from "../db/sql/audit";
import type { ObjectKey } from "../db/sql/dirty-objects";
import { type DeadFilter, reviveDead, reviveKey } from "../db/sql/dirty-queue";
import { notifyDirty } from "../db/sql/inbox";
import { inTransaction } from "../db/sql/transaction";
import { notFound } from "../errors";
import type { StaffCtx } from "../trpc/procedures";
import type { RedriveInput, RedriveMatchingInput } from "./schemas";

/** Has one object tried again now that could not be applied. */
export async function redrive(ctx: StaffCtx, { reason, ...key }: RedriveInput): Promise<{ revived: number }> {
  const found = await revived(ctx, reason, key, (client) => reviveKey(client, key));
  if (found.length === 0) throw notFound("stuck_object");
  return { revived: found.length };
}

/** Has the oldest dead objects of a kind tried again: after what felled them is mended. */
export async function redriveMatching(
  ctx: StaffCtx,
  { reason, ...filter }: RedriveMatchingInput,
): Promise<{ revived: number }> {
  const found = await revived(ctx, reason, filter, (client) => reviveDead(client, filter));
  return { revived: found.length };
}

async function revived(
  ctx: StaffCtx,
  reason: string,
  wanted: ObjectKey | DeadFilter,
  revive: (client: pg.PoolClient) => Promise<ObjectKey[]>,
): Promise<ObjectKey[]> {
  const found = await inTransaction(ctx.pool, async (client) => {
    const objects = await revive(client);
    if (objects.length > 0) {
      await recordBy(client, ctx, {
        action: "webhooks.redriven",
        targetType: "dirty_object",
        targetId: "objectId" in wanted ? wanted.objectId : `${objects.length} objects`,
        reason,
        before: wanted,
        after: { objects },
      });
    }
    return objects;
  });
  if (found.length > 0) await notifyDirty(ctx.pool);
  return found;
}
