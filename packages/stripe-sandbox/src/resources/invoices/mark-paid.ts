import type { Tx } from "../../transaction";
import { closePaymentIntent } from "../payment-intents/close";
import { followInvoice } from "../subscriptions/follow-invoice";

interface Paid {
  events: string[];
}

export function markPaid(tx: Tx, id: string, paid: Paid): void {
  const invoice = tx.need("invoices", id);
  tx.patch("invoices", id, {
    status: "paid",
    amount_paid: invoice.amount_due,
    amount_remaining: 0,
    attempted: true,
    auto_advance: false,
    next_payment_attempt: null,
    status_transitions: { ...invoice.status_transitions, paid_at: tx.now },
  });
  for (const payment of tx.by("invoice_payments", "invoice", id)) {
    if (payment.status !== "open") continue;
    tx.patch("invoice_payments", payment.id, {
      status: "canceled",
      status_transitions: { canceled_at: tx.now, paid_at: null },
    });
    const intent = tx.get("payment_intents", payment.payment.payment_intent ?? "");
    if (intent && !["succeeded", "canceled", "processing"].includes(intent.status))
      closePaymentIntent(tx, intent.id, "void_invoice");
  }
  if (invoice.customer && tx.get("customers", invoice.customer)?.delinquent) {
    tx.patch("customers", invoice.customer, { delinquent: false });
    tx.emit("customer.updated", "customers", invoice.customer);
  }
  for (const event of paid.events) tx.emit(event, "invoices", id);
  followInvoice(tx, id);
}
