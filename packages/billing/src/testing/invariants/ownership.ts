import { type Invariant, live } from "./invariant";

/** Who owns what, and who may use what. */
export const ownershipInvariants: Invariant[] = [
  {
    id: "I09",
    says: "a second live subscription of a customer was reported",
    when: "quiet",
    query: `SELECT s.id FROM subscription s WHERE ${live} AND s.live_slot IS NULL AND NOT EXISTS (
        SELECT 1 FROM effect e WHERE e.business_key = 'duplicate_subscription:' || s.id)
      UNION ALL SELECT customer_id FROM subscription WHERE live_slot IS NOT NULL
        GROUP BY customer_id, live_slot HAVING count(*) > 1`,
  },
  {
    id: "I10",
    says: "access is held by a live subscription, and by one of each customer who has any",
    when: "quiet",
    query: `SELECT customer_id AS id FROM subscription GROUP BY 1
      HAVING count(live_slot) <> least(count(*) FILTER (WHERE ${live}), 1)
        OR bool_or(live_slot IS NOT NULL AND NOT (${live}))`,
  },
  {
    id: "I11",
    says: "a deleted customer has no access",
    when: "quiet",
    query: `SELECT s.id FROM subscription s JOIN customer c ON c.id = s.customer_id
      WHERE s.live_slot IS NOT NULL AND c.deleted_at IS NOT NULL`,
  },
  {
    id: "I12",
    says: "nothing refers across customers, and no object belongs to two",
    when: "quiet",
    query: `SELECT i.id FROM invoice i JOIN subscription s ON s.id = i.subscription_id WHERE s.customer_id <> i.customer_id
      UNION ALL SELECT c.id FROM customer c JOIN payment_method m ON m.id = c.default_payment_method_id
        WHERE m.customer_id <> c.id
      UNION ALL SELECT o.id FROM money_operation o JOIN payment p ON p.id = o.target_id WHERE p.customer_id <> o.customer_id
      UNION ALL SELECT id FROM subscription GROUP BY id HAVING count(*) > 1
      UNION ALL SELECT id FROM invoice GROUP BY id HAVING count(*) > 1
      UNION ALL SELECT id FROM payment GROUP BY id HAVING count(*) > 1
      UNION ALL SELECT id FROM refund GROUP BY id HAVING count(*) > 1`,
  },
  {
    id: "I13",
    says: "a Stripe customer is one of ours, and whoever bought something has one",
    when: "always",
    query: `SELECT stripe_customer_id AS id FROM customer WHERE stripe_customer_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1
      UNION ALL SELECT c.id FROM customer c WHERE c.stripe_customer_id IS NULL AND (
        EXISTS (SELECT 1 FROM subscription s WHERE s.customer_id = c.id)
        OR EXISTS (SELECT 1 FROM payment p WHERE p.customer_id = c.id))`,
  },
  {
    id: "I25",
    says: "periods end after they begin",
    when: "always",
    query: `SELECT id FROM subscription_item WHERE current_period_end <= current_period_start
      UNION ALL SELECT id FROM invoice_line WHERE period_end < period_start`,
  },
];
