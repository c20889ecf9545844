import type pg from "pg";
import { stripeActor } from "../../audit/record";
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
  "audit-from-stripe",
  `INSERT INTO audit_entry (actor_kind, actor_id, actor_name, action, customer_id, target_type, target_id,
    operation_id, reason, before, after, request_id)
  VALUES ($1::actor_kind, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11::jsonb, '')`,
);

/** History of what Stripe told us, written in the transaction of the mirrored row it speaks of. */
export async function recordFromStripe(client: pg.PoolClient, entry: StripeAuditEntry): Promise<void> {
  await insert(client, [
    stripeActor.kind,
    stripeActor.id,
    stripeActor.name,
    entry.action,
    entry.customerId,
    entry.targetType,
    entry.targetId,
    entry.operationId ?? null,
    entry.reason ?? null,
    entry.before === undefined ? null : JSON.stringify(entry.before),
    entry.after === undefined ? null : JSON.stringify(entry.after),
  ]);
}
