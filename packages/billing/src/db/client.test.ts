import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database";
import { openDatabase } from "./client";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

it("survives a connection that breaks while it is lent out and idle", async () => {
  const { db, pool } = openDatabase(database.databaseUrl, { connections: 2 });
  const lent = await pool.connect();
  const { rows } = await lent.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const broken = new Promise((resolve) => lent.once("end", resolve));
  await pool.query("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
  // An error without a listener would end this process before the connection has ended.
  await broken;
  await expect(lent.query("SELECT 1")).rejects.toThrow();
  lent.release(true);
  expect((await pool.query("SELECT 1")).rowCount).toBe(1);
  await db.$disconnect();
  await pool.end();
});
