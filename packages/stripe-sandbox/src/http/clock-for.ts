import type { TableName } from "../tables";
import type { Read } from "../transaction";
import { ApiError } from "./errors";
import type { RawHash } from "./form";

const tables: Record<string, TableName> = {
  clock: "test_clocks",
  cs_test: "checkout_sessions",
  cus: "customers",
  sub: "subscriptions",
  sub_sched: "subscription_schedules",
  in: "invoices",
  ii: "invoice_items",
  inpay: "invoice_payments",
  pi: "payment_intents",
  seti: "setup_intents",
  pm: "payment_methods",
  ch: "charges",
  re: "refunds",
  cn: "credit_notes",
  dp: "disputes",
  credgr: "credit_grants",
  bps: "portal_sessions",
  txi: "tax_ids",
};
const owners = ["test_clock", "customer", "invoice", "subscription", "payment_intent", "charge"];

/** The test clock of what a request names in its path or its parameters. While that clock advances, it takes no writes. */
export function clockFor(read: Read, method: string, ids: string[], params: RawHash): string | null {
  const named = [...ids, ...Object.values(params)].filter((value) => typeof value === "string");
  for (const id of named) {
    const clock = clockOf(read, id);
    const row = clock ? read.get("test_clocks", clock) : undefined;
    if (!row) continue;
    if (row.status === "advancing" && method !== "GET") throw advancing();
    return row.id;
  }
  return null;
}

/** What an object belongs to leads to its customer, and the customer to the clock. */
export function clockOf(read: Read, id: string): string | null {
  if (id.startsWith("si_")) return clockOfItem(read, id);
  const table = tables[id.slice(0, id.lastIndexOf("_"))];
  const row = table && read.get(table, id);
  if (!row) return null;
  if (table === "test_clocks") return row.id;
  for (const key of owners) {
    const owner: unknown = Reflect.get(row, key);
    const clock = typeof owner === "string" ? clockOf(read, owner) : null;
    if (clock) return clock;
  }
  return null;
}

function clockOfItem(read: Read, id: string): string | null {
  for (const row of read.newestFirst("subscriptions")) {
    if (row.items.data.some((item) => item.id === id)) return row.test_clock;
  }
  return null;
}

function advancing(): ApiError {
  return new ApiError(429, {
    code: "rate_limit",
    message: "Test clock advancement underway - cannot perform modifications.",
    type: "invalid_request_error",
  });
}
