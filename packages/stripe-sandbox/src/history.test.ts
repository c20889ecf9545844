import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { SnapshotEvent } from "./conformance/literals";
import type { Sandbox } from "./index";
import { indexes } from "./tables";
import { histories, live } from "./testing/random-history";
import { start } from "./testing/start";

type Json = Record<string, unknown>;

const runs = Number(process.env.HISTORY_RUNS ?? 25);
const seed = Number(process.env.HISTORY_SEED ?? Date.now() % 2 ** 31);
let sandbox: Sandbox;

beforeAll(async () => {
  ({ sandbox } = await start({ settleDelayMs: 2 }));
});
afterAll(() => sandbox.close());

async function stored<T>(table: string): Promise<T[]> {
  return (await (await fetch(`${sandbox.url}/_sandbox/objects/${table}`)).json()) as T[];
}

it(`holds what must hold after any history (seed ${seed})`, async () => {
  console.info(`HISTORY_SEED=${seed}`);
  await fc.assert(
    fc.asyncProperty(histories({ minLength: 20, maxLength: 60 }), async (history) => {
      await live(sandbox, history);
      expect(await changesNotUndone()).toEqual([]);
      expect(await idsOfNothing()).toEqual([]);
      await checkBooks();
    }),
    { numRuns: runs, seed, endOnFailure: process.env.HISTORY_SHRINK === undefined },
  );
}, 120_000);

/** The old values of an event, put into its object, give the object of the event before it. */
async function changesNotUndone(): Promise<string[]> {
  const last = new Map<string, Json>();
  const wrong: string[] = [];
  for (const { type, data } of (await stored<SnapshotEvent>("events")).reverse()) {
    const { object, previous_attributes: previous } = data;
    const key = `${object.object} ${object.id}`;
    const before = last.get(key);
    if (before && previous && differences(before, object).length > 0) {
      const undone = undo(object, previous);
      wrong.push(...differences(undone, before).map((one) => `${type}: ${one}`));
    }
    last.set(key, object);
  }
  return wrong;
}

function undo(now: Json, old: Json): Json {
  const undone = { ...now };
  for (const [key, value] of Object.entries(old)) {
    const current = now[key];
    undone[key] = isHash(value) && isHash(current) ? undo(current, value) : value;
  }
  return undone;
}

function isHash(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Counts on without an event of its own. */
const silent = new Set(["customer next_invoice_sequence"]);

/** A field that was absent is null among the old values. The price in an item is another object, as it is today. */
function plain(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (!isHash(inner)) return inner;
    if (inner.object === "price" || inner.object === "plan") return inner.id;
    const kept = Object.entries(inner).filter(([, one]) => one !== null);
    return Object.fromEntries(kept.sort(([left], [right]) => (left < right ? -1 : 1)));
  });
}
const same = (left: unknown, right: unknown) => plain(left) === plain(right);

function differences(left: Json, right: Json): string[] {
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return keys
    .filter((key) => !same(left[key], right[key]) && !silent.has(`${left.object} ${key}`))
    .map((key) =>
      `${key} ${JSON.stringify(left[key])} instead of ${JSON.stringify(right[key])}`.slice(0, 400),
    );
}

/** They tell what was, when it was there. */
const chronicles = new Set(["events", "thin_events", "deliveries", "idempotency", "timers", "settings"]);
const idLike =
  /^(?:cus|pm|pi|seti|setatt|ch|re|dp|du|txn|prod|price|sub|si|sub_sched|in|il|ii|inpay|cn|cnli|di|promo|cbtxn|txr|clock|file|tok|ctoken|issfr|link)_[A-Za-z0-9]{10,}$/;

/** Every id that a stored object names, and that is neither a row nor the stub of one. */
async function idsOfNothing(): Promise<string[]> {
  const rows = new Map<string, Json[]>();
  for (const table of Object.keys(indexes))
    if (!chronicles.has(table)) rows.set(table, await stored<Json>(table));
  const known = new Set<string>();
  const walk = (value: unknown, path: string, visit: (text: string, path: string) => void): void => {
    if (typeof value === "string") visit(value, path);
    if (typeof value !== "object" || value === null) return;
    for (const [key, child] of Object.entries(value))
      walk(child, Array.isArray(value) ? path : `${path}.${key}`, visit);
  };
  for (const list of rows.values())
    walk(list, "", (text, path) => {
      // Items live in their subscription; whatever else stands inside of something is a copy.
      if (path === ".id" || (path.endsWith(".id") && text.startsWith("si_"))) known.add(text);
    });
  const missing = new Set<string>();
  for (const [table, list] of rows)
    walk(list.filter(isObject), table, (text, path) => {
      if (idLike.test(text) && !known.has(text)) missing.add(`${path} names ${text.replace(/_.*/, "_…")}`);
    });
  return [...missing];
}

/** Not what the sandbox only keeps for itself, such as what of a subscription was billed. */
const isObject = (row: Json) => typeof row.object === "string";

async function checkBooks(): Promise<void> {
  interface Charge {
    amount: number;
    amount_refunded: number;
  }
  for (const { amount, amount_refunded: refunded } of await stored<Charge>("charges"))
    expect(refunded).toBeLessThanOrEqual(amount);
  const entries = await stored<{ net: number; amount: number; fee: number }>("balance_transactions");
  for (const { net, amount, fee } of entries) expect(net).toBe(amount - fee);
  const answer = await sandbox.fetch(
    new Request("http://127.0.0.1/v1/balance", { headers: { authorization: "Bearer sk_test_books" } }),
  );
  const { available, pending } = (await answer.json()) as Record<
    "available" | "pending",
    { amount: number }[]
  >;
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  expect(sum([...available, ...pending].map(({ amount }) => amount))).toBe(
    sum(entries.map(({ net }) => net)),
  );
}
