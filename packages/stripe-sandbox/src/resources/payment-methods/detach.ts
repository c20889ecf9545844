import { invalid } from "../../http/errors";
import type { Tx } from "../../transaction";

/** For good: a detached card can never be used again. */
export function detachPaymentMethod(tx: Tx, id: string): void {
  const { customer } = tx.need("payment_methods", id);
  if (!customer) {
    throw invalid(
      "The payment method you provided is not attached to a customer so detachment is impossible.",
      "payment_method_unexpected_state",
    );
  }
  forget(tx, id, customer);
  tx.patch("payment_methods", id, { customer: null });
  tx.patch("cards", id, { detached: true });
  tx.emit("payment_method.detached", "payment_methods", id);
}

/** A detached card is nobody's default any more. */
function forget(tx: Tx, id: string, customerId: string): void {
  const customer = tx.get("customers", customerId);
  if (customer?.invoice_settings.default_payment_method === id) {
    tx.patch("customers", customerId, {
      invoice_settings: { ...customer.invoice_settings, default_payment_method: null },
    });
    tx.emit("customer.updated", "customers", customerId);
  }
  for (const subscription of tx.by("subscriptions", "customer", customerId)) {
    if (subscription.default_payment_method !== id) continue;
    tx.patch("subscriptions", subscription.id, { default_payment_method: null });
    tx.emit("customer.subscription.updated", "subscriptions", subscription.id);
  }
}
