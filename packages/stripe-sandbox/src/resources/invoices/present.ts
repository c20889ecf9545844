import type { Invoice, InvoiceLine, InvoicePayment } from "../../tables";
import type { Read } from "../../transaction";
import { type WireList, wireList } from "../../wire";
import { shownTaxIds } from "../tax-ids/create";
import { paymentIntentOf } from "./payment-of";

const inlined = 10;

/** Prorations and other pending items first, then the subscription's own lines. */
export function linesOf(read: Read, invoiceId: string): InvoiceLine[] {
  return read.by("invoice_lines", "invoice", invoiceId);
}

export function presentInvoice(read: Read, row: object): object {
  const invoice = row as Invoice;
  const lines = linesOf(read, invoice.id);
  return {
    ...invoice,
    ...(invoice.status === "draft" && { customer_tax_ids: shownTaxIds(read, invoice.customer) }),
    lines: wireList(`/v1/invoices/${invoice.id}/lines`, lines.slice(0, inlined), lines.length > inlined),
  };
}

export function paymentsOf(read: Read, invoiceId: string): WireList<InvoicePayment> {
  return wireList(
    "/v1/invoice_payments",
    read.by("invoice_payments", "invoice", invoiceId).slice(0, inlined),
  );
}

/** Belongs to the payment of a finalized invoice that still can be confirmed or was. */
export function confirmationSecretOf(read: Read, invoiceId: string) {
  const intent = read.get("payment_intents", paymentIntentOf(read, invoiceId) ?? "");
  return intent?.client_secret ? { client_secret: intent.client_secret, type: "payment_intent" } : null;
}
