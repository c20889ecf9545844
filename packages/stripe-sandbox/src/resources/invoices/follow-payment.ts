import type { Tx } from "../../transaction";
import { followInvoice } from "../subscriptions/follow-invoice";
import { countAttempt, giveUp, planRetry } from "./dunning";
import { markPaid } from "./mark-paid";
import { receivePayment } from "./receive";

/** What a payment of an invoice means for that invoice and its subscription. */
export function followPayment(tx: Tx, intentId: string, automatic = false): void {
  const intent = tx.need("payment_intents", intentId);
  const payment = tx.by("invoice_payments", "payment.payment_intent", intentId)[0];
  const invoice = payment && tx.get("invoices", payment.invoice);
  if (!invoice || !["open", "uncollectible"].includes(invoice.status ?? "")) return;
  if (intent.status === "succeeded") {
    countAttempt(tx, invoice.id, automatic);
    if (payment.status === "open" && !receivePayment(tx, payment, intent.amount_received)) return;
    markPaid(tx, invoice.id, { events: ["invoice.paid", "invoice.payment_succeeded"] });
    return;
  }
  const refused = intent.status === "requires_payment_method" && intent.last_payment_error !== null;
  const mustAuthenticate =
    intent.status === "requires_action" || intent.last_payment_error?.code === "authentication_required";
  if (!refused && !mustAuthenticate) return;
  countAttempt(tx, invoice.id, automatic);
  const goesOn = planRetry(tx, invoice.id, automatic);
  if (mustAuthenticate) tx.emit("invoice.payment_action_required", "invoices", invoice.id);
  if (refused) tx.emit("invoice.payment_failed", "invoices", invoice.id);
  followInvoice(tx, invoice.id);
  if (refused && invoice.customer && invoice.billing_reason !== "subscription_create") {
    tx.patch("customers", invoice.customer, { delinquent: true });
    tx.emit("customer.updated", "customers", invoice.customer);
  }
  if (!goesOn) giveUp(tx, invoice.id);
}
