import { missing } from "../http/errors";
import { page, pageParams } from "../http/lists";
import { clearable, currency, hash, int, mergeMetadata, metadata, text } from "../http/params";
import { newId } from "../ids";
import type { CustomerBalanceTransaction } from "../tables";
import type { Tx } from "../transaction";
import { type Resource, ref, route } from "./resource";

interface Movement {
  type: CustomerBalanceTransaction["type"];
  currency?: string;
  invoice?: string;
  creditNote?: string;
  description?: string | null;
  metadata?: Record<string, string>;
}

/** A negative balance is credit. The row says what the balance became. */
export function moveCustomerBalance(
  tx: Tx,
  customerId: string,
  amount: number,
  movement: Movement,
): CustomerBalanceTransaction {
  const customer = tx.need("customers", customerId, "customer");
  const currencyOfBalance = movement.currency ?? customer.currency ?? "usd";
  const row = tx.put("customer_balance_transactions", {
    id: newId("cbtxn"),
    object: "customer_balance_transaction",
    amount,
    checkout_session: null,
    created: tx.now,
    credit_note: movement.creditNote ?? null,
    currency: currencyOfBalance,
    customer: customerId,
    customer_account: null,
    description: movement.description ?? null,
    ending_balance: customer.balance + amount,
    invoice: movement.invoice ?? null,
    livemode: false,
    metadata: movement.metadata ?? {},
    type: movement.type,
  });
  tx.patch("customers", customerId, {
    balance: customer.balance + amount,
    currency: customer.currency ?? currencyOfBalance,
  });
  tx.emit("customer.updated", "customers", customerId);
  return row;
}

const url = "/v1/customers/:/balance_transactions";
const createParams = hash({ amount: int, currency, description: clearable(text), metadata }, [
  "amount",
  "currency",
]);

const create = route("POST", url, createParams, ({ tx, params, ids: [customer] }) => {
  tx.need("customers", customer);
  return moveCustomerBalance(tx, customer, params.amount, {
    type: "adjustment",
    currency: params.currency,
    description: params.description ?? null,
    metadata: mergeMetadata(null, params.metadata),
  });
});

const index = route("GET", url, hash({ ...pageParams, invoice: text }), ({ tx, params, ids: [customer] }) => {
  const rows = tx.by("customer_balance_transactions", "customer", customer).reverse();
  const matches = (row: CustomerBalanceTransaction) =>
    params.invoice === undefined || row.invoice === params.invoice;
  return page(tx, "customer_balance_transactions", url.replace(":", customer), params, matches, rows);
});

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [customer, id = ""] }) => {
  const row = tx.get("customer_balance_transactions", id);
  if (row?.customer !== customer) throw missing("customer_balance_transaction", id, "id", 404);
  return row;
});

export const customerBalance: Resource = {
  routes: [create, index, retrieve],
  expansions: {
    customer_balance_transaction: {
      customer: ref("customers"),
      invoice: ref("invoices"),
      credit_note: ref("credit_notes"),
      checkout_session: ref(),
    },
  },
};
