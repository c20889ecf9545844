import type pg from "pg";
import type Stripe from "stripe";
import type { Billing } from "../context";
import { ensureOwner } from "../customers/sync";
import { mirrorTable, type Write } from "../db/sql/mirror-table";
import { ownerOfPayment } from "../db/sql/payments";
import { inTransaction } from "../db/sql/transaction";
import { notifyChange } from "../live/notify";
import { idOf, instant, storable } from "../stripe/fields";
import { type Apply, markForRefresh } from "../webhooks/objects";

interface PaymentRow {
  customerId: string;
  id: string;
  status: string;
  currency: string;
  amount: number;
  receivedAmount: number;
  refundedAmount: number;
  chargeId: string | null;
  paymentMethodId: string | null;
  cardBrand: string | null;
  cardLast4: string | null;
  failureCode: string | null;
  declineCode: string | null;
  failureMessage: string | null;
  disputed: boolean;
  receiptUrl: string | null;
  createdAt: Date;
}

const writePayment = mirrorTable<PaymentRow>("payment", [
  "status",
  "currency",
  "amount",
  "receivedAmount",
  "refundedAmount",
  "chargeId",
  "paymentMethodId",
  "cardBrand",
  "cardLast4",
  "failureCode",
  "declineCode",
  "failureMessage",
  "disputed",
  "receiptUrl",
  "createdAt",
]);

const retrievePayment = (stripe: Stripe, id: string) =>
  stripe.paymentIntents.retrieve(id, { expand: ["latest_charge"] });

export async function refreshPayment(billing: Billing, id: string): Promise<Apply> {
  const intent = await retrievePayment(billing.stripe, id);
  const owner = await ensureOwner(billing, intent.customer);
  return async (client) => {
    if (owner) await syncPayment(client, owner, intent, "latest");
  };
}

/** Whose payment this is; a refund can be seen before the payment it returns. */
export async function ensurePayment(billing: Billing, id: string): Promise<string | null> {
  const known = await ownerOfPayment(billing.pool, id);
  if (known) return known;
  const intent = await retrievePayment(billing.stripe, id);
  const owner = await ensureOwner(billing, intent.customer);
  if (!owner) return null;
  await inTransaction(billing.pool, async (client) => {
    await markForRefresh(client, "payment_intent", id);
    await syncPayment(client, owner, intent, "first");
  });
  return owner;
}

export async function syncPayment(
  client: pg.PoolClient,
  customerId: string,
  intent: Stripe.PaymentIntent,
  write: Write,
): Promise<void> {
  const charge = typeof intent.latest_charge === "object" ? intent.latest_charge : null;
  const card = charge?.payment_method_details?.card;
  const failure = intent.status === "succeeded" ? null : intent.last_payment_error;
  const row: PaymentRow = {
    customerId,
    id: intent.id,
    status: intent.status,
    currency: intent.currency,
    amount: intent.amount,
    receivedAmount: intent.amount_received,
    refundedAmount: charge?.amount_refunded ?? 0,
    chargeId: idOf(intent.latest_charge),
    paymentMethodId: idOf(intent.payment_method),
    cardBrand: card?.brand ?? null,
    cardLast4: card?.last4 ?? null,
    failureCode: failure?.code ?? null,
    declineCode: failure?.decline_code ?? null,
    failureMessage: storable(failure?.message),
    disputed: charge?.disputed ?? false,
    receiptUrl: charge?.receipt_url ?? null,
    createdAt: instant(intent.created),
  };
  const changed = await writePayment(client, row, write);
  if (changed) await notifyChange(client, { customerId, nouns: ["payments", "invoices"] });
}
