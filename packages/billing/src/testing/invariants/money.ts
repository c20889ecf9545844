import type { Invariant } from "./invariant";

/** Refunds, operations, invoices. */
export const moneyInvariants: Invariant[] = [
  {
    id: "I05",
    // What was held and never taken counts at Stripe as given back, without a refund.
    says: "refunds never exceed what was received, and agree with Stripe's own total",
    when: "quiet",
    query: `SELECT p.id FROM payment p CROSS JOIN LATERAL (
        SELECT coalesce(sum(r.amount), 0) AS live FROM refund r WHERE r.customer_id = p.customer_id
          AND r.payment_id = p.id AND r.status IN ('pending', 'requires_action', 'succeeded')
      ) AS s WHERE p.received_amount > p.amount
        OR (p.status <> 'canceled' AND (s.live > p.received_amount OR s.live <> p.refunded_amount))
      UNION ALL SELECT id FROM charge
      WHERE captured_amount > amount OR (captured_amount > 0 AND refunded_amount > captured_amount)`,
  },
  {
    id: "I06",
    says: "a refund of ours is what its operation asked for",
    when: "quiet",
    query: `SELECT r.id FROM refund r
      LEFT JOIN money_operation o ON o.customer_id = r.customer_id AND o.id = r.operation_id
      WHERE r.operation_id IS NOT NULL AND (o.id IS NULL OR o.state <> 'succeeded'
        OR o.stripe_object_id IS DISTINCT FROM r.id OR o.amount <> r.amount OR o.currency <> r.currency
        OR o.target_id <> r.payment_id)`,
  },
  {
    id: "I06b",
    says: "a finished operation names its object, an undecided one holds its slot, a failed one says why",
    when: "always",
    query: `SELECT id FROM money_operation
      WHERE (state = 'succeeded' AND (stripe_object_id IS NULL OR open_slot IS NOT NULL))
        OR (state = 'failed' AND (failure_reason IS NULL OR open_slot IS NOT NULL))`,
  },
  {
    id: "I06c",
    says: "one operation makes one object",
    when: "always",
    query: `SELECT stripe_object_id AS id FROM money_operation
      WHERE state = 'succeeded' AND kind IN ('customer.create', 'subscription.create', 'refund.create')
      GROUP BY 1 HAVING count(*) > 1`,
  },
  {
    id: "I07",
    says: "no operation is undecided for a quarter of an hour",
    when: "always",
    query: `SELECT id FROM money_operation
      WHERE state IN ('submitted', 'unknown') AND submitted_at < now() - interval '15 minutes'`,
  },
  {
    id: "I07q",
    says: "no operation is left undecided",
    when: "quiet",
    query: "SELECT id FROM money_operation WHERE state IN ('submitted', 'unknown')",
  },
  {
    id: "I14",
    says: "the currency never changes along a chain, and is written in small letters",
    when: "always",
    query: `SELECT r.id FROM refund r JOIN payment p ON p.customer_id = r.customer_id AND p.id = r.payment_id
      WHERE r.currency <> p.currency
      UNION ALL SELECT h.id FROM charge h JOIN payment p ON p.customer_id = h.customer_id AND p.id = h.payment_id
      WHERE h.currency <> p.currency
      UNION ALL SELECT l.id FROM invoice_line l JOIN invoice i ON i.customer_id = l.customer_id AND i.id = l.invoice_id
      WHERE l.currency <> i.currency
      UNION ALL SELECT id FROM payment WHERE currency !~ '^[a-z]{3}$'
      UNION ALL SELECT id FROM invoice WHERE currency !~ '^[a-z]{3}$'`,
  },
  {
    id: "I15",
    says: "an invoice adds up",
    when: "quiet",
    query: `SELECT i.id FROM invoice i CROSS JOIN LATERAL (
        SELECT coalesce(sum(l.amount), 0) AS total FROM invoice_line l
        WHERE l.customer_id = i.customer_id AND l.invoice_id = i.id
      ) AS lines
      WHERE lines.total <> i.subtotal_amount
        OR i.total_amount <> i.subtotal_amount - i.discount_amount + i.tax_amount
        OR (i.status <> 'void' AND i.remaining_amount <> greatest(i.due_amount - i.paid_amount, 0))
        OR (i.status = 'paid' AND i.remaining_amount <> 0)`,
  },
  {
    id: "I15b",
    says: "a balance is the sum of what moved it",
    when: "quiet",
    query: `SELECT c.id FROM customer c WHERE c.deleted_at IS NULL AND c.synced_at IS NOT NULL
      AND c.balance_amount <> (SELECT coalesce(sum(t.amount), 0) FROM customer_balance_transaction t
        WHERE t.customer_id = c.id)`,
  },
  {
    id: "I28",
    says: "we refund nothing that is formally disputed",
    when: "always",
    query: `SELECT r.id FROM refund r JOIN dispute d ON d.customer_id = r.customer_id AND d.payment_id = r.payment_id
      WHERE r.operation_id IS NOT NULL AND d.status IN ('needs_response', 'under_review')
        AND r.status IN ('pending', 'requires_action', 'succeeded') AND r.created_at > d.created_at`,
  },
  {
    id: "I29",
    says: "the id of an operation names one intent of one customer",
    when: "always",
    query: "SELECT id FROM money_operation GROUP BY id HAVING count(*) > 1",
  },
];
