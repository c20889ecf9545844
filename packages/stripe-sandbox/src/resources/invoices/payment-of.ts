import type { Read } from "../../transaction";

export function paymentIntentOf(read: Read, invoiceId: string): string | undefined {
  const payments = read.by("invoice_payments", "invoice", invoiceId);
  const payment = payments.find((row) => row.is_default && row.status !== "canceled") ?? payments[0];
  return payment?.payment.payment_intent;
}
