import { invalid } from "../../http/errors";
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

/** The customer's bank sends the money back. */
export function fail(tx: Tx, id: string): void {
  if (tx.get("refunds", id)?.status !== "succeeded") return;
  takeBack(tx, id, { status: "failed", failure_reason: "expired_or_canceled_card" });
  tx.emit("refund.failed", "refunds", id);
  tx.emit("refund.updated", "refunds", id);
  tx.emit("charge.refund.updated", "refunds", id);
}

/** The money is ours again and the charge is less refunded. */
function takeBack(
  tx: Tx,
  id: string,
  ending: { status: "failed" | "canceled"; failure_reason: string },
): void {
  const { next_action: _action, ...refund } = tx.need("refunds", id);
  const entry = recordEntry(tx, {
    amount: refund.amount,
    currency: refund.currency,
    source: id,
    type: "refund_failure",
    description: "REFUND FAILURE",
  });
  tx.put("refunds", { ...refund, ...ending, failure_balance_transaction: entry.id });
  const charge = tx.get("charges", refund.charge ?? "");
  if (!charge) return;
  tx.patch("charges", charge.id, {
    amount_refunded: charge.amount_refunded - refund.amount,
    refunded: false,
  });
}

const detailsSeconds = 45 * 24 * 60 * 60;

/** As with some bank methods: where the money goes, the customer has to say. No test card leads here. */
export function askForDetails(tx: Tx, id: string): void {
  const refund = tx.need("refunds", id);
  if (!["pending", "succeeded"].includes(refund.status ?? "")) {
    throw invalid(
      `A refund that is ${refund.status} does not wait for anybody.`,
      "status_transition_invalid",
    );
  }
  tx.unschedule(id);
  tx.patch("refunds", id, {
    status: "requires_action",
    next_action: {
      display_details: {
        email_sent: { email_sent_at: tx.now, email_sent_to: "customer@example.com" },
        expires_at: tx.now + detailsSeconds,
      },
      type: "display_details",
    },
  });
  tx.emit("refund.updated", "refunds", id);
}

/** Only a refund that waits for the customer can be stopped. */
export function stopWaiting(tx: Tx, id: string, ending: "failed" | "canceled"): void {
  const { status } = tx.need("refunds", id);
  if (status !== "requires_action") {
    const verb = ending === "canceled" ? "cancel" : "expire";
    throw invalid(
      `You can only ${verb} a refund in the \`requires_action\` state; this one is ${status}.`,
      "status_transition_invalid",
    );
  }
  takeBack(tx, id, {
    status: ending,
    failure_reason: ending === "canceled" ? "merchant_request" : "unknown",
  });
  if (ending === "failed") tx.emit("refund.failed", "refunds", id);
  tx.emit("refund.updated", "refunds", id);
  tx.emit("charge.refund.updated", "refunds", id);
}
