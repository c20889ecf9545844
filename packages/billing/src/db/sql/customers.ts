import type pg from "pg";
import { statement } from "../statement";

/** As Stripe has it; what is not known is null. */
export type CustomerAddress = Record<
  "line1" | "line2" | "city" | "state" | "postal_code" | "country",
  string | null
>;

export interface CustomerLink {
  id: string;
  stripeCustomerId: string | null;
  syncedAt: Date | null;
  /** Minor units. */
  balance: string;
}

const link = `id, stripe_customer_id AS "stripeCustomerId", synced_at AS "syncedAt", balance_amount AS "balance"`;

const lockOwner = statement<CustomerLink>(
  "customer-lock-owner",
  `SELECT ${link} FROM customer WHERE stripe_customer_id = $1 OR id = $2
  ORDER BY stripe_customer_id = $1 DESC NULLS LAST LIMIT 1 FOR NO KEY UPDATE`,
);

const lock = statement<CustomerLink>(
  "customer-lock",
  `SELECT ${link} FROM customer WHERE id = $1 FOR NO KEY UPDATE`,
);

const ownerOf = statement<{ id: string }>(
  "customer-owner",
  "SELECT id FROM customer WHERE stripe_customer_id = $1",
);

const insert = statement<{ id: string }>(
  "customer-insert-from-stripe",
  `INSERT INTO customer (id, stripe_customer_id, name, email, created_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (stripe_customer_id) DO NOTHING RETURNING id`,
);

const update = statement<{ id: string }>(
  "customer-update-from-stripe",
  `UPDATE customer AS mirror SET stripe_customer_id = $2, name = coalesce($3, name), email = coalesce($4, email),
    currency = $5, balance_amount = $6, delinquent = $7, default_payment_method_id = $8, address = $9::jsonb,
    phone = $10, tax_exempt = $11, preferred_locale = $12, synced_at = now()
  WHERE id = $1 AND (synced_at IS NULL OR (stripe_customer_id, name, email, currency, balance_amount, delinquent,
    default_payment_method_id, address, phone, tax_exempt, preferred_locale) IS DISTINCT FROM
    ($2, coalesce($3, name), coalesce($4, email), $5, $6::bigint, $7, $8, $9::jsonb, $10, $11, $12))
  RETURNING id`,
);

const close = statement<{ id: string }>(
  "customer-close",
  `UPDATE customer SET deleted_at = now(), synced_at = now() WHERE stripe_customer_id = $1 AND deleted_at IS NULL
  RETURNING id`,
);

/** Our customer of a Stripe customer, locked: by its id, else by the id we put into its metadata. */
export const lockOwnerRow = async (client: pg.PoolClient, stripeId: string, metadataId: string | null) =>
  (await lockOwner(client, [stripeId, metadataId]))[0];

/** First in the lock order of everything a customer owns. */
export const lockCustomer = async (client: pg.PoolClient, customerId: string) =>
  (await lock(client, [customerId]))[0];

export const ownerIdOf = async (
  sql: pg.Pool | pg.PoolClient,
  stripeId: string,
): Promise<string | undefined> => (await ownerOf(sql, [stripeId]))[0]?.id;

export const insertCustomer = async (
  client: pg.PoolClient,
  row: { id: string; stripeId: string; name: string; email: string; createdAt: Date },
): Promise<boolean> =>
  (await insert(client, [row.id, row.stripeId, row.name, row.email, row.createdAt])).length > 0;

export const updateCustomer = async (
  client: pg.PoolClient,
  row: {
    id: string;
    stripeId: string;
    name: string | null;
    email: string | null;
    currency: string | null;
    balance: number;
    delinquent: boolean;
    defaultPaymentMethodId: string | null;
    address: CustomerAddress | null;
    phone: string | null;
    taxExempt: string;
    preferredLocale: string | null;
  },
): Promise<boolean> => {
  const written = await update(client, [
    row.id,
    row.stripeId,
    row.name,
    row.email,
    row.currency,
    row.balance,
    row.delinquent,
    row.defaultPaymentMethodId,
    row.address && JSON.stringify(row.address),
    row.phone,
    row.taxExempt,
    row.preferredLocale,
  ]);
  return written.length > 0;
};

export const closeCustomer = async (client: pg.PoolClient, stripeId: string): Promise<string | undefined> =>
  (await close(client, [stripeId]))[0]?.id;

const newestMovement = statement<{ id: string }>(
  "customer-newest-balance-transaction",
  `SELECT id FROM customer_balance_transaction WHERE customer_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1`,
);

export const newestBalanceTransaction = async (
  sql: pg.Pool | pg.PoolClient,
  customerId: string,
): Promise<string | undefined> => (await newestMovement(sql, [customerId]))[0]?.id;

const dropMovements = statement<Record<string, never>>(
  "customer-drop-other-balance-transactions",
  "DELETE FROM customer_balance_transaction WHERE customer_id = $1 AND NOT id = ANY ($2)",
);

/** For rows that Stripe does not have: none of its own ever goes. */
export const dropOtherBalanceTransactions = async (
  client: pg.PoolClient,
  customerId: string,
  ids: string[],
): Promise<void> => {
  await dropMovements(client, [customerId, ids]);
};
