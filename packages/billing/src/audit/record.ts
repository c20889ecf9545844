import type { Tx } from "../context";
import { Prisma } from "../db/generated/client";
import type { ActorKind } from "../db/generated/enums";

export interface AuditActor {
  kind: ActorKind;
  id: string;
  name: string;
}

/** Who did it and in which request; a verb's `Ctx` is one. */
export interface AuditSource {
  actor: AuditActor;
  requestId: string;
  ip: string | null;
}

export interface AuditEntryInput {
  action: string;
  customerId?: string | null;
  targetType: string;
  targetId: string;
  operationId?: string;
  reason?: string;
  before?: unknown;
  after?: unknown;
}

/** The actor of what happened at Stripe without us: in its dashboard, or by its own clock. */
export const stripeActor: AuditActor = { kind: "stripe", id: "stripe", name: "Stripe" };

/** Call it in the transaction of the change, so that neither is there without the other. */
export async function recordAudit(tx: Tx, source: AuditSource, entry: AuditEntryInput): Promise<void> {
  const { actor, requestId, ip } = source;
  await tx.auditEntry.create({
    data: {
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: oneLine(actor.name),
      action: entry.action,
      customerId: entry.customerId ?? null,
      targetType: entry.targetType,
      targetId: entry.targetId,
      operationId: entry.operationId ?? null,
      reason: entry.reason ? oneLine(entry.reason) : null,
      before: json(entry.before),
      after: json(entry.after),
      requestId,
      ip,
    },
    select: { seq: true },
  });
}

/** A line break in a name or note must not look like a second entry. */
export const oneLine = (text: string) => text.replace(/[\s\p{Cc}]+/gu, " ").trim();

function json(value: unknown): Prisma.InputJsonValue | typeof Prisma.DbNull {
  if (value === undefined || value === null) return Prisma.DbNull;
  return JSON.parse(
    JSON.stringify(value, (_key, part) => (typeof part === "bigint" ? part.toString() : part)),
  ) as Prisma.InputJsonValue;
}
