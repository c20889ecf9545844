import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { likePattern } from "../../customers/rules";
import { type BareBilling, bareBilling } from "../../testing/bare-billing";
import { type CustomerSearch, searchCustomers, searchText } from "./customer-search";
import { queueDepth } from "./dirty-queue";

let billing: BareBilling;
beforeAll(async () => {
  billing = await bareBilling();
  await billing.pool.query(`
    INSERT INTO customer (id, name, email, created_at)
    SELECT 'c' || i, 'Name ' || translate(md5(i::text), digits, letters),
      translate(md5((i * 7)::text), digits, letters) || '@example.com', now() - i * interval '1 minute'
    FROM generate_series(1, 20000) AS i, (VALUES ('0123456789', 'ghijklmnop')) AS without (digits, letters)`);
  await billing.pool.query(`
    INSERT INTO subscription (customer_id, id, status, currency, started_at, live_slot, created_at, synced_at)
    SELECT id, 's' || id, CASE id WHEN 'c19000' THEN 'past_due' ELSE 'active' END, 'usd', now(), 'plan', created_at, now()
    FROM customer`);
  await billing.pool.query(`
    INSERT INTO dirty_object (account_id, object_type, object_id, done_seq, due_at, dead_at)
    SELECT 'own', 'invoice', 'in_' || i, 1, NULL, NULL FROM generate_series(1, 20000) AS i`);
  await billing.pool.query("ANALYZE");
});
afterAll(() => billing.close());

const wanted = (fields: Partial<CustomerSearch>): CustomerSearch => ({
  kind: "words",
  search: "",
  pattern: "%",
  status: null,
  end: null,
  limit: 51,
  ...fields,
});

const words = (search: string, fields: Partial<CustomerSearch> = {}) =>
  wanted({ search, pattern: likePattern(search), ...fields });

/** How many customers PostgreSQL looks at to answer. */
async function customersRead(search: CustomerSearch): Promise<number> {
  const { search: text, pattern, status, end, limit } = search;
  const values = [text, pattern, status, end?.at ?? null, end?.id ?? null, limit];
  const { rows } = await billing.pool.query<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) ${searchText(search)}`,
    values,
  );
  return rows[0] ? readBy(rows[0]["QUERY PLAN"][0].Plan) : 0;
}

interface PlanNode {
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: PlanNode[];
}

function readBy(node: PlanNode): number {
  const looked =
    node["Actual Rows"] +
    (node["Rows Removed by Filter"] ?? 0) +
    (node["Rows Removed by Index Recheck"] ?? 0);
  const own = node["Relation Name"] === "customer" ? looked * node["Actual Loops"] : 0;
  return (node.Plans ?? []).reduce((sum, child) => sum + readBy(child), own);
}

describe("a search among twenty thousand customers", () => {
  it.each([
    ["a part of a name", words("ckcakijoagb")],
    ["a part of nothing", words("zzzzzz")],
    ["a word that everybody has", words("example")],
    ["four digits", words("9731", { kind: "card" })],
    ["a status that few have", wanted({ kind: "everyone", status: "past_due" })],
    ["a status that all have", wanted({ kind: "everyone", status: "active" })],
    ["a page far behind", wanted({ kind: "everyone", end: { at: "2026-01-01T00:00:00.000000Z", id: "c" } })],
  ])("for %s reads few of them", async (_what, search) => {
    expect(await customersRead(search)).toBeLessThan(1_000);
  });

  it("finds the same without trigrams, on a server that has none", async () => {
    const search = words("CKCAKIJOAGB");
    const [found] = await searchCustomers(billing.pool, search);
    expect(found?.id).toBe("c1");
    await billing.pool.query("DROP INDEX customer_words_idx");
    expect(await searchCustomers(billing.pool, search)).toEqual([found]);
  });
});

it("the depth of the queue is told without reading what is done", async () => {
  await billing.pool.query(`
    INSERT INTO dirty_object (account_id, object_type, object_id, dirty_since, due_at, dead_at) VALUES
    ('own', 'invoice', 'waiting', now() - interval '90 seconds', now(), NULL),
    ('own', 'invoice', 'later', now(), now() + interval '1 hour', NULL),
    ('own', 'invoice', 'dead', now() - interval '1 day', NULL, now())`);
  const depth = await queueDepth(billing.pool);
  expect(depth).toMatchObject({ due: 1, dead: 1 });
  expect(depth.oldestSeconds).toBeGreaterThan(89);
  expect(depth.oldestSeconds).toBeLessThan(120);
});
