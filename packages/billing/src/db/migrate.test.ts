import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database";
import { migrate, pendingMigrations } from "./migrate";

let database: TestDatabase;
let folder: string;
let pool: pg.Pool;

beforeEach(async () => {
  database = await testDatabase("empty");
  folder = mkdtempSync(join(tmpdir(), "migrations-"));
  pool = new pg.Pool({ connectionString: database.databaseUrl, max: 2 });
});

afterEach(async () => {
  await pool.end();
  await database.drop();
  rmSync(folder, { recursive: true });
});

function write(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "migration.sql"), sql);
}

const run = (log?: (line: string) => void) => migrate(database.databaseUrl, log, folder);

test("applies what is pending, in order, once, and says so", async () => {
  write("2_second", "INSERT INTO thing VALUES (1); -- a ; in a comment");
  write("1_first", "CREATE TABLE thing (id int);");
  const lines: string[] = [];
  expect(await pendingMigrations(pool, folder)).toEqual(["1_first", "2_second"]);
  expect(await run((line) => lines.push(line))).toEqual(["1_first", "2_second"]);
  expect(lines).toEqual(["applying 1_first", "applying 2_second"]);
  expect(await run()).toEqual([]);
  expect(await pendingMigrations(pool, folder)).toEqual([]);
});

test("of several at once only one applies", async () => {
  write("1_first", "CREATE TABLE thing (id int); SELECT pg_sleep(0.2);");
  const applied = await Promise.all([run(), run(), run()]);
  expect(applied.flat()).toEqual(["1_first"]);
});

test("a failing file leaves nothing behind and can be corrected", async () => {
  write("1_first", "CREATE TABLE thing (id int); SELECT 1 / 0;");
  await expect(run()).rejects.toThrow("Migration 1_first failed and was undone: division by zero");
  expect((await pool.query("SELECT to_regclass('thing') AS found")).rows).toEqual([{ found: null }]);
  write("1_first", "CREATE TABLE thing (id int);");
  expect(await run()).toEqual(["1_first"]);
});

test("refuses a file that was edited after it was applied", async () => {
  write("1_first", "CREATE TABLE thing (id int);");
  await run();
  write("1_first", "CREATE TABLE thing (id bigint);");
  await expect(run()).rejects.toThrow("1_first was edited after it was applied");
});

test("refuses to go on after a migration another tool left half done", async () => {
  write("1_first", "CREATE TABLE thing (id int);");
  await run();
  await pool.query("UPDATE _prisma_migrations SET finished_at = NULL");
  await expect(run()).rejects.toThrow("1_first was started and did not finish");
});

test("the real migrations build a database from nothing", async () => {
  const applied = await migrate(database.databaseUrl);
  expect(applied.length).toBeGreaterThan(0);
  expect(await pendingMigrations(pool)).toEqual([]);
});
