import type { InvoiceDetail } from "@farebox/billing";
import { Card } from "@farebox/ui/card";
import { DateTime } from "@farebox/ui/date-time";
import { Description, DescriptionList } from "@farebox/ui/description-list";

import { isSameDay, Period } from "./period";

export function InvoiceFacts({ invoice }: { invoice: InvoiceDetail }) {
  const { createdAt, paidAt, periodStart, periodEnd, customer } = invoice;
  return (
    <Card aria-label="About this invoice" className="px-6 py-2">
      <DescriptionList>
        <Description term="Billed to">
          {customer.name} <span className="text-quiet">{customer.email}</span>
        </Description>
        <Description term="Date">
          <DateTime value={createdAt} />
        </Description>
        {isSameDay(periodStart, periodEnd) ? null : (
          <Description term="Period">
            <Period start={periodStart} end={periodEnd} />
          </Description>
        )}
        {paidAt ? (
          <Description term="Paid">
            <DateTime value={paidAt} style="datetime" />
          </Description>
        ) : null}
      </DescriptionList>
    </Card>
  );
}
