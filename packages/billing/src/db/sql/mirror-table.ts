import type pg from "pg";
import { statement } from "../statement";

/** `latest` was read from Stripe under the object's lease; `first` may only fill a gap, never replace. */
export type Write = "latest" | "first";

/** Writes one mirrored row; true when that changed anything. */
export type MirrorWrite<Row> = (client: pg.PoolClient, row: Row, write: Write) => Promise<boolean>;

/** The upsert of a mirror table, whose key is its customer and Stripe's id. */
export function mirrorTable<Row extends { customerId: string; id: string }>(
  table: string,
  fields: readonly Exclude<keyof Row & string, "customerId" | "id">[],
): MirrorWrite<Row> {
  const names = ["customerId", "id", ...fields] as const;
  const columns = names.map(columnName);
  const values = fields.map(columnName);
  const insert = `INSERT INTO "${table}" AS mirror (${columns.join(", ")}, synced_at)
    VALUES (${columns.map((_, index) => `$${index + 1}`).join(", ")}, now())
    ON CONFLICT (customer_id, id) DO`;
  const latest = statement<{ id: string }>(
    `mirror-${table}-latest`,
    `${insert} UPDATE SET ${values.map((name) => `${name} = excluded.${name}`).join(", ")}, synced_at = now()
    WHERE (${values.map((name) => `mirror.${name}`).join(", ")})
      IS DISTINCT FROM (${values.map((name) => `excluded.${name}`).join(", ")})
    RETURNING id`,
  );
  const first = statement<{ id: string }>(`mirror-${table}-first`, `${insert} NOTHING RETURNING id`);
  return async (client, row, write) => {
    const parameters = names.map((name) => row[name as keyof Row]);
    const written = await (write === "latest" ? latest : first)(client, parameters);
    return written.length > 0;
  };
}

const columnName = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
