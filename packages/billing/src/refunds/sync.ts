import type pg from "pg";
import type Stripe from "stripe";
import { balanceRows, writeBalanceTransactions } from "../balance/sync";
import type { Billing } from "../context";
import { recordFromStripe } from "../db/sql/audit";
import { mirrorTable, type Write } from "../db/sql/mirror-table";
import { operationOfRefund, refundStatus } from "../db/sql/refunds";
import { notifyChange } from "../live/notify";
import { settleByMetadata } from "../operations/settle";
import { ensurePayment } from "../payments/sync";
import { idOf, instant } from "../stripe/fields";
import { type Apply, markForRefresh } from "../webhooks/objects";
import { isLiveRefund } from "./rules";

interface RefundRow {
  customerId: string;
  id: string;
  paymentId: string;
  chargeId: string | null;
  status: string;
  amount: number;
  currency: string;
  reason: string | null;
  failureReason: string | null;
  operationId: string | null;
  createdAt: Date;
}

const writeRefund = mirrorTable<RefundRow>("refund", [
  "paymentId",
  "chargeId",
  "status",
  "amount",
  "currency",
  "reason",
  "failureReason",
  "operationId",
  "createdAt",
]);

export async function refreshRefund(billing: Billing, id: string): Promise<Apply> {
  const expand = ["balance_transaction", "failure_balance_transaction"];
  return applyRefund(billing, await billing.stripe.refunds.retrieve(id, { expand }), "latest");
}

/** With its balance transactions expanded. A refund of a charge without a payment intent is none of ours. */
export async function applyRefund(billing: Billing, refund: Stripe.Refund, write: Write): Promise<Apply> {
  const paymentId = idOf(refund.payment_intent);
  const owner = paymentId ? await ensurePayment(billing, paymentId) : null;
  return async (client) => {
    if (owner) await syncRefund(client, owner, refund, write);
  };
}

export async function syncRefund(
  client: pg.PoolClient,
  customerId: string,
  refund: Stripe.Refund,
  write: Write,
): Promise<void> {
  const paymentId = idOf(refund.payment_intent);
  if (!paymentId) return;
  const { id, amount, metadata } = refund;
  const before = await refundStatus(client, customerId, id);
  const claimed = metadata?.operation_id;
  const row: RefundRow = {
    customerId,
    id,
    paymentId,
    chargeId: idOf(refund.charge),
    status: refund.status ?? "pending",
    amount,
    currency: refund.currency,
    reason: refund.reason,
    failureReason: refund.failure_reason ?? null,
    operationId: await operationOfRefund(client, { customerId, id, paymentId, amount, claimed }),
    createdAt: instant(refund.created),
  };
  const changed = await writeRefund(client, row, write);
  if (row.operationId) await settleByMetadata(client, customerId, "refund.create", refund);
  const movements = balanceRows([refund.balance_transaction, refund.failure_balance_transaction]);
  if (movements.length > 0) await writeBalanceTransactions(client, { customerId, id }, movements);
  if (!changed) return;
  if (before !== row.status) {
    await recordStatus(client, row, before, claimed);
    // The payment's own total changes with it, and a refund that fails later brings no event about the charge.
    await markForRefresh(client, "payment_intent", paymentId);
  }
  await notifyChange(client, { customerId, nouns: ["refunds", "payments", "invoices"] });
}

/** What we asked for is told by its operation; the rest of a refund's life, and refunds made by hand, here. */
async function recordStatus(
  client: pg.PoolClient,
  row: RefundRow,
  before: string | undefined,
  claimed: string | undefined,
): Promise<void> {
  if (before === undefined && row.operationId && isLiveRefund(row.status)) return;
  const action = before === undefined && !row.operationId ? "refunds.create" : undefined;
  await recordFromStripe(client, {
    action: action ?? (isLiveRefund(row.status) ? "refunds.settled" : "refunds.failed"),
    customerId: row.customerId,
    targetType: "refund",
    targetId: row.id,
    operationId: row.operationId,
    reason: row.failureReason ?? (claimed && !row.operationId ? notTheOperations(claimed) : null),
    before: before === undefined ? undefined : { status: before },
    after: { status: row.status, amount: row.amount, currency: row.currency },
  });
}

const notTheOperations = (claimed: string) =>
  `Its metadata names the operation ${claimed}, which did not ask for this refund.`;
