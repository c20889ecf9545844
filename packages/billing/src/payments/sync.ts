import type pg from "pg";
import type Stripe from "stripe";
import { balanceRows, writeBalanceTransactions } from "../balance/sync";
import type { Billing } from "../context";
import { ensureOwner } from "../customers/sync";
import { mirrorTable, type Write } from "../db/sql/mirror-table";
import { knowsCharge, ownerOfPayment } from "../db/sql/payments";
import { inTransaction } from "../db/sql/transaction";
import { notifyChange } from "../live/notify";
import { idOf, instant, storable } from "../stripe/fields";
import { type Apply, markForRefresh } from "../webhooks/objects";
import { chargeRow, writeCharge } from "./charges";

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

/** A payment with its charges: the newest one as it is now, the others as they ended. */
export interface WholePayment {
  intent: Stripe.PaymentIntent;
  charges: Stripe.Charge[];
}

const retrievePayment = (stripe: Stripe, id: string) =>
  stripe.paymentIntents.retrieve(id, { expand: ["latest_charge.balance_transaction"] });

export const refreshPayment = async (billing: Billing, id: string): Promise<Apply> =>
  applyPayment(billing, await retrievePayment(billing.stripe, id), "latest");

/** With its newest charge and that charge's balance transaction expanded. */
export async function applyPayment(
  billing: Billing,
  intent: Stripe.PaymentIntent,
  write: Write,
): Promise<Apply> {
  const owner = await ensureOwner(billing, intent.customer);
  if (!owner) return async () => {};
  const whole = await wholePayment(billing, intent);
  return (client) => syncPayment(client, owner, whole, write);
}

/** Attempts between two looks were new charges too: they are listed when the newest is one we have not seen. */
async function wholePayment(
  billing: Pick<Billing, "pool" | "stripe">,
  intent: Stripe.PaymentIntent,
): Promise<WholePayment> {
  const newest = typeof intent.latest_charge === "object" ? intent.latest_charge : null;
  if (!newest) return { intent, charges: [] };
  if (await knowsCharge(billing.pool, newest.id)) return { intent, charges: [newest] };
  const older = await billing.stripe.charges
    .list({ payment_intent: intent.id, limit: 100 })
    .autoPagingToArray({ limit: 1_000 });
  return { intent, charges: [...older.filter(({ id }) => id !== newest.id), newest] };
}

/** Whose payment this is; a refund can be seen before the payment it returns. */
export async function ensurePayment(billing: Billing, id: string): Promise<string | null> {
  const known = await ownerOfPayment(billing.pool, id);
  if (known || billing.onlyLooking) return known ?? null;
  const intent = await retrievePayment(billing.stripe, id);
  const owner = await ensureOwner(billing, intent.customer);
  if (!owner) return null;
  await inTransaction(billing.pool, async (client) => {
    await markForRefresh(client, "payment_intent", id);
    await syncPayment(client, owner, { intent, charges: [] }, "first");
  });
  return owner;
}

export async function syncPayment(
  client: pg.PoolClient,
  customerId: string,
  { intent, charges }: WholePayment,
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
  let changed = await writePayment(client, row, write);
  for (const attempt of charges) {
    if (await syncCharge(client, { customerId, paymentId: intent.id }, attempt, write)) changed = true;
  }
  if (changed) await notifyChange(client, { customerId, nouns: ["payments", "invoices"] });
}

async function syncCharge(
  client: pg.PoolClient,
  { customerId, paymentId }: { customerId: string; paymentId: string },
  charge: Stripe.Charge,
  write: Write,
): Promise<boolean> {
  const changed = await writeCharge(client, chargeRow(customerId, paymentId, charge), write);
  const movements = balanceRows([charge.balance_transaction]);
  // Those of an older charge are bare ids, which is no reason to forget what we know.
  if (movements.length > 0) await writeBalanceTransactions(client, { customerId, id: charge.id }, movements);
  return changed;
}
