import type { Charge } from "../../tables";
import type { Tx } from "../../transaction";
import { takeFee } from "../application-fees/take";
import { makeTransfer } from "../transfers/make";
import { needReceiver } from "./application";

/** Right after the money was taken, the destination gets its share; the platform's fee comes out of that. */
export function passOn(tx: Tx, id: string): void {
  const charge = tx.need("charges", id);
  const { transfer_data: given } = charge;
  if (!given) return;
  needReceiver(tx, given.destination, "transfer_data[destination]");
  const transfer = makeTransfer(tx, {
    amount: Math.min(given.amount ?? charge.amount_captured, charge.amount_captured),
    currency: charge.currency,
    destination: given.destination,
    sourceTransaction: charge.id,
    group: charge.transfer_group,
    fee: feeOf(charge),
  });
  tx.patch("charges", id, { transfer: transfer.id });
}

/** Capped at what was captured. */
function feeOf({ application_fee_amount: fee, amount_captured: amount }: Charge): number {
  return Math.min(fee ?? 0, amount);
}

/** The object of the fee, on the platform; the money moves with the payment it is taken from. */
export function takeApplicationFee(tx: Tx, id: string): void {
  const charge = tx.need("charges", id);
  const fee = feeOf(charge);
  if (fee === 0) return;
  const { account } = tx;
  const transfer = charge.transfer ? tx.need("transfers", charge.transfer) : undefined;
  const made = tx.within(null, () =>
    takeFee(tx, {
      account: account ?? transfer?.destination ?? "",
      amount: fee,
      currency: charge.currency,
      charge: transfer?.destination_payment ?? charge.id,
      originating: transfer ? charge.id : null,
    }),
  );
  tx.patch("charges", id, { application_fee: made.id, application_fee_amount: fee });
  if (!transfer?.destination_payment) return;
  const payment = transfer.destination_payment;
  tx.within(transfer.destination, () => tx.patch("charges", payment, { application_fee: made.id }));
}
