import { randomText } from "../../ids";
import type { Tx } from "../../transaction";
import { recordEntry } from "../balance";

/** The bank's reference arrives; a pending refund has arrived with it. */
export function settle(tx: Tx, id: string): void {
  const refund = tx.get("refunds", id);
  if (!refund || !["pending", "succeeded"].includes(refund.status ?? "")) return;
  const { pending_reason: _reason, ...rest } = refund;
  tx.put("refunds", {
    ...rest,
    status: "succeeded",
    destination_details: {
      card: {
        reference: randomText(23),
        reference_status: "available",
        reference_type: "acquirer_reference_number",
        type: "refund",
      },
      type: "card",
    },
  });
  tx.emit("refund.updated", "refunds", id);
  tx.emit("charge.refund.updated", "refunds", id);
}

/** The customer's bank sends the money back: it is ours again and the charge is less refunded. */
export function fail(tx: Tx, id: string): void {
  const refund = tx.get("refunds", id);
  const charge = tx.get("charges", refund?.charge ?? "");
  if (!refund || !charge || refund.status !== "succeeded") return;
  const entry = recordEntry(tx, {
    amount: refund.amount,
    currency: refund.currency,
    source: id,
    type: "refund_failure",
    description: "REFUND FAILURE",
  });
  tx.patch("refunds", id, {
    status: "failed",
    failure_reason: "expired_or_canceled_card",
    failure_balance_transaction: entry.id,
  });
  tx.patch("charges", charge.id, {
    amount_refunded: charge.amount_refunded - refund.amount,
    refunded: false,
  });
  tx.emit("refund.failed", "refunds", id);
  tx.emit("refund.updated", "refunds", id);
  tx.emit("charge.refund.updated", "refunds", id);
}
