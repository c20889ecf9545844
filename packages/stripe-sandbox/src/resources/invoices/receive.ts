import type { InvoicePayment } from "../../tables";
import type { Tx } from "../../transaction";
import { moveCustomerBalance } from "../customer-balance";
import { paymentIntentOf } from "./payment-of";

/** Books a payment on its invoice; true when nothing is left to pay. What is too much becomes credit. */
export function receivePayment(tx: Tx, payment: InvoicePayment, amount: number): boolean {
  const { id, ...invoice } = tx.need("invoices", payment.invoice);
  tx.patch("invoice_payments", payment.id, {
    status: "paid",
    amount_paid: amount,
    status_transitions: { canceled_at: null, paid_at: tx.now },
  });
  tx.soon("invoice_payment.paid", payment.id);
  const over = Math.max(0, amount - invoice.amount_remaining);
  const remaining = Math.max(0, invoice.amount_remaining - amount);
  tx.patch("invoices", id, {
    amount_paid: invoice.amount_paid + amount - over,
    amount_remaining: remaining,
    amount_overpaid: invoice.amount_overpaid + over,
  });
  if (over > 0 && invoice.customer) {
    moveCustomerBalance(tx, invoice.customer, -over, {
      type: "invoice_overpaid",
      currency: invoice.currency,
      invoice: id,
    });
    tx.emit("invoice.overpaid", "invoices", id);
  }
  if (remaining === 0) return true;
  askForRest(tx, id);
  tx.emit("invoice.updated", "invoices", id);
  return false;
}

/** The payment that waits for the customer is never for more than what is left. */
export function askForRest(tx: Tx, invoiceId: string): void {
  const { amount_remaining: amount } = tx.need("invoices", invoiceId);
  const intent = tx.get("payment_intents", paymentIntentOf(tx, invoiceId) ?? "");
  if (!intent || ["succeeded", "canceled"].includes(intent.status)) return;
  tx.patch("payment_intents", intent.id, { amount });
  for (const payment of tx.by("invoice_payments", "payment.payment_intent", intent.id))
    tx.patch("invoice_payments", payment.id, { amount_requested: amount });
}
