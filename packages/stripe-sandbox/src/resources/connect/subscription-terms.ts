import { invalid } from "../../http/errors";
import { clearable, hash, natural, type Parser, text } from "../../http/params";
import type { Invoice, PaymentIntent, Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import { needReceiver, needSeller } from "./application";
import { percentOf } from "./share";

const percent: Parser<number> = (raw, path) => {
  const isPercentage = typeof raw === "string" && /^\d{1,3}(\.\d{1,2})?$/.test(raw) && Number(raw) <= 100;
  if (isPercentage) return Number(raw);
  throw invalid("A percentage is from 0 to 100, with at most two decimals.", undefined, path);
};

export const subscriptionTerms = {
  application_fee_percent: clearable(percent),
  on_behalf_of: clearable(text),
  transfer_data: clearable(hash({ amount_percent: percent, destination: text }, ["destination"])),
};
export const invoiceTerms = {
  application_fee_amount: natural,
  on_behalf_of: clearable(text),
  transfer_data: clearable(hash({ amount: natural, destination: text }, ["destination"])),
};

type Given<Spec extends Record<string, Parser<unknown>>> = {
  [Name in keyof Spec]?: ReturnType<Spec[Name]> | undefined;
};
type Terms = Pick<Subscription, "application_fee_percent" | "on_behalf_of" | "transfer_data">;

/** What each invoice of the subscription will leave to whom, merged and checked. */
export function changeSubscriptionTerms(
  tx: Tx,
  current: Terms,
  given: Given<typeof subscriptionTerms>,
): Terms {
  const { application_fee_percent: fee, on_behalf_of: seller, transfer_data: transfer } = given;
  checkParties(tx, seller, transfer);
  const terms: Terms = {
    application_fee_percent: fee === undefined ? current.application_fee_percent : fee,
    on_behalf_of: seller === undefined ? current.on_behalf_of : seller,
    transfer_data:
      transfer === undefined
        ? current.transfer_data
        : transfer && { amount_percent: transfer.amount_percent ?? null, destination: transfer.destination },
  };
  if (terms.application_fee_percent !== null && tx.account === null && !terms.transfer_data)
    throw feeNotAllowed("application_fee_percent");
  if (terms.application_fee_percent !== null && terms.transfer_data?.amount_percent != null) {
    throw invalid(
      "You may only specify one of these parameters: application_fee_percent, transfer_data[amount_percent].",
      "parameters_exclusive",
      "application_fee_percent",
    );
  }
  return terms;
}

function checkParties(
  tx: Tx,
  seller: string | null | undefined,
  transfer: { destination: string } | null | undefined,
): void {
  if (seller) needSeller(tx, seller, "on_behalf_of");
  if (transfer) needReceiver(tx, transfer.destination, "transfer_data[destination]");
}

function feeNotAllowed(param: string) {
  return invalid(
    `${param} needs the Stripe-Account header or transfer_data[destination].`,
    "application_fees_not_allowed",
    param,
  );
}

/** An invoice shows only in whose name it is; the rest is kept beside it until it is paid. */
export function changeInvoiceTerms(tx: Tx, id: string, given: Given<typeof invoiceTerms>): void {
  const { application_fee_amount: fee, on_behalf_of: seller, transfer_data: transfer } = given;
  if (fee === undefined && seller === undefined && transfer === undefined) return;
  checkParties(tx, seller, transfer);
  if (seller !== undefined) tx.patch("invoices", id, { on_behalf_of: seller });
  const kept = tx.get("invoice_terms", id);
  const destination = transfer === undefined ? kept?.destination : transfer?.destination;
  const amount = transfer === undefined ? kept?.amount : transfer?.amount;
  const taken = fee ?? kept?.fee;
  if (taken !== undefined && tx.account === null && !destination)
    throw feeNotAllowed("application_fee_amount");
  if (taken !== undefined && amount !== undefined) {
    throw invalid(
      "You may only specify one of these parameters: application_fee_amount, transfer_data[amount].",
      "parameters_exclusive",
      "application_fee_amount",
    );
  }
  tx.put("invoice_terms", {
    id,
    ...(taken !== undefined && { fee: taken }),
    ...(destination !== undefined && { destination }),
    ...(amount !== undefined && { amount }),
  });
}

/** How the payment of an invoice is shared: as it says itself, or else its subscription. */
export function paymentTerms(
  tx: Tx,
  invoice: Invoice,
  amount: number,
): Partial<Pick<PaymentIntent, "application_fee_amount" | "on_behalf_of" | "transfer_data">> {
  const own = tx.get("invoice_terms", invoice.id);
  const subscription = tx.get("subscriptions", invoice.parent?.subscription_details?.subscription ?? "");
  const percentage = subscription?.application_fee_percent;
  const fee = own?.fee ?? (percentage == null ? undefined : percentOf(amount, percentage));
  const onward = subscription?.transfer_data;
  const destination = own?.destination ?? onward?.destination;
  const share =
    own?.amount ?? (onward?.amount_percent == null ? undefined : percentOf(amount, onward.amount_percent));
  return {
    ...(fee !== undefined && { application_fee_amount: Math.min(fee, amount) }),
    ...(invoice.on_behalf_of && { on_behalf_of: invoice.on_behalf_of }),
    ...(destination && {
      transfer_data: { destination, ...(share !== undefined && { amount: Math.min(share, amount) }) },
    }),
  };
}
