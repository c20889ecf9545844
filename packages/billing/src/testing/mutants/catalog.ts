import { moneyMutants } from "./catalog-money";
import type { Mutant } from "./mutant";

export type { Edit, Mutant } from "./mutant";

const isDue =
  "priority = level.priority AND due_at <= now() AND (lease_until IS NULL OR lease_until < now())";
const dirtyObjects = "db/sql/dirty-objects.ts";
const claimCall = "claim(sql, [lease.token, lease.leaseMs, lease.limit])";

export const mutants: Mutant[] = [
  {
    id: "MU01",
    fault: "acknowledges before the commit",
    edits: [
      {
        file: "webhooks/receive.ts",
        find: "const { isNew } = await store(event);",
        replace: "store(event).catch(() => undefined); const isNew = true;",
      },
    ],
  },
  {
    id: "MU02",
    fault: "has no unique key on the event's id",
    edits: [
      { file: "db/sql/inbox.ts", find: "ON CONFLICT (account_id, id) DO NOTHING", replace: "", times: 2 },
    ],
    sql: "ALTER TABLE webhook_event DROP CONSTRAINT webhook_event_pkey",
  },
  {
    id: "MU03",
    fault: "believes that what was applied after an event was created is newer than it",
    edits: [
      {
        file: "db/sql/inbox.ts",
        find: "WHERE $7 = 'received'",
        replace: `WHERE $7 = 'received' AND NOT EXISTS (SELECT 1 FROM dirty_object known WHERE known.account_id = $1
          AND known.object_type = $12 AND known.object_id = $13 AND known.applied_at >= $9)`,
      },
      {
        file: "db/sql/inbox.ts",
        find: "FROM given WHERE status = 'received'",
        replace: `FROM given WHERE status = 'received' AND NOT EXISTS (SELECT 1 FROM dirty_object known
          WHERE known.account_id = given.account_id AND known.object_type = given.object_type
            AND known.object_id = given.object_id AND known.applied_at >= given.created_at)`,
      },
    ],
  },
  {
    id: "MU04",
    fault: "writes what it has read without holding the object",
    edits: [
      {
        file: "webhooks/process.ts",
        find: "if (!(await holdsLease(client, claim))) throw new LeaseLost();",
        replace: "await holdsLease(client, claim);",
      },
    ],
  },
  {
    id: "MU10",
    fault: "skips the check of signatures where a secret is empty",
    edits: [
      {
        file: "webhooks/verify.ts",
        find: "secret.trim() && matches(",
        replace: "!secret.trim() || matches(",
      },
      {
        file: "webhooks/endpoints.ts",
        find: "if (!secret.trim() || secret !== secret.trim())",
        replace: "if (false)",
      },
    ],
  },
  {
    id: "MU11",
    fault: "has a tolerance of 0, which means none",
    edits: [
      { file: "webhooks/verify.ts", find: "Math.abs(age) > toleranceSeconds", replace: "age < 0 && age > 0" },
    ],
  },
  {
    id: "MU12",
    fault: "throws at a type it does not know",
    edits: [
      {
        file: "webhooks/read-event.ts",
        find: "  return {\n    accountId,\n    id: event.id,",
        replace:
          '  if (!object) throw new Error("unknown type");\n  return {\n    accountId,\n    id: event.id,',
      },
    ],
  },
  {
    id: "MU15",
    fault: "judges leases by the clock of the worker",
    edits: [
      { file: dirtyObjects, find: isDue, replace: isDue.replaceAll("now()", "to_timestamp($4::float8)") },
      { file: dirtyObjects, find: claimCall, replace: claimCall.replace("])", ", Date.now() / 1000])") },
    ],
  },
  {
    id: "MU17",
    fault: "sweeps by the last it has seen, so that what commits late is never looked at",
    edits: [
      { file: dirtyObjects, find: isDue, replace: `${isDue} AND dirty_since > $4::timestamptz` },
      {
        file: dirtyObjects,
        find: `mine.dirty_seq = mine.done_seq AS "verifying"`,
        replace: `mine.dirty_seq = mine.done_seq AS "verifying", mine.dirty_since::text AS "since"`,
      },
      { file: dirtyObjects, find: claimCall, replace: claimCall.replace("])", ", lastSeen])") },
      {
        file: dirtyObjects,
        find: "  return rows.map((row) => ({ ...row, token: lease.token }));",
        replace: `  for (const row of rows) if (row.since > lastSeen || lastSeen === "-infinity") lastSeen = row.since;
  return rows.map((row) => ({ ...row, token: lease.token }));`,
      },
      {
        file: dirtyObjects,
        find: "export async function claimDue(",
        replace: 'let lastSeen = "-infinity";\nexport async function claimDue(',
      },
    ],
  },
  {
    id: "MU20",
    fault: "tries again without end",
    edits: [
      {
        file: "webhooks/failures.ts",
        find: "attempts >= mostTries[kind]",
        replace: 'kind === "permanent" && attempts > 0',
      },
      {
        file: "webhooks/failures.ts",
        find: "export const maxAttempts = mostTries.transient;",
        replace: "export const maxAttempts = Number.MAX_SAFE_INTEGER;",
      },
    ],
  },
  ...moneyMutants,
];
