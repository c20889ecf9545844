import { invalid } from "../../http/errors";
import { hash, text, unsupported } from "../../http/params";
import { newId } from "../../ids";
import type { Tx } from "../../transaction";
import { followPayment } from "./follow-payment";

export const attachParams = hash({ payment_intent: text, payment_record: unsupported });

/** A payment made elsewhere counts towards an open invoice, now or when it succeeds. */
export function attachPayment(tx: Tx, id: string, given: ReturnType<typeof attachParams>): void {
  const invoice = tx.need("invoices", id);
  if (!given.payment_intent)
    throw invalid("Missing required param: payment_intent.", "parameter_missing", "payment_intent");
  const intent = tx.need("payment_intents", given.payment_intent, "payment_intent");
  if (invoice.status !== "open") {
    throw invalid(
      `A payment can be attached to an open invoice only; this one is ${invoice.status}.`,
      "status_transition_invalid",
    );
  }
  const refusal =
    (intent.customer !== invoice.customer && "belongs to another customer") ||
    (intent.currency !== invoice.currency && `is not in ${invoice.currency}`) ||
    (intent.status === "canceled" && "was canceled") ||
    (tx.by("invoice_payments", "payment.payment_intent", intent.id).length > 0 &&
      "is already attached to an invoice");
  if (refusal) throw invalid(`The payment ${intent.id} ${refusal}.`, undefined, "payment_intent");
  tx.put("invoice_payments", {
    id: newId("inpay"),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: intent.amount,
    created: tx.now,
    currency: intent.currency,
    invoice: id,
    is_default: false,
    livemode: false,
    payment: { payment_intent: intent.id, type: "payment_intent" },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  });
  followPayment(tx, intent.id);
  tx.emit("invoice.updated", "invoices", id);
}
