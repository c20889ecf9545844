const again = (table: string, constraint: string) =>
  `ALTER TABLE ${table} DROP CONSTRAINT ${constraint} CASCADE; INSERT INTO ${table} SELECT * FROM ${table} LIMIT 1`;
const changed = (table: string, set: string, where = "true") => `UPDATE ${table} SET ${set} WHERE ${where}`;
const anotherCustomer = "(SELECT id FROM customer WHERE stripe_customer_id IS NULL LIMIT 1)";
const moved = (table: string) =>
  `ALTER TABLE ${table} DISABLE TRIGGER ALL; UPDATE ${table} SET customer_id = ${anotherCustomer}`;

/** The faults of each kind that were thought of; each is planted alone, seen, and taken back. */
export const plants: Record<string, Record<string, string>> = {
  I01: { "an event twice": again("webhook_event", "webhook_event_pkey") },
  I02: {
    "other bytes": changed("webhook_event", "raw = 'x'"),
    "no bytes any more": changed("webhook_event", "raw = NULL"),
  },
  I03: {
    "due for long": changed("dirty_object", "due_at = now() - interval '3 minutes'"),
    forgotten: changed("dirty_object", "dirty_seq = done_seq + 1, due_at = NULL, dead_at = NULL"),
  },
  I03q: {
    "not applied": changed("dirty_object", "dirty_seq = done_seq + 1, due_at = now()"),
    held: changed("dirty_object", "lease_token = 't', lease_until = now()"),
  },
  I04: {
    "tried for ever": changed("dirty_object", "attempts = 17"),
    "given up without a word": changed(
      "dirty_object",
      "dead_at = now(), due_at = NULL, dirty_seq = done_seq + 1",
    ),
  },
  I05: {
    "more than was received": changed("refund", "amount = 1000000"),
    "a total that is not Stripe's": changed("payment", "refunded_amount = refunded_amount + 1"),
    "a failed one that counts": changed("refund", "status = 'failed'"),
    "a charge that gave back too much": changed("charge", "refunded_amount = captured_amount + 1"),
  },
  I06: {
    "another amount": changed("money_operation", "amount = amount + 1", "kind = 'refund.create'"),
    "another payment": changed("money_operation", "target_id = 'pi_other'", "kind = 'refund.create'"),
    "an operation that failed": changed(
      "money_operation",
      "state = 'failed', failure_reason = 'x'",
      "kind = 'refund.create'",
    ),
  },
  I06b: {
    "no object": changed("money_operation", "stripe_object_id = NULL"),
    "a slot that is kept": changed("money_operation", "open_slot = id"),
    "no reason": changed("money_operation", "state = 'failed', failure_reason = NULL"),
  },
  I06c: {
    "one object for two": changed("money_operation", "stripe_object_id = 'same'"),
  },
  I07: {
    "undecided for long": changed(
      "money_operation",
      "state = 'unknown', submitted_at = now() - interval '16 minutes'",
    ),
  },
  I07q: { undecided: changed("money_operation", "state = 'submitted'") },
  I08: {
    "a consequence twice": `INSERT INTO effect (business_key, customer_id, kind) VALUES ('k', 'c', 'x'); ${again("effect", "effect_pkey")}`,
  },
  I09: {
    "a second one nobody was told of": `INSERT INTO subscription SELECT (jsonb_populate_record(s,
      '{"id": "sub_second", "live_slot": null}')).* FROM subscription s LIMIT 1`,
    "two with access": `DROP INDEX subscription_customer_id_live_slot_key; INSERT INTO subscription
      SELECT (jsonb_populate_record(s, '{"id": "sub_second"}')).* FROM subscription s LIMIT 1`,
  },
  I10: {
    "no access though paid for": changed("subscription", "live_slot = NULL"),
    "access though it ended": changed("subscription", "status = 'canceled', ended_at = now()"),
  },
  I11: { "access of nobody": changed("customer", "deleted_at = now()") },
  I12: {
    "an invoice of another": moved("invoice"),
    "a card of another": `${moved("payment_method")}; UPDATE customer SET default_payment_method_id =
      (SELECT id FROM payment_method LIMIT 1) WHERE stripe_customer_id IS NOT NULL`,
    "a payment of another": moved("payment"),
    "an object of two": `INSERT INTO subscription SELECT (jsonb_populate_record(s,
      jsonb_build_object('customer_id', ${anotherCustomer}))).* FROM subscription s LIMIT 1`,
  },
  I13: {
    "one Stripe customer for two":
      "DROP INDEX customer_stripe_customer_id_key; UPDATE customer SET stripe_customer_id = 'cus_1'",
    "bought by nobody": changed("customer", "stripe_customer_id = NULL"),
  },
  I14: {
    "a refund in another": changed("refund", "currency = 'eur'"),
    "a charge in another": changed("charge", "currency = 'eur'"),
    "a line in another": changed("invoice_line", "currency = 'eur'"),
    "in capitals":
      "UPDATE payment SET currency = 'USD'; UPDATE refund SET currency = 'USD'; UPDATE charge SET currency = 'USD'",
  },
  I15: {
    "a line too little": "DELETE FROM invoice_line",
    "a total of its own": changed("invoice", "total_amount = total_amount + 1"),
    "more to pay than due": changed("invoice", "remaining_amount = remaining_amount + 1"),
  },
  I15b: {
    "a balance from nowhere": changed("customer", "balance_amount = 7", "stripe_customer_id IS NOT NULL"),
  },
  I16: { "money in four bytes": "ALTER TABLE refund ALTER amount TYPE integer" },
  I17: { "a time without its zone": "ALTER TABLE refund ALTER created_at TYPE timestamp" },
  I18: { "asked for by nobody": changed("money_operation", "actor_id = 'nobody'") },
  I18b: {
    "an end that nobody told": `INSERT INTO money_operation SELECT (jsonb_populate_record(o,
      '{"id": "op_second"}')).* FROM money_operation o LIMIT 1`,
  },
  I21: {
    "a log that can be changed": "ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only",
    "a log that can be emptied": "DROP TRIGGER audit_entry_no_truncate ON audit_entry",
    "everybody may": "GRANT DELETE ON webhook_event TO PUBLIC",
  },
  I22: {
    "live and test": changed(
      "webhook_event",
      "livemode = true",
      "id = (SELECT min(id) FROM webhook_event WHERE status = 'received')",
    ),
    "another account's taken for ours": changed("webhook_event", "account_id = 'acct_other'"),
  },
  I23: {
    "two holders": again("dirty_object", "dirty_object_pkey"),
    "held without end": changed("dirty_object", "lease_token = 't', lease_until = NULL"),
  },
  I24: Object.fromEntries(
    [
      ["subscription", "canceled", "active"],
      ["refund", "failed", "succeeded"],
      ["credit_note", "void", "issued"],
      ["dispute", "won", "needs_response"],
    ].map(([type, from, to]) => [
      `a ${type} from ${from} to ${to}`,
      `INSERT INTO audit_entry (actor_kind, actor_id, actor_name, action, target_type, target_id, before, after, request_id)
      VALUES ('stripe', 'stripe', 'Stripe', 'x', '${type}', 'x_1', '{"status": "${from}"}', '{"status": "${to}"}', '')`,
    ]),
  ),
  I25: {
    "a period backwards": changed("subscription_item", "current_period_end = current_period_start"),
    "a line backwards": changed("invoice_line", "period_end = period_start - interval '1 day'"),
  },
  I27: {
    "nobody asks Stripe": "UPDATE recurring_job SET last_ok_at = now() - interval '16 minutes'",
    "something left wrong": `INSERT INTO drift (run_id, object_type, object_id, kind, cause, fields)
      SELECT id, 'customer', 'cus_1', 'differs', 'event_lost', '[]' FROM reconcile_run LIMIT 1`,
  },
  I28: {
    "a refund of what is disputed": `INSERT INTO dispute (customer_id, id, payment_id, charge_id, status, reason, currency,
        amount, has_evidence, submission_count, charge_refundable, created_at, synced_at)
      SELECT customer_id, 'du_1', payment_id, charge_id, 'needs_response', 'fraudulent', currency, amount, false, 0, false,
        created_at - interval '1 day', now() FROM refund LIMIT 1`,
  },
  I29: {
    "one id for two customers": `INSERT INTO money_operation SELECT (jsonb_populate_record(o,
      jsonb_build_object('customer_id', ${anotherCustomer}))).* FROM money_operation o LIMIT 1`,
  },
};
