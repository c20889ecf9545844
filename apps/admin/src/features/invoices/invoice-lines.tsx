import type { InvoiceDetail, InvoiceLineView } from "@farebox/billing";
import { Badge } from "@farebox/ui/badge";
import { DataTable } from "@farebox/ui/data-table";
import { DateTime } from "@farebox/ui/date-time";
import { EmptyState } from "@farebox/ui/empty-state";
import { Money } from "@farebox/ui/money";

export function InvoiceLines({ invoice }: { invoice: InvoiceDetail }) {
  return (
    <section className="min-w-0">
      <h2 className="sr-only">Lines</h2>
      <DataTable
        framed
        caption="Lines of this invoice"
        rows={invoice.lines}
        rowKey={(line) => line.id}
        empty={<EmptyState title="This invoice has no lines" />}
        columns={[
          {
            key: "description",
            header: "Description",
            lead: true,
            cell: (line) => <LineText line={line} />,
          },
          {
            key: "period",
            header: "Period",
            className: "sm:whitespace-nowrap",
            cell: (line) => (
              <span>
                <DateTime value={line.periodStart} /> – <DateTime value={line.periodEnd} />
              </span>
            ),
          },
          {
            key: "quantity",
            header: "Quantity",
            end: true,
            cell: (line) => line.quantity ?? <span className="text-quiet">–</span>,
          },
          {
            key: "amount",
            header: "Amount",
            end: true,
            cell: (line) => <Money amount={line.amount} currency={invoice.currency} />,
          },
        ]}
      />
    </section>
  );
}

function LineText({ line }: { line: InvoiceLineView }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      {line.description}
      {line.proration ? <Badge tone="info">Proration</Badge> : null}
    </span>
  );
}
