import { invalid } from "../../http/errors";
import type { Charge, Refund } from "../../tables";
import type { Tx } from "../../transaction";
import { refundFee } from "../application-fees/refund";
import { reverseTransfer } from "../transfers/reverse";
import { proRata } from "./share";

interface Asked {
  refund_application_fee?: boolean;
  reverse_transfer?: boolean;
}

export function checkShared(charge: Charge, asked: Asked): void {
  if (asked.reverse_transfer && !charge.transfer) {
    throw invalid(
      "Cannot reverse transfer on a charge that has no associated transfer.",
      undefined,
      "reverse_transfer",
    );
  }
  if (asked.refund_application_fee && !charge.application_fee) {
    throw invalid(
      "Cannot refund the application fee of a charge that has none.",
      undefined,
      "refund_application_fee",
    );
  }
}

/** By default the platform bears a refund alone; asked for, transfer and fee come back in the same part. */
export function takeAlong(tx: Tx, refund: Refund, asked: Asked): void {
  const charge = tx.need("charges", refund.charge ?? "");
  const part = { part: refund.amount, whole: charge.amount_captured, isLast: charge.refunded };
  if (asked.reverse_transfer) reverse(tx, refund.id, charge, part);
  const fee = charge.application_fee;
  if (!asked.refund_application_fee || !fee) return;
  tx.within(null, () => {
    const { amount: total, amount_refunded: taken } = tx.need("application_fees", fee);
    const amount = proRata(total, { ...part, taken });
    if (amount > 0) refundFee(tx, fee, { amount });
  });
}

function reverse(
  tx: Tx,
  refund: string,
  charge: Charge,
  part: { part: number; whole: number; isLast: boolean },
): void {
  const transfer = tx.need("transfers", charge.transfer ?? "");
  const amount = proRata(transfer.amount, { ...part, taken: transfer.amount_reversed });
  if (amount === 0) return;
  const reversal = reverseTransfer(tx, transfer.id, { amount, sourceRefund: refund });
  tx.patch("refunds", refund, { transfer_reversal: reversal.id });
}
