import type { InvoiceDetail } from "@farebox/billing";
import { Card, CardContent, CardHeader } from "@farebox/ui/card";
import { IdText } from "@farebox/ui/copy-button";
import { DateTime } from "@farebox/ui/date-time";
import { Description, DescriptionList } from "@farebox/ui/description-list";
import { TextLink } from "@farebox/ui/link";
import { capitalized, wordsOf } from "../../lib/words";

/** Stripe's billing reasons as what happened. */
const causes: Record<string, string> = {
  subscription_create: "The start of the subscription",
  subscription_cycle: "A new period of the subscription",
  subscription_update: "A change of the subscription",
  subscription_threshold: "Usage over a threshold",
  manual: "Made by hand",
};

export function InvoiceFacts({ invoice }: { invoice: InvoiceDetail }) {
  const { billingReason, hostedInvoiceUrl, invoicePdf, paidAt, subscriptionId } = invoice;
  return (
    <Card>
      <CardHeader title="Details" />
      <CardContent>
        <DescriptionList>
          <Description term="Billed to">
            <span className="wrap-anywhere">{invoice.customer.email}</span>
          </Description>
          {billingReason ? (
            <Description term="Because of">
              {causes[billingReason] ?? capitalized(wordsOf(billingReason))}
            </Description>
          ) : null}
          <Description term="Created">
            <DateTime value={invoice.createdAt} style="datetime" />
          </Description>
          {paidAt ? (
            <Description term="Paid">
              <DateTime value={paidAt} style="datetime" />
            </Description>
          ) : null}
          <Description term="Stripe id">
            <IdText id={invoice.id} />
          </Description>
          {subscriptionId ? (
            <Description term="Subscription">
              <IdText id={subscriptionId} />
            </Description>
          ) : null}
          {hostedInvoiceUrl || invoicePdf ? (
            <Description term="Customer's copy">
              <span className="flex flex-wrap gap-x-4">
                {hostedInvoiceUrl ? (
                  <TextLink external className="inline-flex min-h-6 items-center" href={hostedInvoiceUrl}>
                    Page
                  </TextLink>
                ) : null}
                {invoicePdf ? (
                  <TextLink external className="inline-flex min-h-6 items-center" href={invoicePdf}>
                    PDF
                  </TextLink>
                ) : null}
              </span>
            </Description>
          ) : null}
        </DescriptionList>
      </CardContent>
    </Card>
  );
}
