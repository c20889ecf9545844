import type { InvoiceDetail, RefundView } from "@farebox/billing";
import { Card, CardContent, CardHeader } from "@farebox/ui/card";
import { IdText } from "@farebox/ui/copy-button";
import { DateTime } from "@farebox/ui/date-time";
import { Money } from "@farebox/ui/money";
import { capitalized, wordsOf } from "../../lib/words";
import { Status } from "../console/status";

export function InvoiceRefunds({ refunds }: Pick<InvoiceDetail, "refunds">) {
  return (
    <Card>
      <CardHeader title="Refunds" description={refunds.length === 0 ? "Nothing was refunded." : undefined} />
      {refunds.length > 0 ? (
        <CardContent>
          <ul className="divide-y">
            {refunds.map((refund) => (
              <RefundItem key={refund.id} refund={refund} />
            ))}
          </ul>
        </CardContent>
      ) : null}
    </Card>
  );
}

function RefundItem({ refund }: { refund: RefundView }) {
  return (
    <li className="grid gap-1 py-2 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Money amount={refund.amount} currency={refund.currency} className="font-medium" />
        {refund.reason ? <span>{capitalized(wordsOf(refund.reason))}</span> : null}
        <span className="ml-auto">
          <Status of="refund" status={refund.status} />
        </span>
      </div>
      {refund.failureReason ? (
        <p className="text-cell text-danger">{capitalized(wordsOf(refund.failureReason))}</p>
      ) : null}
      <div className="flex flex-wrap justify-between gap-x-3 text-cell text-quiet">
        <IdText id={refund.id} className="max-w-60" />
        <DateTime value={refund.createdAt} style="datetime" />
      </div>
    </li>
  );
}
