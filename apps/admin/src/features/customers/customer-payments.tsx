import type { PaymentView } from "@farebox/billing";
import { type Column, DataTable } from "@farebox/ui/data-table";
import { DateTime } from "@farebox/ui/date-time";
import { EmptyState } from "@farebox/ui/empty-state";
import { Money } from "@farebox/ui/money";
import { useNavigate } from "@tanstack/react-router";
import { CreditCard } from "lucide-react";
import { useRef } from "react";
import { cardText } from "../../lib/card-text";
import type { CustomerDetail } from "../../lib/views";
import { Status } from "../console/status";
import { useRowKeys } from "../console/use-row-keys";
import { failureText } from "../payments/failure-text";
import { PaymentSheet } from "../payments/payment-sheet";

interface CustomerPaymentsProps {
  customer: CustomerDetail;
  openPaymentId: string | undefined;
}

export function CustomerPayments({ customer, openPaymentId }: CustomerPaymentsProps) {
  const navigate = useNavigate();
  const region = useRef<HTMLDivElement>(null);
  useRowKeys(region);
  const open = customer.payments.find((payment) => payment.id === openPaymentId);

  function show(payment: string | undefined) {
    void navigate({
      to: "/customers/$customerId",
      params: { customerId: customer.id },
      search: { tab: "payments", payment },
      replace: payment === undefined,
      resetScroll: false,
    });
  }
  return (
    <div ref={region} className="mt-4">
      <DataTable
        caption="Payments of this customer, newest first"
        columns={columns}
        rows={customer.payments}
        rowKey={(payment) => payment.id}
        selectedKey={open?.id}
        onOpen={({ id }) => show(id)}
        empty={
          <EmptyState icon={CreditCard} title="No payments yet">
            Every try to pay appears here, also the ones that failed.
          </EmptyState>
        }
      />
      {open ? <PaymentSheet payment={open} onClose={() => show(undefined)} /> : null}
    </div>
  );
}

const columns: Column<PaymentView>[] = [
  {
    key: "amount",
    header: "Amount",
    lead: true,
    cell: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
  },
  { key: "status", header: "Status", cell: ({ status }) => <Status of="payment" status={status} /> },
  {
    key: "card",
    header: "Card",
    cell: ({ card }) => (card ? cardText(card) : <span className="text-quiet">–</span>),
  },
  {
    key: "why",
    header: "Failure",
    cell: (payment) => failureText(payment) ?? <span className="text-quiet">–</span>,
  },
  {
    key: "refunded",
    header: "Refunded",
    end: true,
    cell: ({ amountRefunded, currency }) =>
      amountRefunded === 0 ? (
        <span className="text-quiet">–</span>
      ) : (
        <Money amount={-amountRefunded} currency={currency} />
      ),
  },
  {
    key: "created",
    header: "Created",
    cell: ({ createdAt }) => <DateTime value={createdAt} style="datetime" />,
  },
];
