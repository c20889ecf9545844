import type pg from "pg";
import { type AuditEntryInput, type AuditSource, oneLine, stripeActor } from "../../audit/record";
import { statement } from "../statement";

export interface StripeAuditEntry {
  action: string;
  customerId: string;
  targetType: string;
  targetId: string;
  operationId?: string | null;
  reason?: string | null;
  before?: unknown;
  after?: unknown;
}

const insert = statement<Record<string, never>>(
  "audit-record",
  `INSERT INTO audit_entry (actor_kind, actor_id, actor_name, action, customer_id, target_type, target_id,
    operation_id, reason, before, after, request_id, ip)
  VALUES ($1::actor_kind, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11::jsonb, $12, $13)`,
);

/** As `recordAudit` does, in a transaction of the pool's. */
export async function recordBy(
  client: pg.PoolClient,
  { actor, requestId, ip }: AuditSource,
  entry: AuditEntryInput,
): Promise<void> {
  await insert(client, [
    actor.kind,
    actor.id,
    oneLine(actor.name),
    entry.action,
    entry.customerId ?? null,
    entry.targetType,
    entry.targetId,
    entry.operationId ?? null,
    entry.reason ? oneLine(entry.reason) : null,
    entry.before === undefined ? null : JSON.stringify(entry.before),
    entry.after === undefined ? null : JSON.stringify(entry.after),
    requestId,
    ip,
  ]);
}

/** History of what Stripe told us, written in the transaction of the mirrored row it speaks of. */
export const recordFromStripe = (client: pg.PoolClient, entry: StripeAuditEntry): Promise<void> =>
  recordBy(
    client,
    { actor: stripeActor, requestId: "", ip: null },
    { ...entry, operationId: entry.operationId ?? undefined, reason: entry.reason ?? undefined },
  );
