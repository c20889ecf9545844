import type { AttemptView, CreditNoteView, PaymentView, RefundView } from "@farebox/billing";
import { cardName } from "../payment-methods/card-text";
import { declineReason } from "../payments/decline-message";
import type { Say } from "../subscriptions/plan-sentence";

/** Money that moved is past tense and certain; money on its way says so. */
export function paymentSentence(payment: PaymentView, say: Say): string {
  const amount = say.money(payment.amount, payment.currency);
  const card = payment.card ? ` with ${cardName(payment.card)}` : "";
  const on = `on ${say.date(payment.createdAt)}`;
  if (payment.status === "succeeded") return `Paid ${amount}${card} ${on}.`;
  if (payment.status === "processing") return `A payment of ${amount}${card} is on its way, started ${on}.`;
  if (payment.status === "canceled") return `A payment of ${amount} was canceled ${on}. Nothing was charged.`;
  if (payment.failureCode || payment.failureMessage) {
    return `A payment of ${amount}${card} failed ${on}. ${declineReason(payment.failureCode)}`;
  }
  return `A payment of ${amount} was started ${on} and is not completed.`;
}

export function refundSentence(refund: RefundView, say: Say): string {
  const amount = say.money(refund.amount, refund.currency);
  const date = say.date(refund.createdAt);
  switch (refund.status) {
    case "succeeded":
      return `Refunded ${amount} on ${date}.`;
    case "failed":
    case "canceled":
      return `A refund of ${amount} from ${date} did not reach you. The amount is still with us.`;
    default:
      return `A refund of ${amount} is on its way, started on ${date}.`;
  }
}

export function attemptSentence(attempt: AttemptView, say: Say): string {
  const card = attempt.card ? ` with ${cardName(attempt.card)}` : "";
  const amount = say.money(attempt.amount, attempt.currency);
  return `A payment of ${amount}${card} failed on ${say.date(attempt.createdAt)}. ${declineReason(attempt.failureCode)}`;
}

export function creditNoteSentence(note: CreditNoteView, say: Say): string {
  const amount = say.money(note.amount, note.currency);
  const date = say.date(note.createdAt);
  if (note.status === "void") return `Credit note ${note.number} of ${amount} from ${date} was taken back.`;
  const what = note.givenBack > 0 ? "given back to you" : "taken off what is to pay";
  return `Credit note ${note.number}: ${amount} ${what} on ${date}.`;
}
