import type { Tx } from "../../transaction";
import { balanceIn, recordEntry } from "../balance";

const daySeconds = 24 * 60 * 60;
const longestWaitDays = 30;

/** Usually Stripe lets a balance go below zero; an account can be set to wait for money instead. */
export function lacksFunds(tx: Tx, currency: string, amount: number): boolean {
  return tx.settings.refundsNeedFunds === true && balanceIn(tx, currency) < amount;
}

export function lookForFundsLater(tx: Tx, id: string): void {
  tx.schedule(daySeconds * 1000, "refund.fund", id);
}

export function bookRefund(tx: Tx, id: string): string {
  const { amount, currency } = tx.need("refunds", id);
  const entry = recordEntry(tx, {
    amount: -amount,
    currency,
    source: id,
    type: "refund",
    description: "REFUND FOR CHARGE",
  });
  tx.patch("refunds", id, { balance_transaction: entry.id });
  return entry.id;
}

/** Once a day: it goes when there is money, and fails when there was none for a month. */
export function fund(tx: Tx, id: string): void {
  const refund = tx.get("refunds", id);
  if (refund?.status !== "pending" || refund.pending_reason !== "insufficient_funds") return;
  if (!lacksFunds(tx, refund.currency, refund.amount)) {
    bookRefund(tx, id);
    tx.patch("refunds", id, { pending_reason: "processing" });
    tx.emit("charge.refunded", "charges", refund.charge ?? "");
    tx.soon("refund.settle", id);
    return;
  }
  if (tx.now < refund.created + longestWaitDays * daySeconds) lookForFundsLater(tx, id);
  else giveUp(tx, id);
}

function giveUp(tx: Tx, id: string): void {
  const { pending_reason: _reason, ...refund } = tx.need("refunds", id);
  tx.put("refunds", { ...refund, status: "failed", failure_reason: "insufficient_funds" });
  const charge = tx.get("charges", refund.charge ?? "");
  if (charge) {
    const left = charge.amount_refunded - refund.amount;
    tx.patch("charges", charge.id, { amount_refunded: left, refunded: false });
  }
  tx.emit("refund.failed", "refunds", id);
  tx.emit("refund.updated", "refunds", id);
  tx.emit("charge.refund.updated", "refunds", id);
}
