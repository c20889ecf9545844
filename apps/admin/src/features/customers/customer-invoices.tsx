import type { InvoiceSummary } from "@farebox/billing";
import { type Column, DataTable } from "@farebox/ui/data-table";
import { DateTime } from "@farebox/ui/date-time";
import { EmptyState } from "@farebox/ui/empty-state";
import { Money } from "@farebox/ui/money";
import { Link, useNavigate } from "@tanstack/react-router";
import { ReceiptText } from "lucide-react";
import { useRef } from "react";
import { Status } from "../console/status";
import { useRowKeys } from "../console/use-row-keys";

export function CustomerInvoices({ invoices }: { invoices: InvoiceSummary[] }) {
  const navigate = useNavigate();
  const region = useRef<HTMLDivElement>(null);
  useRowKeys(region);
  return (
    <div ref={region} className="mt-4">
      <DataTable
        caption="Invoices of this customer, newest first"
        columns={columns}
        rows={invoices}
        rowKey={(invoice) => invoice.id}
        onOpen={({ id }) => void navigate({ to: "/invoices/$invoiceId", params: { invoiceId: id } })}
        empty={
          <EmptyState icon={ReceiptText} title="No invoices yet">
            The first one comes with the first subscription.
          </EmptyState>
        }
      />
    </div>
  );
}

const columns: Column<InvoiceSummary>[] = [
  {
    key: "number",
    header: "Invoice",
    lead: true,
    cell: ({ id, number }) => (
      <Link to="/invoices/$invoiceId" params={{ invoiceId: id }} tabIndex={-1} className="hover:underline">
        {number ?? "Draft"}
      </Link>
    ),
  },
  { key: "status", header: "Status", cell: ({ status }) => <Status of="invoice" status={status} /> },
  { key: "created", header: "Created", cell: ({ createdAt }) => <DateTime value={createdAt} /> },
  {
    key: "total",
    header: "Total",
    end: true,
    cell: ({ total, currency }) => <Money amount={total} currency={currency} />,
  },
  {
    key: "paid",
    header: "Paid",
    end: true,
    cell: ({ amountPaid, currency }) => <Money amount={amountPaid} currency={currency} />,
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
    key: "remaining",
    header: "Still due",
    end: true,
    cell: ({ amountRemaining, currency, status }) =>
      status === "open" && amountRemaining > 0 ? (
        <Money amount={amountRemaining} currency={currency} />
      ) : (
        <span className="text-quiet">–</span>
      ),
  },
];
