import type { Invariant } from "./invariant";

const money = "(^|_)(amount|subtotal|total|tax|balance|due|paid|remaining|captured|refunded|fee|net)(_|$)";

/** The audit log and the shape of the database. */
export const historyInvariants: Invariant[] = [
  {
    id: "I16",
    says: "money is kept in bigint",
    when: "always",
    query: `SELECT table_name || '.' || column_name AS id FROM information_schema.columns
      WHERE table_schema = 'public' AND (column_name ~ '${money}' OR column_name = 'unit_amount')
        AND data_type IN ('integer', 'smallint', 'real', 'double precision', 'money')`,
  },
  {
    id: "I17",
    says: "every time has its zone",
    when: "always",
    query: `SELECT table_name || '.' || column_name AS id FROM information_schema.columns
      WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'`,
  },
  {
    id: "I18",
    says: "every operation was asked for by somebody, once",
    when: "always",
    query: `SELECT o.id FROM money_operation o WHERE (
        SELECT count(*) FROM audit_entry a WHERE a.operation_id = o.id AND a.actor_id = o.actor_id) <> 1`,
  },
  {
    id: "I18b",
    says: "how an operation ended is told",
    when: "always",
    query: `SELECT o.id FROM money_operation o WHERE o.state IN ('succeeded', 'failed') AND NOT EXISTS (
        SELECT 1 FROM audit_entry a WHERE a.operation_id = o.id AND a.actor_kind = 'stripe')`,
  },
  {
    id: "I21",
    says: "history cannot be rewritten: the database refuses it, and nobody else was given the right",
    when: "always",
    query: `SELECT name AS id FROM unnest(ARRAY['audit_entry_append_only', 'audit_entry_no_truncate']) AS wanted (name)
      WHERE NOT EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgname = wanted.name AND t.tgenabled IN ('O', 'A'))
      UNION ALL SELECT grantee || ' ' || privilege_type FROM information_schema.role_table_grants
      WHERE table_schema = 'public' AND table_name IN ('audit_entry', 'webhook_event') AND grantee = 'PUBLIC'
        AND privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE')`,
  },
  {
    id: "I24",
    says: "nothing changes as it never changes at Stripe",
    when: "always",
    query: `SELECT target_id AS id FROM audit_entry WHERE actor_kind = 'stripe' AND before IS NOT NULL AND (
        (target_type = 'subscription' AND before->>'status' IN ('canceled', 'incomplete_expired')
          AND after->>'status' <> before->>'status')
        OR (target_type = 'refund' AND before->>'status' IN ('failed', 'canceled')
          AND after->>'status' <> before->>'status')
        OR (target_type = 'credit_note' AND before->>'status' = 'void' AND after->>'status' = 'issued')
        OR (target_type = 'dispute' AND before->>'status' = 'won' AND after->>'status' = 'needs_response'))`,
  },
];
