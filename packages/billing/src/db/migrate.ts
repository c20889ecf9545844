import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

interface LedgerRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/** The number Prisma's own tools lock, so that they and this migrator never run at once. */
const advisoryLock = 72707369;

const ledger = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
)`;

/** Applies what is pending and returns the names. A file and its ledger row are one transaction: a crash leaves neither. */
export async function migrate(
  databaseUrl: string,
  log: (line: string) => void = () => undefined,
  folder = migrationsFolder(),
): Promise<string[]> {
  const migrations = readMigrations(folder);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [advisoryLock]);
    await client.query("SET client_min_messages = warning");
    await client.query(ledger);
    const pending = pendingOf(migrations, await appliedRows(client));
    for (const migration of pending) {
      log(`applying ${migration.name}`);
      await apply(client, migration);
    }
    return pending.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/** For readiness: what the running code needs and the database does not have yet. */
export async function pendingMigrations(pool: pg.Pool, folder = migrationsFolder()): Promise<string[]> {
  const { rows } = await pool.query<{ there: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there",
  );
  const applied = rows[0]?.there ? await appliedRows(pool) : [];
  return pendingOf(readMigrations(folder), applied).map(({ name }) => name);
}

async function appliedRows(connection: Pick<pg.Pool, "query">): Promise<LedgerRow[]> {
  const { rows } = await connection.query<LedgerRow>(
    "SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  );
  return rows;
}

function pendingOf(migrations: Migration[], applied: LedgerRow[]): Migration[] {
  const halfDone = applied.find((row) => row.finished_at === null);
  if (halfDone) {
    throw new Error(
      `Migration ${halfDone.migration_name} was started and did not finish. Repair the database, then run "npx prisma migrate resolve".`,
    );
  }
  const checksums = new Map(applied.map((row) => [row.migration_name, row.checksum]));
  const edited = migrations.find(({ name, checksum }) => (checksums.get(name) ?? checksum) !== checksum);
  if (edited) {
    throw new Error(
      `Migration ${edited.name} was edited after it was applied to this database. Restore the file and add a new migration instead.`,
    );
  }
  return migrations.filter(({ name }) => !checksums.has(name));
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (cause) {
    await client.query("ROLLBACK");
    throw new Error(`Migration ${name} failed and was undone: ${(cause as Error).message}`, { cause });
  }
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/** Beside the source, beside a bundle, or in this repository seen from an app's bundle. */
function migrationsFolder(): string {
  const places = ["../../prisma/migrations", "./migrations", "../../../packages/billing/prisma/migrations"];
  const folders = places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const found = folders.find((folder) => existsSync(folder));
  if (!found) throw new Error(`No migrations folder; looked in ${folders.join(", ")}`);
  return found;
}
