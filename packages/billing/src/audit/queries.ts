import type { Tx } from "../context";
import type { AuditEntryView } from "./schemas";

/** The newest entries about a customer, newest first. */
export async function customerTimeline(db: Tx, customerId: string, limit: number): Promise<AuditEntryView[]> {
  const entries = await db.auditEntry.findMany({
    where: { customerId },
    orderBy: { seq: "desc" },
    take: limit,
    omit: { customerId: true, actorId: true, operationId: true, requestId: true, ip: true },
  });
  return entries.map(({ seq, at, actorKind, actorName, ...entry }) => ({
    ...entry,
    seq: seq.toString(),
    at: at.toISOString(),
    actor: { kind: actorKind, name: actorName },
  }));
}
