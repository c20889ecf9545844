import { invalid } from "../../http/errors";
import { clearable, hash, natural, text, unsupported } from "../../http/params";
import type { Charge, PaymentIntent } from "../../tables";
import type { Tx } from "../../transaction";
import { needReceiver, needSeller } from "./application";

export const transferData = hash(
  {
    amount: natural,
    description: unsupported,
    destination: text,
    metadata: unsupported,
    payment_data: unsupported,
  },
  ["destination"],
);
export const changedTransferData = hash({
  amount: natural,
  description: unsupported,
  metadata: unsupported,
  payment_data: unsupported,
});

export const intentTerms = {
  application_fee_amount: natural,
  on_behalf_of: text,
  transfer_data: transferData,
  transfer_group: clearable(text),
};
export const changedTerms = {
  application_fee_amount: clearable(natural),
  transfer_data: changedTransferData,
  transfer_group: clearable(text),
};

interface Given {
  application_fee_amount?: number | null | undefined;
  on_behalf_of?: string | undefined;
  transfer_data?: { amount?: number; destination?: string } | undefined;
}
type Terms = Pick<PaymentIntent, "application_fee_amount" | "on_behalf_of" | "transfer_data">;

/** How a payment is shared between platform and account, merged and checked. */
export function changeTerms(tx: Tx, intent: PaymentIntent, given: Given): Terms {
  const { amount, destination = intent.transfer_data?.destination } = given.transfer_data ?? {};
  if (given.transfer_data && !destination)
    throw invalid("This payment has no transfer_data to change.", undefined, "transfer_data");
  if (given.transfer_data?.destination)
    needReceiver(tx, given.transfer_data.destination, "transfer_data[destination]");
  if (given.on_behalf_of) needSeller(tx, given.on_behalf_of, "on_behalf_of");
  const share = amount ?? intent.transfer_data?.amount;
  const terms: Terms = {
    application_fee_amount:
      given.application_fee_amount === undefined
        ? intent.application_fee_amount
        : given.application_fee_amount,
    on_behalf_of: given.on_behalf_of ?? intent.on_behalf_of,
    transfer_data: destination ? { destination, ...(share !== undefined && { amount: share }) } : null,
  };
  checkTerms(tx, terms, intent.amount);
  return terms;
}

function checkTerms(
  tx: Tx,
  { application_fee_amount: fee, transfer_data: transfer }: Terms,
  amount: number,
): void {
  if (fee !== null && tx.account === null && !transfer) {
    throw invalid(
      "Can only apply an application_fee_amount when the PaymentIntent is attempting a direct payment (using the Stripe-Account header) or a destination payment (using `transfer_data[destination]`).",
      "application_fees_not_allowed",
      "application_fee_amount",
    );
  }
  if (fee !== null && transfer?.amount !== undefined) {
    throw invalid(
      "You may only specify one of these parameters: application_fee_amount, transfer_data[amount].",
      "parameters_exclusive",
      "application_fee_amount",
    );
  }
  if (fee !== null && fee > amount)
    throw invalid(
      "The application_fee_amount cannot be more than the amount.",
      undefined,
      "application_fee_amount",
    );
  if (transfer?.amount !== undefined && transfer.amount > amount)
    throw invalid(
      "transfer_data[amount] cannot be more than the amount.",
      undefined,
      "transfer_data[amount]",
    );
}

/** The charge keeps what was agreed; payments that are shared belong to a group. */
export function chargeTerms(
  intent: PaymentIntent,
): Pick<Charge, "application_fee_amount" | "on_behalf_of" | "transfer_data" | "transfer_group"> {
  const { transfer_data: transfer } = intent;
  return {
    application_fee_amount: intent.application_fee_amount,
    on_behalf_of: intent.on_behalf_of,
    transfer_data: transfer ? { amount: transfer.amount ?? null, destination: transfer.destination } : null,
    transfer_group: intent.transfer_group ?? (transfer ? `group_${intent.id}` : null),
  };
}
