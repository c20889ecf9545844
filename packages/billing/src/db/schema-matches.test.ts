import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database";
import { type Column, columnsOfSchema, indexesOfSchema } from "../testing/prisma-schema";

const schemaFile = fileURLToPath(new URL("../../prisma/schema.prisma", import.meta.url));
const schema = columnsOfSchema(schemaFile);
/** What Prisma's language has no words for: an expression, a condition, an operator class. */
const writtenByHand = [
  "customer_closing_idx",
  "customer_words_idx",
  "dirty_object_dead_idx",
  "dirty_object_due_idx",
  "dirty_object_failing_idx",
  "webhook_event_quarantined_idx",
  "webhook_event_raw_idx",
];
let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.databaseUrl });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

async function columnsOfDatabase(): Promise<Column[]> {
  const { rows } = await client.query<Column>(`
    SELECT table_name AS "table", column_name AS "column",
      CASE data_type WHEN 'USER-DEFINED' THEN udt_name ELSE data_type END AS type,
      is_nullable = 'YES' AS nullable, column_default IS NOT NULL AS "hasDefault"
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'`);
  return rows;
}

const byName = (columns: Column[]) =>
  columns
    .map(
      ({ table, column, type, nullable, hasDefault }) =>
        `${table}.${column} ${type}${nullable ? " null" : ""}${hasDefault ? " default" : ""}`,
    )
    .sort();

describe("schema.prisma and the migrated database", () => {
  test("have the same columns with the same types, nullability and defaults", async () => {
    expect(schema.length).toBeGreaterThan(150);
    expect(byName(await columnsOfDatabase())).toEqual(byName(schema));
  });

  test.each([
    "ALTER TABLE customer DROP COLUMN balance_amount",
    "ALTER TABLE customer ADD COLUMN surprise text",
    "ALTER TABLE customer ALTER COLUMN name DROP NOT NULL",
    "ALTER TABLE customer ALTER COLUMN delinquent DROP DEFAULT",
    "ALTER TABLE invoice ALTER COLUMN total_amount TYPE integer",
  ])("differ after: %s", async (sql) => {
    await client.query("BEGIN");
    await client.query(sql);
    const changed = byName(await columnsOfDatabase());
    await client.query("ROLLBACK");
    expect(changed).not.toEqual(byName(schema));
  });
});

describe("the indexes", () => {
  const indexes = async () =>
    (
      await client.query<{ name: string }>(`
        SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`)
    ).rows.map(({ name }) => name);

  test("are those of schema.prisma and the few written by hand", async () => {
    const promised = [...indexesOfSchema(schemaFile), ...writtenByHand].sort();
    expect(promised.length).toBeGreaterThan(60);
    expect((await indexes()).sort()).toEqual(promised);
  });

  test.each([
    "DROP INDEX subscription_pending_setup_intent_id_idx",
    "DROP INDEX customer_words_idx",
    "CREATE INDEX surprise_idx ON customer (name)",
  ])("differ after: %s", async (sql) => {
    await client.query("BEGIN");
    await client.query(sql);
    const changed = await indexes();
    await client.query("ROLLBACK");
    expect(changed.sort()).not.toEqual([...indexesOfSchema(schemaFile), ...writtenByHand].sort());
  });
});

const smallMoney = `
  SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'
  AND (column_name ~ '(^|_)(amount|subtotal|total|tax|balance|price|due|paid|remaining|captured|refunded)(_|$)'
       OR column_name = 'unit_amount')
  AND data_type IN ('integer', 'smallint', 'real', 'double precision', 'money')`;

const zonelessTime = `
  SELECT table_name, column_name FROM information_schema.columns
  WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'`;

describe.each([
  ["money is counted in bigint", smallMoney, "ALTER TABLE refund ALTER COLUMN amount TYPE integer"],
  ["time has a zone", zonelessTime, "ALTER TABLE refund ALTER COLUMN created_at TYPE timestamp"],
])("%s", (_rule, query, fault) => {
  test("in every column", async () => {
    expect((await client.query(query)).rows).toEqual([]);
  });

  test("or the check says where not", async () => {
    await client.query("BEGIN");
    await client.query(fault);
    const { rows } = await client.query(query);
    await client.query("ROLLBACK");
    expect(rows).toHaveLength(1);
  });
});
