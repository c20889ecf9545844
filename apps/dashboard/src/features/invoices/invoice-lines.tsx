import type { InvoiceDetail, InvoiceLineView } from "@farebox/billing";
import { Card } from "@farebox/ui/card";
import { Description, DescriptionList } from "@farebox/ui/description-list";
import { Money } from "@farebox/ui/money";
import { Period } from "./period";

export function InvoiceLines({ invoice }: { invoice: InvoiceDetail }) {
  const { lines, currency } = invoice;
  return (
    <Card aria-labelledby="invoice-lines" className="p-6">
      <h2 id="invoice-lines" className="text-base">
        What it is for
      </h2>
      <ul className="mt-2 divide-y border-b">
        {lines.map((line) => (
          <Line key={line.id} line={line} currency={currency} />
        ))}
      </ul>
      <Totals invoice={invoice} />
    </Card>
  );
}

function Line({ line, currency }: { line: InvoiceLineView; currency: string }) {
  return (
    <li className="flex items-baseline justify-between gap-6 py-3">
      <div className="min-w-0">
        <p>{line.description}</p>
        <p className="text-quiet text-sm">
          <Period start={line.periodStart} end={line.periodEnd} />
          {line.quantity !== null && line.quantity > 1 ? `, quantity ${line.quantity}` : ""}
        </p>
      </div>
      <Money amount={line.amount} currency={currency} className="shrink-0" />
    </li>
  );
}

function Totals({ invoice }: { invoice: InvoiceDetail }) {
  const { currency, subtotal, discount, tax, total, amountPaid, amountRefunded, amountRemaining } = invoice;
  const rows = [
    { term: "Subtotal", amount: subtotal, shown: discount !== 0 || tax !== 0 || subtotal !== total },
    { term: "Discount", amount: -discount, shown: discount !== 0 },
    { term: "Tax", amount: tax, shown: tax !== 0 },
    { term: "Total", amount: total, shown: true, strong: true },
    { term: "Paid", amount: amountPaid, shown: amountPaid !== 0 },
    { term: "Refunded", amount: -amountRefunded, shown: amountRefunded !== 0 },
    { term: "Still to pay", amount: amountRemaining, shown: amountRemaining !== 0, strong: true },
  ];
  return (
    <DescriptionList className="ml-auto max-w-80 divide-y-0 pt-2">
      {rows
        .filter(({ shown }) => shown)
        .map(({ term, amount, strong }) => (
          <Description key={term} term={term} end strong={strong}>
            <Money amount={amount} currency={currency} />
          </Description>
        ))}
    </DescriptionList>
  );
}
