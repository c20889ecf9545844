import type pg from "pg";
import { statement } from "../statement";

type ColumnType = "text" | "bigint" | "int" | "boolean" | "timestamptz" | "jsonb";

/** Replaces all rows of one parent, such as the lines of an invoice. Returns how many rows changed. */
export type MirrorListWrite<Row> = (
  client: pg.PoolClient,
  parent: { customerId: string; id: string },
  rows: readonly Row[],
) => Promise<number>;

export function mirrorList<Row extends { id: string }>(
  table: string,
  parentColumn: string,
  types: Record<keyof Row & string, ColumnType>,
  options: { syncedAt?: boolean } = {},
): MirrorListWrite<Row> {
  const fields = Object.entries<ColumnType>(types).map(([field, type]) => ({
    field,
    name: columnName(field),
    type,
  }));
  const names = fields.map(({ name }) => name);
  const changing = names.filter((name) => name !== "id");
  const synced = options.syncedAt
    ? { column: ", synced_at", value: ", now()", set: ", synced_at = now()" }
    : noSync;
  const replace = statement<{ changed: number }>(
    `mirror-${table}-list`,
    `WITH given AS (
      SELECT * FROM jsonb_to_recordset($3::jsonb) AS row (${fields.map(({ field, type }) => `"${field}" ${type}`).join(", ")})
    ), gone AS (
      DELETE FROM "${table}" WHERE customer_id = $1 AND ${parentColumn} = $2 AND id NOT IN (SELECT id FROM given)
      RETURNING 1
    ), written AS (
      INSERT INTO "${table}" AS mirror (customer_id, ${parentColumn}, ${names.join(", ")}${synced.column})
      SELECT $1, $2, ${fields.map(({ field }) => `"${field}"`).join(", ")}${synced.value} FROM given
      ON CONFLICT (customer_id, id) DO UPDATE
      SET ${changing.map((name) => `${name} = excluded.${name}`).join(", ")}${synced.set}
      WHERE (${changing.map((name) => `mirror.${name}`).join(", ")})
        IS DISTINCT FROM (${changing.map((name) => `excluded.${name}`).join(", ")})
      RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone)::int + (SELECT count(*) FROM written)::int AS changed`,
  );
  return async (client, parent, rows) => {
    const [result] = await replace(client, [parent.customerId, parent.id, JSON.stringify(rows)]);
    return result?.changed ?? 0;
  };
}

/** Of rows that belong to the customer itself, such as its tax ids. */
export function customerList<Row extends { id: string }>(
  table: string,
  types: Record<keyof Row & string, ColumnType>,
): (client: pg.PoolClient, customerId: string, rows: readonly Row[]) => Promise<number> {
  const fields = Object.entries<ColumnType>(types);
  const names = fields.map(([field]) => columnName(field));
  const changing = names.filter((name) => name !== "id");
  const replace = statement<{ changed: number }>(
    `mirror-${table}-list`,
    `WITH given AS (
      SELECT * FROM jsonb_to_recordset($2::jsonb) AS row (${fields.map(([field, type]) => `"${field}" ${type}`).join(", ")})
    ), gone AS (
      DELETE FROM "${table}" WHERE customer_id = $1 AND id NOT IN (SELECT id FROM given) RETURNING 1
    ), written AS (
      INSERT INTO "${table}" AS mirror (customer_id, ${names.join(", ")})
      SELECT $1, ${fields.map(([field]) => `"${field}"`).join(", ")} FROM given
      ON CONFLICT (customer_id, id) DO UPDATE SET ${changing.map((name) => `${name} = excluded.${name}`).join(", ")}
      WHERE (${changing.map((name) => `mirror.${name}`).join(", ")})
        IS DISTINCT FROM (${changing.map((name) => `excluded.${name}`).join(", ")})
      RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone)::int + (SELECT count(*) FROM written)::int AS changed`,
  );
  return async (client, customerId, rows) =>
    (await replace(client, [customerId, JSON.stringify(rows)]))[0]?.changed ?? 0;
}

const noSync = { column: "", value: "", set: "" };

const columnName = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
