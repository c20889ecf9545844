import type pg from "pg";
import type Stripe from "stripe";
import { balanceRows, writeBalanceTransactions } from "../balance/sync";
import type { Billing } from "../context";
import { recordFromStripe } from "../db/sql/audit";
import { disputeStatus } from "../db/sql/disputes";
import { mirrorTable, type Write } from "../db/sql/mirror-table";
import { notifyChange } from "../live/notify";
import { ensurePayment } from "../payments/sync";
import { idOf, instant } from "../stripe/fields";
import { type Apply, markForRefresh } from "../webhooks/objects";

interface DisputeRow {
  customerId: string;
  id: string;
  paymentId: string;
  chargeId: string;
  status: string;
  reason: string;
  networkReasonCode: string | null;
  currency: string;
  amount: number;
  evidenceDueAt: Date | null;
  hasEvidence: boolean;
  submissionCount: number;
  chargeRefundable: boolean;
  createdAt: Date;
}

const writeDispute = mirrorTable<DisputeRow>("dispute", [
  "paymentId",
  "chargeId",
  "status",
  "reason",
  "networkReasonCode",
  "currency",
  "amount",
  "evidenceDueAt",
  "hasEvidence",
  "submissionCount",
  "chargeRefundable",
  "createdAt",
]);

export const refreshDispute = async (billing: Billing, id: string): Promise<Apply> =>
  applyDispute(billing, await billing.stripe.disputes.retrieve(id), "latest");

/** A dispute of a charge without a payment intent is about money we know nothing of. */
export async function applyDispute(billing: Billing, dispute: Stripe.Dispute, write: Write): Promise<Apply> {
  const paymentId = idOf(dispute.payment_intent);
  const owner = paymentId ? await ensurePayment(billing, paymentId) : null;
  return async (client) => {
    if (owner && paymentId) await syncDispute(client, { customerId: owner, paymentId }, dispute, write);
  };
}

export async function syncDispute(
  client: pg.PoolClient,
  { customerId, paymentId }: { customerId: string; paymentId: string },
  dispute: Stripe.Dispute,
  write: Write,
): Promise<void> {
  const row = disputeRow(customerId, paymentId, dispute);
  const before = await disputeStatus(client, customerId, row.id);
  const changed = await writeDispute(client, row, write);
  const movements = balanceRows(dispute.balance_transactions);
  const moved = await writeBalanceTransactions(client, { customerId, id: row.id }, movements);
  if (!changed && moved === 0) return;
  if (before !== row.status) {
    await recordStatus(client, row, before);
    // The payment says whether it is disputed, and what may still be refunded.
    await markForRefresh(client, "payment_intent", paymentId);
  }
  await notifyChange(client, { customerId, nouns: ["payments", "disputes"] });
}

function disputeRow(customerId: string, paymentId: string, dispute: Stripe.Dispute): DisputeRow {
  const { evidence_details: evidence } = dispute;
  return {
    customerId,
    id: dispute.id,
    paymentId,
    chargeId: idOf(dispute.charge) ?? "",
    status: dispute.status,
    reason: dispute.reason,
    networkReasonCode: dispute.network_reason_code ?? null,
    currency: dispute.currency,
    amount: dispute.amount,
    evidenceDueAt: instant(evidence.due_by),
    hasEvidence: evidence.has_evidence,
    submissionCount: evidence.submission_count,
    chargeRefundable: dispute.is_charge_refundable,
    createdAt: instant(dispute.created),
  };
}

const recordStatus = (client: pg.PoolClient, row: DisputeRow, before: string | undefined) =>
  recordFromStripe(client, {
    action: before === undefined ? "disputes.opened" : "disputes.status_changed",
    customerId: row.customerId,
    targetType: "dispute",
    targetId: row.id,
    before: before === undefined ? undefined : { status: before },
    after: { status: row.status, amount: row.amount, currency: row.currency, reason: row.reason },
  });
