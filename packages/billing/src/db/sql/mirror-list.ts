import type pg from "pg";
import { statement } from "../statement";
import { columnName } from "./column-name";

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
  const replace = replaceAll(table, types, { ...options, parentColumn });
  return async (client, parent, rows) => {
    const [result] = await replace(client, [parent.customerId, JSON.stringify(rows), parent.id]);
    return result?.changed ?? 0;
  };
}

/** Of rows that belong to the customer itself, such as its tax ids. */
export function customerList<Row extends { id: string }>(
  table: string,
  types: Record<keyof Row & string, ColumnType>,
): (client: pg.PoolClient, customerId: string, rows: readonly Row[]) => Promise<number> {
  const replace = replaceAll(table, types, {});
  return async (client, customerId, rows) =>
    (await replace(client, [customerId, JSON.stringify(rows)]))[0]?.changed ?? 0;
}

/** $1 is the customer, $2 the rows as JSON, $3 their parent where they have one. */
function replaceAll(
  table: string,
  types: Record<string, ColumnType>,
  { parentColumn, syncedAt }: { parentColumn?: string; syncedAt?: boolean },
) {
  const fields = Object.entries(types).map(([field, type]) => ({ field, name: columnName(field), type }));
  const names = fields.map(({ name }) => name);
  const changing = names.filter((name) => name !== "id");
  const parent = parentColumn
    ? { column: `${parentColumn}, `, value: "$3, ", is: ` AND ${parentColumn} = $3` }
    : { column: "", value: "", is: "" };
  const synced = syncedAt
    ? { column: ", synced_at", value: ", now()", set: ", synced_at = now()" }
    : { column: "", value: "", set: "" };
  return statement<{ changed: number }>(
    `mirror-${table}-list`,
    `WITH given AS (
      SELECT * FROM jsonb_to_recordset($2::jsonb) AS row (${fields.map(({ field, type }) => `"${field}" ${type}`).join(", ")})
    ), gone AS (
      DELETE FROM "${table}" WHERE customer_id = $1${parent.is} AND id NOT IN (SELECT id FROM given)
      RETURNING 1
    ), written AS (
      INSERT INTO "${table}" AS mirror (customer_id, ${parent.column}${names.join(", ")}${synced.column})
      SELECT $1, ${parent.value}${fields.map(({ field }) => `"${field}"`).join(", ")}${synced.value} FROM given
      ON CONFLICT (customer_id, id) DO UPDATE
      SET ${changing.map((name) => `${name} = excluded.${name}`).join(", ")}${synced.set}
      WHERE (${changing.map((name) => `mirror.${name}`).join(", ")})
        IS DISTINCT FROM (${changing.map((name) => `excluded.${name}`).join(", ")})
      RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone)::int + (SELECT count(*) FROM written)::int AS changed`,
  );
}
