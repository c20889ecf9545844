import type pg from "pg";
import type { SearchKind } from "../../customers/rules";
import { type BilledItemRow, billedItems } from "./billed-items";
import { cursorTime, type PageEnd } from "./page-cursor";

export interface CustomerSearchRow {
  id: string;
  cursorAt: string;
  name: string;
  email: string;
  stripeCustomerId: string | null;
  createdAt: Date;
  currency: string | null;
  status: string | null;
  planId: string | null;
  interval: string | null;
  quantity: string | null;
  subscriptionCurrency: string | null;
  isLive: boolean;
  items: BilledItemRow[];
}

const ownersIn = (table: string, condition: string) => `SELECT customer_id FROM ${table} WHERE ${condition}`;

const owns = (table: string, column: string) => `c.id IN (${ownersIn(table, `${column} = $1`)})`;

// An array, because only then PostgreSQL joins it with the words into one look at the indexes.
const isOneOf = (owners: string) => `c.id = ANY(ARRAY(${owners}))`;

const words = "c.name ILIKE $2 OR c.email ILIKE $2";

const conditions: Record<SearchKind, string> = {
  everyone: "true",
  customer: "c.id = $1",
  stripe_customer: "c.stripe_customer_id = $1",
  subscription: owns("subscription", "id"),
  invoice: owns("invoice", "id"),
  payment: owns("payment", "id"),
  charge: owns("payment", "charge_id"),
  refund: owns("refund", "id"),
  payment_method: owns("payment_method", "id"),
  card: `(${words} OR ${isOneOf(ownersIn("payment_method", "last4 = $1"))})`,
  words: `(${words} OR c.id = $1 OR ${isOneOf(ownersIn("invoice", "number IN ($1, upper($1))"))})`,
};

/** Asked twice where there is a status: by its index, and of the one subscription that is shown. */
const ofStatus = (status: string) =>
  status === "none"
    ? "AND s.id IS NULL AND $3::text IS NOT NULL"
    : `AND s.status = $3 AND c.id IN (${ownersIn("subscription", "status = $3")})`;

export interface CustomerSearch {
  kind: SearchKind;
  search: string;
  pattern: string;
  status: string | null;
  end: PageEnd | null;
  limit: number;
}

export function searchText({ kind, status, end }: Pick<CustomerSearch, "kind" | "status" | "end">): string {
  return `
    SELECT c.id, ${cursorTime("c.created_at")} AS "cursorAt", c.name, c.email, c.stripe_customer_id AS "stripeCustomerId",
      c.created_at AS "createdAt", c.currency, s.status, s.plan_id AS "planId", s.interval, s.quantity,
      s.currency AS "subscriptionCurrency", s.live_slot IS NOT NULL AS "isLive", ${billedItems} AS items
    FROM customer c
    LEFT JOIN LATERAL (
      SELECT * FROM subscription WHERE customer_id = c.id
      ORDER BY live_slot NULLS LAST, created_at DESC, id DESC LIMIT 1
    ) AS s ON true
    WHERE ${conditions[kind]} AND $1::text IS NOT NULL AND $2::text IS NOT NULL
      ${status === null ? "AND $3::text IS NULL" : ofStatus(status)}
      ${end ? "AND (c.created_at, c.id) < ($4::timestamptz, $5::text)" : "AND $4::text IS NULL AND $5::text IS NULL"}
    ORDER BY c.created_at DESC, c.id DESC LIMIT $6`;
}

/**
 * How many customers a word or a status fits decides how to look for them, and a prepared plan is made for no word in
 * particular: those searches are planned each time.
 */
export async function searchCustomers(pool: pg.Pool, wanted: CustomerSearch): Promise<CustomerSearchRow[]> {
  const { kind, search, pattern, status, end, limit } = wanted;
  const planned = status !== null || kind === "words" || kind === "card";
  const { rows } = await pool.query<CustomerSearchRow>({
    ...(planned ? {} : { name: `customers-by-${kind}${end ? "-after" : ""}` }),
    text: searchText(wanted),
    values: [search, pattern, status, end?.at ?? null, end?.id ?? null, limit],
  });
  return rows;
}
