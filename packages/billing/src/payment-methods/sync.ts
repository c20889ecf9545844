import type pg from "pg";
import type Stripe from "stripe";
import type { Billing } from "../context";
import { ensureOwner } from "../customers/sync";
import { mirrorTable, type Write } from "../db/sql/mirror-table";
import { detachPaymentMethod } from "../db/sql/payment-methods";
import { notifyChange } from "../live/notify";
import { instant } from "../stripe/fields";
import type { Apply } from "../webhooks/objects";

interface PaymentMethodRow {
  customerId: string;
  id: string;
  type: string;
  brand: string | null;
  last4: string | null;
  expMonth: number | null;
  expYear: number | null;
  country: string | null;
  fingerprint: string | null;
  createdAt: Date;
  detachedAt: Date | null;
}

const writePaymentMethod = mirrorTable<PaymentMethodRow>("payment_method", [
  "type",
  "brand",
  "last4",
  "expMonth",
  "expYear",
  "country",
  "fingerprint",
  "createdAt",
  "detachedAt",
]);

export const refreshPaymentMethod = async (billing: Billing, id: string): Promise<Apply> =>
  applyPaymentMethod(billing, await billing.stripe.paymentMethods.retrieve(id), "latest");

/** A detached payment method names no customer any more: the mirror remembers whose it was. */
export async function applyPaymentMethod(
  billing: Billing,
  paymentMethod: Stripe.PaymentMethod,
  write: Write,
): Promise<Apply> {
  const owner = await ensureOwner(billing, paymentMethod.customer);
  if (owner) return (client) => syncPaymentMethod(client, owner, paymentMethod, write);
  return async (client) => {
    const customerId = await detachPaymentMethod(client, paymentMethod.id);
    if (customerId) await notifyChange(client, { customerId, nouns: ["payment_methods"] });
  };
}

export async function syncPaymentMethod(
  client: pg.PoolClient,
  customerId: string,
  { id, type, card, created }: Stripe.PaymentMethod,
  write: Write,
): Promise<void> {
  const row: PaymentMethodRow = {
    customerId,
    id,
    type,
    brand: card?.brand ?? null,
    last4: card?.last4 ?? null,
    expMonth: card?.exp_month ?? null,
    expYear: card?.exp_year ?? null,
    country: card?.country ?? null,
    fingerprint: card?.fingerprint ?? null,
    createdAt: instant(created),
    detachedAt: null,
  };
  const changed = await writePaymentMethod(client, row, write);
  if (changed) await notifyChange(client, { customerId, nouns: ["payment_methods", "subscriptions"] });
}
