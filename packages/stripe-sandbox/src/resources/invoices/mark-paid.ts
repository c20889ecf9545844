import type { Tx } from "../../transaction";
import { followInvoice } from "../subscriptions/follow-invoice";

interface Paid {
  events: string[];
  /** Settled without a payment of ours. */
  outOfBand?: boolean;
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
    const changes = paid.outOfBand
      ? { status: "canceled", status_transitions: { canceled_at: tx.now, paid_at: null } }
      : {
          status: "paid",
          amount_paid: payment.amount_requested,
          status_transitions: { canceled_at: null, paid_at: tx.now },
        };
    tx.patch("invoice_payments", payment.id, changes);
    if (!paid.outOfBand) tx.schedule(tx.settings.settleDelayMs, "invoice_payment.paid", payment.id);
  }
  if (invoice.customer && tx.get("customers", invoice.customer)?.delinquent) {
    tx.patch("customers", invoice.customer, { delinquent: false });
    tx.emit("customer.updated", "customers", invoice.customer);
  }
  for (const event of paid.events) tx.emit(event, "invoices", id);
  followInvoice(tx, id);
}
