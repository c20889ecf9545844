import type pg from "pg";
import { statement } from "../statement";
import { columnName } from "./column-name";

/** `latest` was read from Stripe under the object's lease; `first` may only fill a gap, never replace. */
export type Write = "latest" | "first";

/** Writes one mirrored row; true when that changed anything. */
export type MirrorWrite<Row> = (client: pg.PoolClient, row: Row, write: Write) => Promise<boolean>;

/** The upsert of a mirror table, whose key is its customer and Stripe's id. */
export const mirrorTable = <Row extends { customerId: string; id: string }>(
  table: string,
  fields: readonly Exclude<keyof Row & string, "customerId" | "id">[],
): MirrorWrite<Row> => upsert<Row>(table, ["customerId", "id"], fields);

/** The upsert of a mirror table that belongs to no customer: the catalogue. */
export const catalogueTable = <Row extends { id: string }>(
  table: string,
  fields: readonly Exclude<keyof Row & string, "id">[],
): MirrorWrite<Row> => upsert<Row>(table, ["id"], fields);

function upsert<Row>(
  table: string,
  key: readonly (keyof Row & string)[],
  fields: readonly (keyof Row & string)[],
): MirrorWrite<Row> {
  const names = [...key, ...fields];
  const columns = names.map(columnName);
  const values = fields.map(columnName);
  const insert = `INSERT INTO "${table}" AS mirror (${columns.join(", ")}, synced_at)
    VALUES (${columns.map((_, index) => `$${index + 1}`).join(", ")}, now())
    ON CONFLICT (${key.map(columnName).join(", ")}) DO`;
  const latest = statement<{ id: string }>(
    `mirror-${table}-latest`,
    `${insert} UPDATE SET ${values.map((name) => `${name} = excluded.${name}`).join(", ")}, synced_at = now()
    WHERE (${values.map((name) => `mirror.${name}`).join(", ")})
      IS DISTINCT FROM (${values.map((name) => `excluded.${name}`).join(", ")})
    RETURNING id`,
  );
  const first = statement<{ id: string }>(`mirror-${table}-first`, `${insert} NOTHING RETURNING id`);
  return async (client, row, write) => {
    const parameters = names.map((name) => row[name]);
    const written = await (write === "latest" ? latest : first)(client, parameters);
    return written.length > 0;
  };
}
