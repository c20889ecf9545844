import type { InvoiceDetail } from "@farebox/billing";
import { useFormatMoney } from "@farebox/ui/money";
import { trpc } from "../../lib/trpc";
import { refundPreview } from "./refund-preview";

interface RefundPreviewProps {
  invoice: InvoiceDetail;
  amount: number;
}

/** The consequence before the button. The plan's state comes from the customer; until it is here nothing is claimed. */
export function RefundPreview({ invoice, amount }: RefundPreviewProps) {
  const say = useFormatMoney();
  const customer = trpc.customers.get.useQuery(
    { customerId: invoice.customer.id },
    { enabled: invoice.subscriptionId !== null },
  );
  const subscription = customer.data?.subscriptions.find(({ id }) => id === invoice.subscriptionId);
  return (
    <p
      role="status"
      aria-label="Effect of this refund"
      className="rounded-md bg-sunken px-3 py-2 text-sm tabular-nums"
    >
      {refundPreview(invoice, amount, subscription?.status, say)}
    </p>
  );
}
