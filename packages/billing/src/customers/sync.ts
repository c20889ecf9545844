import { randomUUID } from "node:crypto";
import type pg from "pg";
import type Stripe from "stripe";
import type { Billing } from "../context";
import { recordFromStripe } from "../db/sql/audit";
import {
  type CustomerAddress,
  closeCustomer,
  insertCustomer,
  lockOwnerRow,
  ownerIdOf,
  updateCustomer,
} from "../db/sql/customers";
import { claimEffect } from "../db/sql/effects";
import { customerList } from "../db/sql/mirror-list";
import type { Write } from "../db/sql/mirror-table";
import { inTransaction } from "../db/sql/transaction";
import { notifyChange } from "../live/notify";
import { settleByMetadata } from "../operations/settle";
import { idOf, instant, storable } from "../stripe/fields";
import { type Apply, markForRefresh } from "../webhooks/objects";

interface TaxIdRow {
  id: string;
  type: string;
  value: string;
  country: string | null;
  status: string | null;
  verifiedName: string | null;
  createdAt: Date;
}

const writeTaxIds = customerList<TaxIdRow>("customer_tax_id", {
  id: "text",
  type: "text",
  value: "text",
  country: "text",
  status: "text",
  verifiedName: "text",
  createdAt: "timestamptz",
});

export const refreshCustomer = async (billing: Billing, id: string): Promise<Apply> =>
  applyCustomer(billing, await billing.stripe.customers.retrieve(id, { expand: ["tax_ids"] }), "latest");

/** With its tax ids expanded. */
export async function applyCustomer(
  _billing: Billing,
  customer: Stripe.Customer | Stripe.DeletedCustomer,
  write: Write,
): Promise<Apply> {
  return async (client) => {
    await syncCustomer(client, customer, write);
  };
}

/** Our id of the Stripe customer that an object names; one made by hand at Stripe gets a row of ours first. */
export async function ensureOwner(
  billing: Billing,
  customer: string | { id: string } | null,
): Promise<string | null> {
  const stripeId = idOf(customer);
  if (!stripeId) return null;
  const known = await ownerIdOf(billing.pool, stripeId);
  if (known || billing.onlyLooking) return known ?? null;
  const found = await billing.stripe.customers.retrieve(stripeId);
  return inTransaction(billing.pool, async (client) => {
    await markForRefresh(client, "customer", stripeId);
    return syncCustomer(client, found, "first");
  });
}

/** Returns our id of this customer, null for one that was deleted before we ever saw it. */
export async function syncCustomer(
  client: pg.PoolClient,
  customer: Stripe.Customer | Stripe.DeletedCustomer,
  write: Write,
): Promise<string | null> {
  if (customer.deleted) return closeDeleted(client, customer.id);
  const row = await lockOwnerRow(client, customer.id, customer.metadata.customer_id ?? null);
  if (row?.stripeCustomerId && row.stripeCustomerId !== customer.id) {
    await reportDuplicate(client, row.id, customer.id);
    await settleByMetadata(client, row.id, "customer.create", customer);
    return row.id;
  }
  const id = row?.id ?? (await insertUnknown(client, customer));
  if (write === "first" && row?.syncedAt) return id;
  const changed = await updateCustomer(client, {
    id,
    stripeId: customer.id,
    name: storable(customer.name) || null,
    email: storable(customer.email) || null,
    currency: customer.currency ?? null,
    balance: customer.balance,
    delinquent: customer.delinquent ?? false,
    defaultPaymentMethodId: idOf(customer.invoice_settings.default_payment_method),
    address: customer.address ? addressOf(customer.address) : null,
    phone: storable(customer.phone) || null,
    taxExempt: customer.tax_exempt ?? "none",
    preferredLocale: storable(customer.preferred_locales?.[0]) ?? null,
  });
  const taxIdsChanged = customer.tax_ids ? await writeTaxIds(client, id, taxIdRows(customer.tax_ids)) : 0;
  await settleByMetadata(client, id, "customer.create", customer);
  if (Number(row?.balance ?? 0) !== customer.balance)
    await markForRefresh(client, "customer_balance", customer.id);
  if (changed || taxIdsChanged > 0) await notifyChange(client, { customerId: id, nouns: ["customers"] });
  return id;
}

const addressOf = ({ line1, line2, city, state, postal_code, country }: Stripe.Address): CustomerAddress => ({
  line1: storable(line1),
  line2: storable(line2),
  city: storable(city),
  state: storable(state),
  postal_code: storable(postal_code),
  country: storable(country),
});

const taxIdRows = (taxIds: NonNullable<Stripe.Customer["tax_ids"]>): TaxIdRow[] =>
  taxIds.data.map(({ id, type, value, country, verification, created }) => ({
    id,
    type,
    value: storable(value),
    country,
    status: verification?.status ?? null,
    verifiedName: storable(verification?.verified_name),
    createdAt: instant(created),
  }));

async function closeDeleted(client: pg.PoolClient, stripeId: string): Promise<string | null> {
  const closed = await closeCustomer(client, stripeId);
  if (!closed) return (await ownerIdOf(client, stripeId)) ?? null;
  await recordFromStripe(client, {
    action: "customers.deleted",
    customerId: closed,
    targetType: "customer",
    targetId: closed,
  });
  await notifyChange(client, { customerId: closed, nouns: ["customers", "subscriptions"] });
  return closed;
}

async function insertUnknown(client: pg.PoolClient, customer: Stripe.Customer): Promise<string> {
  const id = randomUUID();
  const inserted = await insertCustomer(client, {
    id,
    stripeId: customer.id,
    name: storable(customer.name) || storable(customer.email) || customer.id,
    email: storable(customer.email) ?? "",
    createdAt: instant(customer.created),
  });
  if (inserted) return id;
  const row = await lockOwnerRow(client, customer.id, null);
  if (!row) throw new Error(`customer ${customer.id} could neither be inserted nor found`);
  return row.id;
}

/** Two Stripe customers say they are one of ours: the first stays, and somebody has to look. */
async function reportDuplicate(client: pg.PoolClient, customerId: string, stripeId: string): Promise<void> {
  const key = `duplicate_customer:${stripeId}`;
  if (!(await claimEffect(client, { key, customerId, kind: "customers.duplicate_found" }))) return;
  await recordFromStripe(client, {
    action: "customers.duplicate_found",
    customerId,
    targetType: "customer",
    targetId: stripeId,
  });
}
