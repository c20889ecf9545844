import type { InvoiceDetail } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { Card } from "@farebox/ui/card";
import { EmptyState } from "@farebox/ui/empty-state";
import { TextLink } from "@farebox/ui/link";
import { Skeleton } from "@farebox/ui/skeleton";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChevronLeft, Download } from "lucide-react";
import { failureOf } from "../../lib/failure";
import { trpc } from "../../lib/trpc";
import { Loaded } from "../shell/loaded";
import { Page } from "../shell/page";
import { InvoiceFacts } from "./invoice-facts";
import { InvoiceLines } from "./invoice-lines";
import { invoiceName } from "./invoice-name";
import { InvoicePayments } from "./invoice-payments";
import { PayButton } from "./pay-button";
import { InvoiceStatusBadge } from "./status-badge";

const route = getRouteApi("/signed-in/invoices/$invoiceId");

export function InvoicePage() {
  const { invoiceId } = route.useParams();
  const invoice = trpc.invoices.get.useQuery({ invoiceId });
  const unknown = invoice.error !== null && failureOf(invoice.error).reason === "invoice_not_found";
  return (
    <Page
      title={invoice.data ? `Invoice ${invoiceName(invoice.data)}` : "Invoice"}
      status={invoice.data ? <InvoiceStatusBadge status={invoice.data.status} /> : null}
      action={invoice.data ? <Documents invoice={invoice.data} /> : null}
      back={
        <TextLink asChild className="inline-flex items-center gap-1">
          <Link to="/invoices">
            <ChevronLeft aria-hidden className="size-4" />
            Invoices
          </Link>
        </TextLink>
      }
    >
      {unknown ? (
        <Card>
          <EmptyState title="We do not know this invoice">It may belong to another account.</EmptyState>
        </Card>
      ) : (
        <Loaded query={invoice} what="this invoice" skeleton={<Skeleton className="h-80" />}>
          {(detail) => (
            <div className="grid gap-6">
              <InvoiceFacts invoice={detail} />
              <InvoiceLines invoice={detail} />
              <InvoicePayments invoice={detail} />
            </div>
          )}
        </Loaded>
      )}
    </Page>
  );
}

function Documents({ invoice }: { invoice: InvoiceDetail }) {
  return (
    <div className="flex flex-wrap gap-2">
      <Button asChild>
        <a href={`/api/invoices/${invoice.id}/pdf`} download>
          <Download aria-hidden />
          Download PDF
        </a>
      </Button>
      <PayButton invoice={invoice} />
    </div>
  );
}
