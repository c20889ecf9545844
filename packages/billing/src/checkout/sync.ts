import type pg from "pg";
import type Stripe from "stripe";
import type { Billing } from "../context";
import { ensureOwner } from "../customers/sync";
import { knowsCheckoutSession } from "../db/sql/checkout-sessions";
import { mirrorTable, type Write } from "../db/sql/mirror-table";
import { notifyChange } from "../live/notify";
import { idOf, instant } from "../stripe/fields";
import { type Apply, markForRefresh } from "../webhooks/objects";

interface CheckoutSessionRow {
  customerId: string;
  id: string;
  mode: string;
  status: string | null;
  paymentStatus: string;
  subscriptionId: string | null;
  invoiceId: string | null;
  paymentId: string | null;
  setupIntentId: string | null;
  currency: string | null;
  totalAmount: number | null;
  operationId: string | null;
  expiresAt: Date;
  createdAt: Date;
}

const writeSession = mirrorTable<CheckoutSessionRow>("checkout_session", [
  "mode",
  "status",
  "paymentStatus",
  "subscriptionId",
  "invoiceId",
  "paymentId",
  "setupIntentId",
  "currency",
  "totalAmount",
  "operationId",
  "expiresAt",
  "createdAt",
]);

export const refreshCheckoutSession = async (billing: Billing, id: string): Promise<Apply> =>
  applyCheckoutSession(billing, await billing.stripe.checkout.sessions.retrieve(id), "latest");

/** A session that names no customer yet is nobody's; it names one at the latest when it is complete. */
export async function applyCheckoutSession(
  billing: Billing,
  session: Stripe.Checkout.Session,
  write: Write,
): Promise<Apply> {
  const owner = await ensureOwner(billing, session.customer);
  return async (client) => {
    if (owner) await syncCheckoutSession(client, owner, session, write);
  };
}

export async function syncCheckoutSession(
  client: pg.PoolClient,
  customerId: string,
  session: Stripe.Checkout.Session,
  write: Write,
): Promise<void> {
  const row: CheckoutSessionRow = {
    customerId,
    id: session.id,
    mode: session.mode,
    status: session.status,
    paymentStatus: session.payment_status,
    subscriptionId: idOf(session.subscription),
    invoiceId: idOf(session.invoice),
    paymentId: idOf(session.payment_intent),
    setupIntentId: idOf(session.setup_intent),
    currency: session.currency,
    totalAmount: session.amount_total,
    operationId: session.metadata?.operation_id ?? null,
    expiresAt: instant(session.expires_at),
    createdAt: instant(session.created),
  };
  // Stripe tells of no session that was opened: one that is only open is nothing we have missed.
  if (row.status === "open" && !(await knowsCheckoutSession(client, customerId, row.id))) return;
  if (!(await writeSession(client, row, write))) return;
  // What the visit led to may not have been heard of yet.
  if (row.subscriptionId) await markForRefresh(client, "subscription", row.subscriptionId);
  if (row.invoiceId) await markForRefresh(client, "invoice", row.invoiceId);
  if (row.paymentId) await markForRefresh(client, "payment_intent", row.paymentId);
  if (row.setupIntentId) await markForRefresh(client, "setup_intent", row.setupIntentId);
  await notifyChange(client, { customerId, nouns: ["subscriptions", "payments"] });
}
