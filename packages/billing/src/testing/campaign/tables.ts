import type pg from "pg";
import { inTransaction } from "../../db/sql/transaction";

/** As every table is when this is called: `restore` makes it so again. */
export async function keepTables(pool: pg.Pool): Promise<{ restore(): Promise<void> }> {
  const { rows: tables } = await pool.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'",
  );
  const kept = new Map<string, unknown[]>();
  for (const { name } of tables) {
    const { rows } = await pool.query(`SELECT coalesce(json_agg(t), '[]') AS all FROM "${name}" t`);
    if (rows[0].all.length > 0) kept.set(name, rows[0].all);
  }
  return {
    restore: () =>
      inTransaction(pool, async (client) => {
        // The audit log refuses to be emptied. A test may, as the owner of its database.
        await client.query("SET LOCAL session_replication_role = 'replica'");
        // For tables of so few rows that is much less work than TRUNCATE.
        await client.query(tables.map(({ name }) => `DELETE FROM "${name}"`).join(";"));
        for (const [table, rows] of kept) {
          const all = `json_populate_recordset(NULL::"${table}", $1)`;
          await client.query(`INSERT INTO "${table}" SELECT * FROM ${all}`, [JSON.stringify(rows)]);
        }
      }),
  };
}
