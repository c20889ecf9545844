import { invalid } from "../../http/errors";
import { type Metadata, mergeMetadata } from "../../http/params";
import { newId } from "../../ids";
import type { FeeRefund } from "../../tables";
import type { Tx } from "../../transaction";
import { recordEntry } from "../balance";

/** The platform gives back to the account, all that is left or a part. */
export function refundFee(
  tx: Tx,
  id: string,
  given: { amount?: number; metadata?: Metadata | null } = {},
): FeeRefund {
  const fee = tx.need("application_fees", id);
  const left = fee.amount - fee.amount_refunded;
  const amount = given.amount ?? left;
  if (left === 0)
    throw invalid(`Application fee ${id} has already been refunded.`, "charge_already_refunded", "id");
  if (amount < 1 || amount > left) {
    throw invalid(
      `Refund amount (${amount}) must be between 1 and the unrefunded amount of the fee (${left}).`,
      "amount_too_large",
      "amount",
    );
  }
  const refundId = newId("fr");
  const { currency } = fee;
  const entry = recordEntry(tx, {
    amount: -amount,
    currency,
    source: refundId,
    type: "application_fee_refund",
    description: null,
  });
  const refund = tx.put("fee_refunds", {
    id: refundId,
    object: "fee_refund",
    amount,
    balance_transaction: entry.id,
    created: tx.now,
    currency,
    fee: id,
    metadata: mergeMetadata(null, given.metadata),
  });
  const refunded = fee.amount_refunded + amount;
  tx.patch("application_fees", id, { amount_refunded: refunded, refunded: refunded === fee.amount });
  tx.emit("application_fee.refunded", "application_fees", id);
  creditAccount(tx, fee.account, { amount, currency, source: refundId });
  return refund;
}

/** Stripe does not say how the account's books show it; here as an entry of its own. */
function creditAccount(
  tx: Tx,
  account: string,
  given: { amount: number; currency: string; source: string },
): void {
  tx.within(account, () =>
    recordEntry(tx, { ...given, type: "application_fee_refund", description: "APPLICATION FEE REFUND" }),
  );
}
