import type { RefundView } from "@farebox/billing";
import type { Failure } from "../../lib/failure";

/**
 * editable: nothing moved, the form may be changed and sent as a new refund.
 * repeatable: nobody knows, the same refund may be asked for again and cannot pay out twice.
 * waiting: nobody knows yet and we will find out; this dialog must not ask again.
 * closed: it was refused and this dialog can do nothing more.
 */
export interface RefundProblem {
  kind: "editable" | "repeatable" | "waiting" | "closed";
  title: string;
  next: string;
  requestId: string | null;
}

type Words = Pick<RefundProblem, "kind" | "title" | "next">;

const closeAndLook = "Close this and look at the refunds of this invoice.";

const unanswered: Words = {
  kind: "waiting",
  title: "Stripe has not answered.",
  next: "We will settle it and show the result on this invoice. Do not refund again.",
};

const disputed: Words = {
  kind: "closed",
  title: "The cardholder disputes this payment.",
  next: "Nothing was refunded. A refund now could pay the money out twice; answer the dispute instead.",
};

const byReason: Record<string, Words> = {
  refund_exceeds_paid: {
    kind: "editable",
    title: "This is more than is left to refund.",
    next: "Nothing was refunded. Another refund may have come first; the amount left below is current.",
  },
  payment_disputed: disputed,
  charge_disputed: disputed,
  refund_disputed_payment: disputed,
  invoice_not_paid: {
    kind: "closed",
    title: "This invoice is not paid, so there is nothing to return.",
    next: "Nothing was refunded.",
  },
  operation_reused: {
    kind: "closed",
    title: "This refund was already sent with other values.",
    next: `Nothing was refunded twice. ${closeAndLook}`,
  },
  role_not_allowed: {
    kind: "closed",
    title: "Your role cannot refund.",
    next: "Nothing was refunded. Ask support, finance or an admin.",
  },
  invoice_not_found: {
    kind: "closed",
    title: "We could not find this invoice any more.",
    next: "Nothing was refunded.",
  },
  invoice_has_no_payment: {
    kind: "closed",
    title: "No card payment belongs to this invoice.",
    next: "Nothing was refunded. It was settled outside Stripe or from the customer's balance.",
  },
  outcome_unknown: unanswered,
};

export function refundProblem(failure: Failure): RefundProblem {
  return { ...wordsFor(failure), requestId: failure.requestId };
}

function wordsFor(failure: Failure): Words {
  const known = byReason[failure.reason];
  if (known) return known;
  if (failure.lost) {
    return {
      kind: "repeatable",
      title: "The answer did not reach us.",
      next: "The refund may have been made. Ask again: it is the same refund and cannot pay out twice.",
    };
  }
  if (failure.code === "INTERNAL_SERVER_ERROR") {
    return {
      kind: "repeatable",
      title: "Something went wrong on our side.",
      next: "The refund may have been made. Ask again: it is the same refund and cannot pay out twice.",
    };
  }
  if (failure.code === "UNAUTHORIZED") {
    return { kind: "closed", title: "You are signed out.", next: "Nothing was refunded. Sign in again." };
  }
  return { kind: "editable", title: failure.message, next: "Nothing was refunded." };
}

/** A refund that came back without being made: by Stripe's refusal, or because Stripe has not answered. */
export function problemOfRefund(refund: RefundView): RefundProblem | null {
  if (refund.status === "unknown" || refund.status === "submitted") return { ...unanswered, requestId: null };
  if (refund.status !== "failed" && refund.status !== "canceled") return null;
  const why = refund.failureReason ? ` (${refund.failureReason.replaceAll("_", " ")})` : "";
  return {
    kind: "editable",
    title: `Stripe could not make this refund${why}.`,
    next: "Nothing was refunded.",
    requestId: null,
  };
}
