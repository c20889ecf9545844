import type { InvoiceDetail } from "@farebox/billing";
import { cardText } from "../../lib/card-text";
import { statusMeaning, subscriptionStatuses } from "../../lib/status-meanings";

export type SayMoney = (amount: number, currency: string) => string;

type PreviewedInvoice = Pick<
  InvoiceDetail,
  "amountPaid" | "amountRefunded" | "currency" | "payments" | "subscriptionId"
>;

/** What pressing the button does, in one sentence: where the money goes, what stays paid, what the plan does. */
export function refundPreview(
  invoice: PreviewedInvoice,
  amount: number,
  subscriptionStatus: string | undefined,
  say: SayMoney,
): string {
  const { amountPaid, currency } = invoice;
  const stays = Math.max(0, amountPaid - invoice.amountRefunded - amount);
  const parts = [
    `Refund ${say(amount, currency)} of ${say(amountPaid, currency)} to ${refundTarget(invoice.payments, amount)}`,
    stays === 0 ? "nothing stays paid" : `${say(stays, currency)} stays paid`,
  ];
  if (invoice.subscriptionId) parts.push(planEffect(subscriptionStatus));
  return `${parts.join("; ")}.`;
}

/** A refund returns one payment, the way it came: the newest that can carry the whole amount. */
export function refundTarget(payments: InvoiceDetail["payments"], amount: number): string {
  const paid = payments
    .filter((payment) => payment.status === "succeeded")
    .sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  const carrying = paid.find((payment) => payment.amount - payment.amountRefunded >= amount) ?? paid[0];
  return carrying?.card ? cardText(carrying.card) : "the original payment method";
}

function planEffect(status: string | undefined): string {
  if (!status) return "the plan does not change";
  return `the plan stays ${statusMeaning(subscriptionStatuses, status).label.toLowerCase()}`;
}
