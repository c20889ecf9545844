import type { InvoiceDetail } from "@farebox/billing";
import { Card, CardContent, CardHeader } from "@farebox/ui/card";
import { IdText } from "@farebox/ui/copy-button";
import { DateTime } from "@farebox/ui/date-time";
import { Money } from "@farebox/ui/money";
import { cardText } from "../../lib/card-text";
import { Status } from "../console/status";
import { failureText } from "../payments/failure-text";

type Paid = Pick<InvoiceDetail, "payments" | "amountDue">;

export function InvoicePayments({ payments, amountDue }: Paid) {
  const none = amountDue === 0 ? "Nothing was due." : "Nobody has tried to pay.";
  return (
    <Card>
      <CardHeader title="Payments" description={payments.length === 0 ? none : undefined} />
      {payments.length > 0 ? (
        <CardContent>
          <ul className="divide-y">
            {payments.map((payment) => (
              <li key={payment.id} className="grid gap-1 py-2 first:pt-0 last:pb-0">
                <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <Money amount={payment.amount} currency={payment.currency} className="font-medium" />
                  <span>{payment.card ? cardText(payment.card) : "no card yet"}</span>
                  <span className="ml-auto">
                    <Status of="payment" status={payment.status} />
                  </span>
                </div>
                {payment.status === "succeeded" ? null : <Failure payment={payment} />}
                <div className="flex flex-wrap justify-between gap-x-3 text-cell text-quiet">
                  <IdText id={payment.id} />
                  <DateTime value={payment.createdAt} style="datetime" />
                </div>
              </li>
            ))}
          </ul>
        </CardContent>
      ) : null}
    </Card>
  );
}

function Failure({ payment }: { payment: InvoiceDetail["payments"][number] }) {
  const text = failureText(payment);
  return text ? <p className="text-cell text-danger">{text}</p> : null;
}
