import type { InvoiceDetail, InvoiceLineView } from "@farebox/billing";
import { Card } from "@farebox/ui/card";
import { Description, DescriptionList } from "@farebox/ui/description-list";
import { Money } from "@farebox/ui/money";
import { settlementWords } from "./explain-words";
import { LineExplanation } from "./line-explanation";
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
    <li className="py-3">
      <div className="flex items-baseline justify-between gap-6">
        <div className="min-w-0">
          <p>{line.description}</p>
          <p className="text-quiet text-sm">
            <Period start={line.periodStart} end={line.periodEnd} />
            {line.quantity !== null && line.quantity > 1 ? `, quantity ${line.quantity}` : ""}
          </p>
        </div>
        <Money amount={line.amount} currency={currency} className="shrink-0" />
      </div>
      <LineExplanation line={line} currency={currency} />
    </li>
  );
}

interface TotalRow {
  term: string;
  amount: number;
  strong?: boolean;
}

function Totals({ invoice }: { invoice: InvoiceDetail }) {
  const { currency } = invoice;
  return (
    <DescriptionList className="ml-auto max-w-80 divide-y-0! pt-2">
      {totalRows(invoice).map(({ term, amount, strong }) => (
        <Description key={term} term={term} end strong={strong}>
          <Money amount={amount} currency={currency} />
        </Description>
      ))}
    </DescriptionList>
  );
}

export function totalRows(invoice: InvoiceDetail): TotalRow[] {
  const { subtotal, discounts, taxes, total, amountDue, amountPaid, amountRefunded, amountRemaining } =
    invoice;
  const changes = [
    ...discounts.map(({ name, code, amount }) => ({
      term: ["Discount", code ?? name].filter(Boolean).join(" "),
      amount: -amount,
    })),
    ...taxes.map(({ name, percentage, included, amount }) => ({
      term: [name ?? "Tax", percentage && `${percentage} %`, included && "(contained)"]
        .filter(Boolean)
        .join(" "),
      amount,
    })),
  ];
  const moved = invoice.settlement.parts.filter(({ kind }) => kind !== "lines");
  return [
    ...(changes.length > 0 || subtotal !== total ? [{ term: "Subtotal", amount: subtotal }] : []),
    ...changes,
    { term: "Total", amount: total, strong: true },
    ...moved.map(({ kind, amount }) => ({ term: settlementWords[kind], amount })),
    ...(moved.length > 0 ? [{ term: "Asked for", amount: amountDue, strong: true }] : []),
    ...(amountPaid === 0 ? [] : [{ term: "Paid", amount: amountPaid }]),
    ...(amountRefunded === 0 ? [] : [{ term: "Refunded", amount: -amountRefunded }]),
    ...(amountRemaining === 0 ? [] : [{ term: "Still to pay", amount: amountRemaining, strong: true }]),
  ];
}
