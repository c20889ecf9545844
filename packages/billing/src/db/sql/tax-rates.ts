import type pg from "pg";
import { statement } from "../statement";

const unknown = statement<{ id: string }>(
  "tax-rates-unknown",
  "SELECT given.id FROM unnest($1::text[]) AS given(id) WHERE NOT EXISTS (SELECT FROM tax_rate t WHERE t.id = given.id)",
);

const insert = statement<Record<string, never>>(
  "tax-rate-insert",
  `INSERT INTO tax_rate (id, name, percentage, inclusive, country, synced_at) VALUES ($1, $2, $3, $4, $5, now())
  ON CONFLICT (id) DO NOTHING`,
);

export const unknownTaxRates = async (pool: pg.Pool, ids: readonly string[]): Promise<string[]> =>
  (await unknown(pool, [ids])).map(({ id }) => id);

export interface TaxRateRow {
  id: string;
  name: string;
  percentage: number;
  inclusive: boolean;
  country: string | null;
}

export const insertTaxRate = (pool: pg.Pool, rate: TaxRateRow) =>
  insert(pool, [rate.id, rate.name, rate.percentage, rate.inclusive, rate.country]);
