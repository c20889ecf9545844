import type { InvoiceDetail } from "@farebox/billing";
import { Card } from "@farebox/ui/card";
import { useSay } from "../subscriptions/use-say";
import { paymentSentence, refundSentence } from "./money-sentences";

export function InvoicePayments({ invoice }: { invoice: InvoiceDetail }) {
  const say = useSay();
  const { payments, refunds } = invoice;
  if (payments.length === 0 && refunds.length === 0) return null;
  return (
    <Card aria-labelledby="invoice-payments" className="p-6">
      <h2 id="invoice-payments" className="text-base">
        {refunds.length > 0 ? "Payments and refunds" : "Payments"}
      </h2>
      <ul className="mt-2 divide-y" aria-live="polite">
        {payments.map((payment) => (
          <li key={payment.id} className="py-3">
            {paymentSentence(payment, say)}
          </li>
        ))}
        {refunds.map((refund) => (
          <li key={refund.id} className="py-3">
            {refundSentence(refund, say)}
          </li>
        ))}
      </ul>
    </Card>
  );
}
