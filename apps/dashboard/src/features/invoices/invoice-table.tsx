import type { InvoiceSummary } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { type Column, DataTable } from "@farebox/ui/data-table";
import { DateTime } from "@farebox/ui/date-time";
import { EmptyState } from "@farebox/ui/empty-state";
import { TextLink } from "@farebox/ui/link";
import { Money } from "@farebox/ui/money";
import { Link } from "@tanstack/react-router";
import { ReceiptText } from "lucide-react";
import { invoiceName } from "./invoice-name";
import { Period } from "./period";
import { InvoiceStatusBadge } from "./status-badge";

const columns: Column<InvoiceSummary>[] = [
  {
    key: "number",
    header: "Number",
    lead: true,
    className: "sm:whitespace-nowrap",
    cell: (invoice) => (
      <TextLink asChild>
        <Link to="/invoices/$invoiceId" params={{ invoiceId: invoice.id }}>
          {invoiceName(invoice)}
        </Link>
      </TextLink>
    ),
  },
  {
    key: "date",
    header: "Date",
    className: "sm:whitespace-nowrap",
    cell: ({ createdAt }) => <DateTime value={createdAt} />,
  },
  {
    key: "period",
    header: "Period",
    className: "sm:max-md:hidden",
    cell: ({ periodStart, periodEnd }) => (
      <span className="text-quiet">
        <Period start={periodStart} end={periodEnd} />
      </span>
    ),
  },
  { key: "status", header: "Status", cell: ({ status }) => <InvoiceStatusBadge status={status} /> },
  {
    key: "total",
    header: "Total",
    end: true,
    cell: ({ total, currency, amountRefunded }) => (
      <span className="grid justify-items-end">
        <Money amount={total} currency={currency} className="font-medium" />
        {amountRefunded > 0 ? (
          <span className="text-quiet text-xs">
            <Money amount={amountRefunded} currency={currency} /> refunded
          </span>
        ) : null}
      </span>
    ),
  },
];

interface InvoiceTableProps {
  caption: string;
  /** undefined while they load. */
  invoices: readonly InvoiceSummary[] | undefined;
  /** Takes the filters off, where there are any. */
  onClear?: () => void;
}

export function InvoiceTable({ caption, invoices, onClear }: InvoiceTableProps) {
  return (
    <DataTable
      framed
      caption={caption}
      columns={columns}
      rows={invoices}
      rowKey={(invoice) => invoice.id}
      empty={
        onClear ? (
          <EmptyState
            icon={ReceiptText}
            title="No invoice matches these filters"
            action={<Button onClick={onClear}>Clear filters</Button>}
          >
            Look for another number or amount, or for a longer time.
          </EmptyState>
        ) : (
          <EmptyState icon={ReceiptText} title="No invoices yet">
            The first one appears here with your first payment.
          </EmptyState>
        )
      }
    />
  );
}
