import { invalid } from "../../http/errors";
import { type Metadata, mergeMetadata } from "../../http/params";
import { newId } from "../../ids";
import type { Transfer, TransferReversal } from "../../tables";
import type { Tx } from "../../transaction";
import { refundFee } from "../application-fees/refund";
import { recordEntry } from "../balance";
import { proRata } from "../connect/share";

interface Given {
  amount?: number;
  description?: string;
  metadata?: Metadata | null;
  refund_application_fee?: boolean;
  /** The refund that takes this along. */
  sourceRefund?: string;
}

/** Money comes back from the account, which may go below zero by it. */
export function reverseTransfer(tx: Tx, id: string, given: Given = {}): TransferReversal {
  const transfer = tx.need("transfers", id);
  const amount = amountFor(transfer, given.amount);
  const reversalId = newId("trr");
  const { currency } = transfer;
  const entry = recordEntry(tx, {
    amount,
    currency,
    source: reversalId,
    type: "transfer_refund",
    description: given.description ?? `REFUND FOR TRANSFER (${id})`,
    availableOn: notBefore(tx, transfer.balance_transaction),
  });
  const payment = transfer.destination_payment;
  const back =
    payment && transfer.destination
      ? tx.within(transfer.destination, () => giveBack(tx, payment, amount))
      : null;
  const reversed = transfer.amount_reversed + amount;
  tx.patch("transfers", id, { amount_reversed: reversed, reversed: reversed === transfer.amount });
  tx.emit("transfer.reversed", "transfers", id);
  if (given.refund_application_fee) refundFeeWith(tx, transfer, amount, reversed);
  return tx.put("transfer_reversals", {
    id: reversalId,
    object: "transfer_reversal",
    amount,
    balance_transaction: entry.id,
    created: tx.now,
    currency,
    destination_payment_refund: back,
    metadata: mergeMetadata(null, given.metadata),
    source_refund: given.sourceRefund ?? null,
    transfer: id,
  });
}

/** What has not left yet does not come back earlier. */
function notBefore(tx: Tx, entry: string | null): number {
  return Math.max(tx.now, tx.get("balance_transactions", entry ?? "")?.available_on ?? tx.now);
}

function amountFor(
  { id, amount: total, amount_reversed: reversed }: Transfer,
  given: number | undefined,
): number {
  const left = total - reversed;
  if (left === 0) throw invalid(`Transfer ${id} has already been fully reversed.`, undefined, "id");
  const amount = given ?? left;
  if (amount >= 1 && amount <= left) return amount;
  throw invalid(
    `Transfer reversal amount (${amount}) must be between 1 and the unreversed amount of the transfer (${left}).`,
    amount < 1 ? "parameter_invalid_integer" : "amount_too_large",
    "amount",
  );
}

function giveBack(tx: Tx, payment: string, amount: number): string {
  const charge = tx.need("charges", payment);
  const id = newId("pyr");
  const entry = recordEntry(tx, {
    amount: -amount,
    currency: charge.currency,
    source: id,
    type: "payment_refund",
    description: "REFUND FOR PAYMENT",
    availableOn: notBefore(tx, charge.balance_transaction),
  });
  const refunded = charge.amount_refunded + amount;
  tx.patch("charges", payment, { amount_refunded: refunded, refunded: refunded === charge.amount });
  tx.put("refunds", {
    id,
    object: "refund",
    amount,
    balance_transaction: entry.id,
    charge: payment,
    created: tx.now,
    currency: charge.currency,
    customer: null,
    customer_account: null,
    metadata: {},
    payment_intent: null,
    payment_method: null,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
  });
  return id;
}

/** In the same part as the transfer. */
function refundFeeWith(tx: Tx, transfer: Transfer, amount: number, reversed: number): void {
  const [fee] = tx.by("application_fees", "charge", transfer.destination_payment);
  if (!fee) throw invalid("This transfer has no application fee.", undefined, "refund_application_fee");
  const back = proRata(fee.amount, {
    part: amount,
    whole: transfer.amount,
    taken: fee.amount_refunded,
    isLast: reversed === transfer.amount,
  });
  if (back > 0) refundFee(tx, fee.id, { amount: back });
}
