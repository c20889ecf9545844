import type pg from "pg";
import type { Apply } from "../webhooks/objects";
import { type MirrorPart, mirrorTables } from "./tables";

/** One value of one row, as the mirror has it and as Stripe says it should be. */
export interface FieldDifference {
  table: string;
  id: string;
  /** "*" for a row that is only on one side. */
  field: string;
  ours: unknown;
  theirs: unknown;
}

export interface Comparison {
  /** Nothing of the object was mirrored. */
  wasMissing: boolean;
  customerId: string | null;
  differences: FieldDifference[];
}

type Row = Record<string, unknown>;

/** Applies, and tells what that changed in the rows of one object. To only look, roll the transaction back. */
export async function applyAndCompare(
  client: pg.PoolClient,
  { objectType, objectId }: { objectType: string; objectId: string },
  apply: Apply,
): Promise<Comparison> {
  const before = await rowsOf(client, objectType, objectId);
  await apply(client);
  const after = await rowsOf(client, objectType, objectId);
  const [row = {}] = after.size > 0 ? after.values() : before.values();
  const owner = objectType === "customer" ? row.id : row.customer_id;
  return {
    wasMissing: !holdsObject(before, objectType),
    customerId: typeof owner === "string" ? owner : null,
    differences: differencesOf(before, after),
  };
}

const holdsObject = (rows: Map<string, Row>, objectType: string) =>
  [...rows.keys()].some((key) => key.startsWith(`${mirrorTables[objectType]?.main.table} `));

async function rowsOf(
  client: pg.PoolClient,
  objectType: string,
  objectId: string,
): Promise<Map<string, Row>> {
  const mirror = mirrorTables[objectType];
  if (!mirror) throw new TypeError(`nothing says where objects of type ${objectType} are mirrored`);
  const rows = new Map<string, Row>();
  for (const part of [mirror.main, ...mirror.parts]) {
    const found = await client.query<{ row: Row }>(selectOf(part), [objectId]);
    for (const { row } of found.rows) rows.set(`${part.table} ${row.id}`, row);
  }
  return rows;
}

const selectOf = ({ table, column, ofStripeCustomer }: MirrorPart) =>
  ofStripeCustomer
    ? `SELECT to_jsonb(t) - 'synced_at' AS row FROM "${table}" t JOIN customer c ON c.id = t.${column}
      WHERE c.stripe_customer_id = $1`
    : `SELECT to_jsonb(t) - 'synced_at' AS row FROM "${table}" t WHERE t.${column} = $1`;

function differencesOf(ours: Map<string, Row>, theirs: Map<string, Row>): FieldDifference[] {
  const differences: FieldDifference[] = [];
  for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
    const [table = "", id = ""] = key.split(" ");
    const our = ours.get(key);
    const their = theirs.get(key);
    if (!our || !their) {
      differences.push({ table, id, field: "*", ours: our ?? null, theirs: their ?? null });
      continue;
    }
    for (const field of Object.keys(their)) {
      if (JSON.stringify(our[field]) === JSON.stringify(their[field])) continue;
      differences.push({ table, id, field, ours: our[field], theirs: their[field] });
    }
  }
  return differences;
}
