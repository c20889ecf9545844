import type { CheckoutOrder, CheckoutSession } from "../../tables";
import type { Tx } from "../../transaction";
import { createItem } from "../invoice-items/change";
import { draftInvoice } from "../invoices/draft";
import { finalizeInvoice } from "../invoices/finalize";
import { followPayment } from "../invoices/follow-payment";
import { totalUp } from "../invoices/total-up";
import { itemsOf, withPricesOpen } from "./items";

/** `invoice_creation`: an invoice of what was bought, paid by the payment that was just made. */
export function invoiceForPayment(tx: Tx, session: CheckoutSession, order: CheckoutOrder): void {
  const { enabled, invoice_data: data } = session.invoice_creation ?? {};
  if (!enabled || !order.customer || !order.intent) return;
  const customer = tx.need("customers", order.customer);
  const invoice = draftInvoice(tx, {
    customer,
    currency: session.currency ?? "usd",
    billing_reason: "manual",
    description: data?.description ?? null,
    footer: data?.footer ?? null,
    metadata: data?.metadata ?? {},
    discounts: order.discount ? [order.discount] : [],
  });
  if (data?.custom_fields) tx.patch("invoices", invoice.id, { custom_fields: data.custom_fields });
  if (order.discount) tx.patch("discounts", order.discount, { customer: customer.id, invoice: invoice.id });
  const items = itemsOf(tx, session.id).filter(({ quantity }) => quantity !== 0);
  withPricesOpen(tx, items, () => {
    for (const { price, quantity, rates } of items)
      createItem(
        tx,
        { pricing: { price }, quantity: quantity ?? 1, ...(rates.length > 0 && { tax_rates: rates }) },
        { customer: tx.need("customers", customer.id), currency: invoice.currency, invoice },
      );
  });
  totalUp(tx, invoice.id);
  finalizeInvoice(tx, invoice.id, { payment: order.intent });
  followPayment(tx, order.intent);
  tx.patch("checkout_sessions", session.id, { invoice: invoice.id });
}
