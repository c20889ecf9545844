import { invalid } from "../../http/errors";
import type { Tx } from "../../transaction";
import { reinstateCredits } from "../credit-grants/apply";
import { moveCustomerBalance } from "../customer-balance";
import { closePaymentIntent } from "../payment-intents/close";
import { followInvoice } from "../subscriptions/follow-invoice";

export function voidInvoice(tx: Tx, id: string): void {
  const invoice = tx.need("invoices", id);
  if (!["open", "uncollectible"].includes(invoice.status ?? "")) {
    throw invalid(
      `You can only void open or uncollectible invoices; this one is ${invoice.status}.`,
      "status_transition_invalid",
    );
  }
  tx.patch("invoices", id, {
    status: "void",
    auto_advance: false,
    next_payment_attempt: null,
    status_transitions: { ...invoice.status_transitions, voided_at: tx.now },
  });
  tx.emit("invoice.voided", "invoices", id);
  for (const payment of tx.by("invoice_payments", "invoice", id)) {
    if (payment.status !== "open") continue;
    tx.patch("invoice_payments", payment.id, {
      status: "canceled",
      status_transitions: { canceled_at: tx.now, paid_at: null },
    });
    if (payment.payment.payment_intent)
      closePaymentIntent(tx, payment.payment.payment_intent, "void_invoice");
  }
  reinstateCredits(tx, id);
  const applied = (invoice.ending_balance ?? 0) - invoice.starting_balance;
  if (applied !== 0 && invoice.customer) {
    moveCustomerBalance(tx, invoice.customer, -applied, {
      type: "unapplied_from_invoice",
      currency: invoice.currency,
      invoice: id,
    });
  }
  followInvoice(tx, id);
}
