import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

declare module "vitest" {
  export interface ProvidedContext {
    /** A migrated, empty database that tests clone and never connect to. */
    templateUrl: string;
  }
}

export interface TestDatabase {
  databaseUrl: string;
  drop(): Promise<void>;
}

/** A database of one test file's own: migrated, or empty. */
export async function testDatabase(kind: "migrated" | "empty" = "migrated"): Promise<TestDatabase> {
  const templateUrl = inject("templateUrl");
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
