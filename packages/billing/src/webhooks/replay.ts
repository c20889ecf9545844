import type { Billing } from "../context";
import { recordBy } from "../db/sql/audit";
import { markDirty, type ObjectKey } from "../db/sql/dirty-objects";
import { objectsOfEvents } from "../db/sql/events";
import { notifyDirty } from "../db/sql/inbox";
import { inTransaction, rolledBack } from "../db/sql/transaction";
import { notFound } from "../errors";
import { applyAndCompare, type FieldDifference } from "../reconciliation/compare";
import { mirrorTables } from "../reconciliation/tables";
import { isMissing } from "../stripe/errors";
import { withPriority } from "../stripe/pace";
import type { StaffCtx } from "../trpc/procedures";
import { handlers } from "./handlers";
import { ownAccount } from "./rules";
import type { PreviewReplayInput, ReplayInput } from "./schemas";

export interface ReplayedObject extends ObjectKey {
  events: number;
}

export interface PreviewedObject extends ReplayedObject {
  /** What replaying would change now; empty when the mirror is right. */
  changes: FieldDifference[];
  /** Why it cannot be told. */
  problem: "not_kept" | "gone_at_stripe" | null;
}

/** What a replay would change. Nothing is written; each object is read from Stripe once. */
export async function previewReplay(ctx: StaffCtx, input: PreviewReplayInput): Promise<PreviewedObject[]> {
  const objects = await objectsOfEvents(ctx.pool, input.filter, input.limit);
  const previewed: PreviewedObject[] = [];
  for (const object of objects) previewed.push({ ...object, ...(await changesOf(ctx, object)) });
  return previewed;
}

async function changesOf(
  billing: Billing,
  key: ObjectKey,
): Promise<Pick<PreviewedObject, "changes" | "problem">> {
  const handler = key.accountId === ownAccount ? handlers[key.objectType] : undefined;
  if (!handler || !mirrorTables[key.objectType]) return { changes: [], problem: "not_kept" };
  try {
    const apply = await withPriority("user", () => handler({ ...billing, onlyLooking: true }, key.objectId));
    const { differences } = await rolledBack(billing.pool, (client) => applyAndCompare(client, key, apply));
    return { changes: differences, problem: null };
  } catch (error) {
    if (isMissing(error)) return { changes: [], problem: "gone_at_stripe" };
    throw error;
  }
}

/** Has the objects of these events applied once more. Safe at any time: they are read anew, not from the event. */
export async function replay(
  ctx: StaffCtx,
  { filter, limit, reason }: ReplayInput,
): Promise<{ objects: ReplayedObject[] }> {
  const replayed = await inTransaction(ctx.pool, async (client) => {
    const objects = await objectsOfEvents(client, filter, limit);
    for (const key of objects.toSorted(byKey)) await markDirty(client, key, "user");
    if (objects.length > 0) {
      await recordBy(client, ctx, {
        action: "webhooks.replayed",
        targetType: "webhook_event",
        targetId: filter.id ?? `${objects.length} objects`,
        reason,
        before: filter,
        after: { objects },
      });
    }
    return objects;
  });
  if (replayed.length === 0) throw notFound("event");
  await notifyDirty(ctx.pool);
  return { objects: replayed };
}

const byKey = (a: ObjectKey, b: ObjectKey) => (nameOf(a) < nameOf(b) ? -1 : 1);

const nameOf = ({ accountId, objectType, objectId }: ObjectKey) => `${accountId} ${objectType} ${objectId}`;
