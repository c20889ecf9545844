import { randomBytes } from "node:crypto";
import pg from "pg";

export interface TestDatabase {
  databaseUrl: string;
  drop(): Promise<void>;
}

/** A database of its own beside the template: a copy of it, or empty. */
export async function cloneDatabase(
  templateUrl: string,
  kind: "migrated" | "empty" = "migrated",
): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const template = kind === "migrated" ? new URL(templateUrl).pathname.slice(1) : "template1";
  await administer(templateUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(templateUrl);
  url.pathname = `/${name}`;
  return {
    databaseUrl: url.href,
    drop: () => administer(templateUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function administer(anyUrl: string, sql: string): Promise<void> {
  const url = new URL(anyUrl);
  url.pathname = "/postgres";
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
