import type pg from "pg";

/** What is true of every database of ours whenever nothing is on its way. Each query finds what breaks it. */
const invariants: Record<string, string> = {
  "refunds never exceed what was received, and agree with Stripe's own total": `
    SELECT p.id FROM payment p CROSS JOIN LATERAL (
      SELECT coalesce(sum(r.amount), 0) AS live FROM refund r
      WHERE r.customer_id = p.customer_id AND r.payment_id = p.id AND r.status IN ('pending', 'requires_action', 'succeeded')
    ) AS s WHERE s.live > p.received_amount OR s.live <> p.refunded_amount OR p.received_amount > p.amount`,
  "a refund of ours is what its operation asked for": `
    SELECT r.id FROM refund r LEFT JOIN money_operation o ON o.customer_id = r.customer_id AND o.id = r.operation_id
    WHERE r.operation_id IS NOT NULL AND (o.id IS NULL OR o.state <> 'succeeded' OR o.stripe_object_id IS DISTINCT FROM r.id
      OR o.amount <> r.amount OR o.currency <> r.currency OR o.target_id <> r.payment_id)`,
  "a finished operation names its object, an undecided one holds its slot, a failed one says why": `
    SELECT id FROM money_operation WHERE (state = 'succeeded' AND (stripe_object_id IS NULL OR open_slot IS NOT NULL))
      OR (state = 'failed' AND (failure_reason IS NULL OR open_slot IS NOT NULL))`,
  "no operation is left undecided": "SELECT id FROM money_operation WHERE state IN ('submitted', 'unknown')",
  "one operation makes one object": `
    SELECT stripe_object_id AS id FROM money_operation WHERE state = 'succeeded' AND kind <> 'subscription.cancel'
    GROUP BY 1 HAVING count(*) > 1`,
  "every operation was asked for by somebody, and its end is told": `
    SELECT o.id FROM money_operation o WHERE (
      SELECT count(*) FROM audit_entry a WHERE a.operation_id = o.id AND a.actor_id = o.actor_id
    ) <> 1 OR NOT EXISTS (SELECT 1 FROM audit_entry a WHERE a.operation_id = o.id AND a.actor_kind = 'stripe')`,
  "the slot is held by a live subscription, and by one of each customer who has any": `
    SELECT customer_id AS id FROM subscription GROUP BY 1
    HAVING count(live_slot) <> least(count(*) FILTER (
        WHERE status IN ('trialing', 'active', 'past_due', 'unpaid', 'paused') AND ended_at IS NULL), 1)
      OR bool_or(live_slot IS NOT NULL AND status NOT IN ('trialing', 'active', 'past_due', 'unpaid', 'paused'))`,
  "an invoice adds up": `
    SELECT i.id FROM invoice i CROSS JOIN LATERAL (
      SELECT coalesce(sum(l.amount), 0) AS total FROM invoice_line l WHERE l.customer_id = i.customer_id AND l.invoice_id = i.id
    ) AS lines
    WHERE lines.total <> i.subtotal_amount OR i.total_amount <> i.subtotal_amount - i.discount_amount + i.tax_amount
      OR (i.status <> 'void' AND i.remaining_amount <> greatest(i.due_amount - i.paid_amount, 0))
      OR (i.status = 'paid' AND i.remaining_amount <> 0)`,
  "the currency never changes along a chain": `
    SELECT r.id FROM refund r JOIN payment p ON p.customer_id = r.customer_id AND p.id = r.payment_id
    WHERE r.currency <> p.currency
    UNION ALL SELECT l.id FROM invoice_line l JOIN invoice i ON i.customer_id = l.customer_id AND i.id = l.invoice_id
    WHERE l.currency <> i.currency`,
  "stored events are the bytes that were verified":
    "SELECT id FROM webhook_event WHERE raw_sha256 <> sha256(raw)",
  "nothing is left to apply, and nothing was given up": `
    SELECT object_id AS id FROM dirty_object WHERE done_seq <> dirty_seq OR dead_at IS NOT NULL OR lease_token IS NOT NULL`,
};

/** The names of the broken ones with what breaks them: `{}` when all is well. */
export async function brokenInvariants(pool: pg.Pool): Promise<Record<string, string[]>> {
  const broken: Record<string, string[]> = {};
  for (const [name, query] of Object.entries(invariants)) {
    const { rows } = await pool.query<{ id: string }>(query);
    if (rows.length > 0) broken[name] = rows.map(({ id }) => id);
  }
  return broken;
}
