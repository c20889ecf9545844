import type pg from "pg";
import type Stripe from "stripe";
import type { Billing } from "../context";
import { dropOtherBalanceTransactions, newestBalanceTransaction } from "../db/sql/customers";
import { mirrorTable, type Write } from "../db/sql/mirror-table";
import { notifyChange } from "../live/notify";
import { idOf, instant, storable } from "../stripe/fields";
import type { Apply } from "../webhooks/objects";
import { ensureOwner } from "./sync";

interface BalanceTransactionRow {
  customerId: string;
  id: string;
  type: string;
  currency: string;
  amount: number;
  endingBalance: number;
  invoiceId: string | null;
  creditNoteId: string | null;
  description: string | null;
  createdAt: Date;
}

const writeTransaction = mirrorTable<BalanceTransactionRow>("customer_balance_transaction", [
  "type",
  "currency",
  "amount",
  "endingBalance",
  "invoiceId",
  "creditNoteId",
  "description",
  "createdAt",
]);

/**
 * There is no event about these: whatever changes a balance marks `customer_balance`, by the id of the Stripe customer.
 * They are never changed, so what is newer than the newest we have is all there is to read.
 */
export async function refreshCustomerBalance(billing: Billing, stripeCustomerId: string): Promise<Apply> {
  const owner = await ensureOwner(billing, stripeCustomerId);
  if (!owner) return async () => {};
  const known = await newestBalanceTransaction(billing.pool, owner);
  const transactions = await newerThan(billing, stripeCustomerId, known);
  return (client) => syncBalanceTransactions(client, owner, transactions, "latest");
}

/** All of them, whatever we have: for whoever does not trust the mirror. */
export async function rereadCustomerBalance(billing: Billing, stripeCustomerId: string): Promise<Apply> {
  const owner = await ensureOwner(billing, stripeCustomerId);
  if (!owner) return async () => {};
  const transactions = await newerThan(billing, stripeCustomerId, undefined);
  return async (client) => {
    await dropOtherBalanceTransactions(
      client,
      owner,
      transactions.map(({ id }) => id),
    );
    await syncBalanceTransactions(client, owner, transactions, "latest");
  };
}

async function newerThan(
  { stripe }: Billing,
  stripeCustomerId: string,
  known: string | undefined,
): Promise<Stripe.CustomerBalanceTransaction[]> {
  const transactions: Stripe.CustomerBalanceTransaction[] = [];
  const pages = stripe.customers.listBalanceTransactions(stripeCustomerId, { limit: 100 });
  for await (const transaction of pages) {
    if (transaction.id === known) break;
    transactions.push(transaction);
  }
  return transactions;
}

async function syncBalanceTransactions(
  client: pg.PoolClient,
  customerId: string,
  transactions: readonly Stripe.CustomerBalanceTransaction[],
  write: Write,
): Promise<void> {
  let changed = false;
  for (const transaction of transactions.toReversed()) {
    if (await writeTransaction(client, balanceTransactionRow(customerId, transaction), write)) changed = true;
  }
  if (changed) await notifyChange(client, { customerId, nouns: ["customers"] });
}

const balanceTransactionRow = (
  customerId: string,
  transaction: Stripe.CustomerBalanceTransaction,
): BalanceTransactionRow => ({
  customerId,
  id: transaction.id,
  type: transaction.type,
  currency: transaction.currency,
  amount: transaction.amount,
  endingBalance: transaction.ending_balance,
  invoiceId: idOf(transaction.invoice),
  creditNoteId: idOf(transaction.credit_note),
  description: storable(transaction.description),
  createdAt: instant(transaction.created),
});
