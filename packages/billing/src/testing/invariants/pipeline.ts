import type { Invariant } from "./invariant";

/** Events, the objects they made dirty, and what follows from them. */
export const pipelineInvariants: Invariant[] = [
  {
    id: "I01",
    says: "each event is stored exactly once per account",
    when: "always",
    query: "SELECT id FROM webhook_event GROUP BY account_id, id HAVING count(*) > 1",
  },
  {
    id: "I02",
    says: "stored events are the bytes that were verified, for as long as Stripe sends them again",
    when: "always",
    query: `SELECT id FROM webhook_event WHERE raw_sha256 <> sha256(raw)
      OR (raw IS NULL AND received_at > now() - interval '30 days')`,
  },
  {
    id: "I03",
    says: "nothing stays undone two minutes after it was due, and what is not done is due or given up",
    when: "always",
    query: `SELECT object_id AS id FROM dirty_object WHERE due_at < now() - interval '120 seconds'
      OR (done_seq < dirty_seq AND due_at IS NULL AND dead_at IS NULL)`,
  },
  {
    id: "I03q",
    says: "nothing is left to apply, and nothing was given up",
    when: "quiet",
    query: `SELECT object_id AS id FROM dirty_object
      WHERE done_seq <> dirty_seq OR dead_at IS NOT NULL OR lease_token IS NOT NULL`,
  },
  {
    id: "I04",
    says: "retries end, and what is given up says why, from the first failure to the last",
    when: "always",
    query: `SELECT object_id AS id FROM dirty_object WHERE attempts > 16 OR (dead_at IS NOT NULL AND (due_at IS NOT NULL
      OR dead_reason IS NULL OR first_error IS NULL OR last_error IS NULL OR done_seq = dirty_seq))`,
  },
  {
    id: "I08",
    says: "one consequence happens at most once",
    when: "always",
    query: "SELECT business_key AS id FROM effect GROUP BY 1 HAVING count(*) > 1",
  },
  {
    id: "I22",
    says: "test and live data never touch, and of other accounts nothing is taken for ours",
    when: "always",
    query: `SELECT min(id) AS id FROM webhook_event WHERE status = 'received' HAVING count(DISTINCT livemode) > 1
      UNION ALL SELECT e.id FROM webhook_event e WHERE e.status = 'received' AND e.account_id <> 'own' AND NOT EXISTS (
        SELECT 1 FROM dirty_object d WHERE d.account_id = e.account_id AND d.object_type = e.object_type
          AND d.object_id = e.object_id)`,
  },
  {
    id: "I23",
    says: "an object has one holder at most, who holds it until a moment",
    when: "always",
    query: `SELECT object_id AS id FROM dirty_object GROUP BY account_id, object_type, object_id HAVING count(*) > 1
      UNION ALL SELECT object_id FROM dirty_object WHERE (lease_token IS NULL) <> (lease_until IS NULL)`,
  },
  {
    id: "I27",
    says: "Stripe was asked for its events within a quarter of an hour, and the last sweep left nothing wrong",
    when: "operating",
    query: `SELECT 'poll_events' AS id WHERE EXISTS (SELECT 1 FROM webhook_event) AND NOT EXISTS (
        SELECT 1 FROM recurring_job WHERE name = 'poll_events' AND last_ok_at > now() - interval '15 minutes')
      UNION ALL SELECT d.object_id FROM drift d WHERE d.repaired_at IS NULL AND d.run_id = (
        SELECT id FROM reconcile_run WHERE kind = 'sweep' AND state = 'done' ORDER BY finished_at DESC LIMIT 1)`,
  },
];
