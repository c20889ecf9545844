import type { InvoiceDetail } from "@farebox/billing";
import { Card, CardContent, CardHeader } from "@farebox/ui/card";
import { Description, DescriptionList } from "@farebox/ui/description-list";
import { Money } from "@farebox/ui/money";

export function InvoiceTotals({ invoice }: { invoice: InvoiceDetail }) {
  return (
    <Card>
      <CardHeader title="Totals" />
      <CardContent>
        <DescriptionList>
          {totals(invoice).map((row) => (
            <Description key={row.term} term={row.term} strong={row.strong} end>
              <Money amount={row.amount} currency={invoice.currency} />
            </Description>
          ))}
        </DescriptionList>
      </CardContent>
    </Card>
  );
}

interface TotalRow {
  term: string;
  amount: number;
  strong?: boolean;
}

/** Every row that says something: a zero discount, tax or refund does not. */
function totals(invoice: InvoiceDetail): TotalRow[] {
  const { status, subtotal, discount, tax, total, amountPaid, amountRefunded, amountRemaining, refundable } =
    invoice;
  const rows: (TotalRow | false)[] = [
    (discount !== 0 || tax !== 0) && { term: "Subtotal", amount: subtotal },
    discount !== 0 && { term: "Discount", amount: -discount },
    tax !== 0 && { term: "Tax", amount: tax },
    { term: "Total", amount: total, strong: true },
    { term: "Paid", amount: amountPaid },
    status === "open" && { term: "Still due", amount: amountRemaining },
    amountRefunded !== 0 && { term: "Refunded or on its way back", amount: -amountRefunded },
    amountPaid > 0 && { term: "Left to refund", amount: refundable },
  ];
  return rows.filter((row) => row !== false);
}
