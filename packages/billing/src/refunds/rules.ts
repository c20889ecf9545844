import { formatMoney } from "../money";

const liveRefundStatuses = ["pending", "requires_action", "succeeded"];

/** Whether a refund has taken, or may still take, its amount from the payment. */
export const isLiveRefund = (status: string): boolean => liveRefundStatuses.includes(status);

export interface RefundablePayment {
  id: string;
  currency: string;
  received: number;
  /** Refunds that have taken their amount or may still take it, and those Stripe has not answered yet. */
  held: number;
  disputed: boolean;
  createdAt: Date;
}

export type RefundDecision =
  | { may: true; payment: RefundablePayment }
  | { may: false; reason: string; message: string; left: number };

export const amountLeft = (payment: RefundablePayment): number =>
  Math.max(payment.received - payment.held, 0);

/** Of an invoice: nothing can be taken from a payment the cardholder disputes. */
export const refundableOf = (payments: readonly RefundablePayment[]): number =>
  payments.reduce((left, payment) => left + (payment.disputed ? 0 : amountLeft(payment)), 0);

/** One refund returns one payment: the newest that can carry the whole amount. */
export function decideRefund(
  invoice: { status: string; currency: string },
  payments: readonly RefundablePayment[],
  amount: number,
): RefundDecision {
  const left = refundableOf(payments);
  const no = (reason: string, message: string): RefundDecision => ({ may: false, reason, message, left });
  if (invoice.status !== "paid") {
    return no("invoice_not_paid", "Only a paid invoice can be refunded.");
  }
  if (payments.length === 0) {
    return no(
      "invoice_has_no_payment",
      "No card payment belongs to this invoice, so there is nothing to refund.",
    );
  }
  const carrying = payments.filter((payment) => amountLeft(payment) >= amount);
  const newestFirst = carrying
    .filter((payment) => !payment.disputed)
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1));
  if (newestFirst[0]) return { may: true, payment: newestFirst[0] };
  if (carrying.length > 0) {
    return no("payment_disputed", "The cardholder disputes this payment, so it cannot be refunded here.");
  }
  const money = (value: number) => formatMoney({ amount: value, currency: invoice.currency });
  if (amount > left) {
    return no("refund_exceeds_paid", `At most ${money(left)} of this invoice can still be refunded.`);
  }
  const most = Math.max(...payments.filter(({ disputed }) => !disputed).map(amountLeft));
  return no(
    "refund_exceeds_payment",
    `This invoice was paid in parts and one refund can return one part: at most ${money(most)} at once.`,
  );
}
