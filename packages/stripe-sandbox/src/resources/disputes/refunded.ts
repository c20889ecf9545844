import { invalid } from "../../http/errors";
import type { Charge } from "../../tables";
import type { Tx } from "../../transaction";
import { settleWarnings } from "../early-fraud-warnings";
import { isChargeRefundable } from "./outcome";

/** Once the bank has taken the money back, there is none to refund. */
export function refuseDisputed(tx: Tx, charge: Charge): void {
  const taken = tx.by("disputes", "charge", charge.id).some(({ status }) => !isChargeRefundable(status));
  if (!taken) return;
  throw invalid(
    `Charge ${charge.id} has been charged back; cannot issue a refund.`,
    "charge_disputed",
    "charge",
  );
}

/** A refund answers what the bank asked or warned of. */
export function afterRefund(tx: Tx, chargeId: string): void {
  settleWarnings(tx, chargeId);
  if (!tx.need("charges", chargeId).refunded) return;
  for (const dispute of tx.by("disputes", "charge", chargeId)) {
    if (!dispute.is_charge_refundable) continue;
    tx.patch("disputes", dispute.id, { is_charge_refundable: false });
    tx.emit("charge.dispute.updated", "disputes", dispute.id);
  }
}
