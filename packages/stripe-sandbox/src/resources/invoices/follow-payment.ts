import type { Tx } from "../../transaction";
import { followInvoice } from "../subscriptions/follow-invoice";
import { markPaid } from "./mark-paid";

/** What a payment of an invoice means for that invoice and its subscription. */
export function followPayment(tx: Tx, intentId: string): void {
  const intent = tx.need("payment_intents", intentId);
  const payment = tx.by("invoice_payments", "payment.payment_intent", intentId)[0];
  const invoice = payment && tx.get("invoices", payment.invoice);
  if (!invoice || !["open", "uncollectible"].includes(invoice.status ?? "")) return;
  if (intent.status === "succeeded") {
    tx.patch("invoices", invoice.id, { attempt_count: Math.max(1, invoice.attempt_count) });
    markPaid(tx, invoice.id, { events: ["invoice.paid", "invoice.payment_succeeded"] });
    return;
  }
  const refused = intent.status === "requires_payment_method" && intent.last_payment_error !== null;
  const mustAuthenticate =
    intent.status === "requires_action" || intent.last_payment_error?.code === "authentication_required";
  if (!refused && !mustAuthenticate) return;
  tx.patch("invoices", invoice.id, { attempted: true, attempt_count: Math.max(1, invoice.attempt_count) });
  if (mustAuthenticate) tx.emit("invoice.payment_action_required", "invoices", invoice.id);
  if (refused) {
    tx.emit("invoice.payment_failed", "invoices", invoice.id);
    if (invoice.customer && invoice.billing_reason !== "subscription_create")
      tx.patch("customers", invoice.customer, { delinquent: true });
  }
  followInvoice(tx, invoice.id);
}
