import type { Mutant } from "./mutant";

const params = "operations/params.ts";
const ownKey = "({ idempotencyKey: operation.id })";

/** Of what moves money, and of whose things are whose. */
export const moneyMutants: Mutant[] = [
  {
    id: "MU05",
    fault: "counts what is left to refund without holding the payment",
    needsStripe: true,
    edits: [
      {
        file: "refunds/queries.ts",
        find: "ORDER BY p.id FOR NO KEY UPDATE OF p`",
        replace: "ORDER BY p.id`",
      },
    ],
  },
  {
    id: "MU06",
    fault: "makes a new idempotency key for each try",
    needsStripe: true,
    edits: [{ file: params, find: ownKey, replace: "({ idempotencyKey: operation.id + Math.random() })" }],
  },
  {
    id: "MU07",
    fault: "takes an answer that was lost for a refusal",
    needsStripe: true,
    edits: [
      {
        file: "operations/submit.ts",
        find: 'if (outcomeOf(error) === "unknown") {',
        replace: "if (!error) {",
      },
    ],
  },
  {
    id: "MU08",
    fault: "ends every subscription of a customer with one of them",
    needsStripe: true,
    edits: [
      {
        file: "subscriptions/sync.ts",
        find: "  if (changed) await afterChange(client, customerId, subscription, before);",
        replace: `  if (hasEnded(subscription.status)) {
    const all = "UPDATE subscription SET status = 'canceled', live_slot = NULL WHERE customer_id = $1";
    await client.query(all, [customerId]);
  }
  if (changed) await afterChange(client, customerId, subscription, before);`,
      },
    ],
  },
  {
    id: "MU09",
    fault: "believes the metadata about whose a Stripe customer is",
    needsStripe: true,
    edits: [
      {
        file: "db/sql/customers.ts",
        find: "ORDER BY stripe_customer_id = $1 DESC NULLS LAST LIMIT 1",
        replace: "ORDER BY id = $2 DESC NULLS LAST LIMIT 1",
      },
    ],
  },
  {
    id: "MU13",
    fault: "reads the first page of lines only",
    needsStripe: true,
    edits: [
      {
        file: "invoices/sync.ts",
        find: "const lines = invoice.lines.has_more",
        replace: "const lines = false",
      },
    ],
  },
  {
    id: "MU26",
    fault: "has one idempotency key for a verb and its customer",
    needsStripe: true,
    edits: [
      {
        file: params,
        find: ownKey,
        replace: "({ idempotencyKey: operation.kind + operation.customerId })",
      },
    ],
  },
  {
    id: "MU27",
    fault: "has an idempotency key in which is what changes",
    needsStripe: true,
    edits: [
      {
        file: params,
        find: ownKey,
        replace: "({ idempotencyKey: operation.id + operation.attempts })",
      },
    ],
  },
];
