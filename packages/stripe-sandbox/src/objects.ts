import { invalid } from "./http/errors";
import { indexes, type TableName } from "./tables";
import { byTime, type World } from "./world";

const aliases: Record<string, string> = { invoiceitems: "invoice_items", line_items: "invoice_lines" };

/** Newest first, as Stripe would answer them. */
export function listObjects(
  world: World,
  type: string,
  limit = Number.POSITIVE_INFINITY,
  account: string | null = null,
): object[] {
  const name = aliases[type] ?? type;
  if (!Object.hasOwn(indexes, name))
    throw invalid(`The sandbox keeps no ${type.slice(0, 50)}.`, undefined, "type", 404);
  if (account !== null && !world.store.get("accounts", account))
    throw invalid(`The sandbox knows no account ${account.slice(0, 50)}.`, undefined, "account", 404);
  const table = name as TableName;
  return world.transact({ ...byTime, account }, (tx) => {
    const found: object[] = [];
    for (const row of tx.newestFirst(table)) {
      if (found.length >= limit) break;
      found.push(tx.view(table, row.id));
    }
    return found;
  });
}

export function stateOf(world: World) {
  const counts = Object.keys(indexes).map((name) => [name, world.store.count(name as TableName)] as const);
  return {
    now: Math.floor(world.clock.nowMs() / 1000),
    real: Math.floor(Date.now() / 1000),
    settled: world.isSettled(),
    objects: Object.fromEntries(counts.filter(([, count]) => count > 0)),
    snapshots: world.snapshots.names(),
  };
}

type Sums = Record<string, number>;

/** What must be true of a mirror when everything has arrived. Amounts are sums by currency. */
export function truthOf({ store, clock }: World) {
  const charged: Sums = {};
  const refunded: Sums = {};
  const owed: Sums = {};
  for (const { status, currency, amount_captured: amount } of store.newestFirst("charges"))
    if (status === "succeeded") add(charged, currency, amount);
  for (const { status, currency, amount } of store.newestFirst("refunds"))
    if (status === "succeeded") add(refunded, currency, amount);
  const invoices: Sums = {};
  for (const { status, currency, amount_remaining: amount } of store.newestFirst("invoices")) {
    add(invoices, status ?? "draft", 1);
    if (status === "open") add(owed, currency, amount);
  }
  const subscriptions: Sums = {};
  for (const { status } of store.newestFirst("subscriptions")) add(subscriptions, status, 1);
  const undelivered = [...store.newestFirst("events")].filter((event) => event.pending_webhooks > 0);
  return {
    now: Math.floor(clock.nowMs() / 1000),
    customers: store.count("customers"),
    charged,
    refunded,
    owed,
    invoices,
    subscriptions,
    events: store.count("events"),
    undelivered: undelivered.map(({ id }) => id),
  };
}

function add(sums: Sums, key: string, amount: number): void {
  sums[key] = (sums[key] ?? 0) + amount;
}
