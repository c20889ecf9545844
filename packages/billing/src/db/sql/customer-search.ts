import type pg from "pg";
import type { SearchKind } from "../../customers/rules";
import { statement } from "../statement";
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
  unitAmount: string | null;
}

const owns = (table: string, column: string) =>
  `c.id IN (SELECT customer_id FROM ${table} WHERE ${column} = $1)`;

const words = "(c.name ILIKE $2 OR c.email ILIKE $2)";

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
  card: `(${owns("payment_method", "last4")} OR ${words})`,
  words: `(${words} OR c.id = $1 OR c.id IN (SELECT customer_id FROM invoice WHERE number IN ($1, upper($1))))`,
};

/** Each way of searching is a statement of its own, so that PostgreSQL plans it with its own index. */
const searches = Object.fromEntries(
  Object.entries(conditions).map(([kind, condition]) => [kind, search(kind, condition)]),
);

function search(kind: string, condition: string) {
  return statement<CustomerSearchRow>(
    `customers-by-${kind}`,
    `SELECT c.id, ${cursorTime("c.created_at")} AS "cursorAt", c.name, c.email, c.stripe_customer_id AS "stripeCustomerId",
      c.created_at AS "createdAt", c.currency, s.status, s.plan_id AS "planId", s.interval, s.quantity,
      s.currency AS "subscriptionCurrency", s.live_slot IS NOT NULL AS "isLive", p.unit_amount AS "unitAmount"
    FROM customer c
    LEFT JOIN LATERAL (
      SELECT * FROM subscription WHERE customer_id = c.id
      ORDER BY live_slot NULLS LAST, created_at DESC, id DESC LIMIT 1
    ) AS s ON true
    LEFT JOIN price p ON p.id = s.price_id
    WHERE ${condition} AND $1::text IS NOT NULL AND $2::text IS NOT NULL
      AND ($3::text IS NULL OR s.status = $3 OR ($3 = 'none' AND s.id IS NULL))
      AND ($4::timestamptz IS NULL OR (c.created_at, c.id) < ($4::timestamptz, $5::text))
    ORDER BY c.created_at DESC, c.id DESC LIMIT $6`,
  );
}

export interface CustomerSearch {
  kind: SearchKind;
  search: string;
  pattern: string;
  status: string | null;
  end: PageEnd | null;
  limit: number;
}

export async function searchCustomers(pool: pg.Pool, wanted: CustomerSearch): Promise<CustomerSearchRow[]> {
  const { kind, search: words, pattern, status, end, limit } = wanted;
  return (
    (await searches[kind]?.(pool, [words, pattern, status, end?.at ?? null, end?.id ?? null, limit])) ?? []
  );
}
