import type { InvoiceDetail } from "@farebox/billing";
import { ConsolePage } from "@farebox/ui/console-shell";
import { TextLink } from "@farebox/ui/link";
import { PageHeader } from "@farebox/ui/page-header";
import { Skeleton, Skeletons } from "@farebox/ui/skeleton";
import { Link } from "@tanstack/react-router";
import { trpc } from "../../lib/trpc";
import { QueryFailed } from "../console/query-failed";
import { Status } from "../console/status";
import { useScreenTitle } from "../console/use-screen-title";
import { RefundAction } from "../refunds/refund-action";
import { InvoiceFacts } from "./invoice-facts";
import { InvoiceLines } from "./invoice-lines";
import { InvoicePayments } from "./invoice-payments";
import { InvoiceRefunds } from "./invoice-refunds";
import { InvoiceTotals } from "./invoice-totals";

export function InvoiceScreen({ invoiceId }: { invoiceId: string }) {
  const query = trpc.invoices.get.useQuery({ invoiceId });
  const invoice = query.data;
  useScreenTitle(invoice ? `Invoice ${invoice.number ?? "draft"}` : "Invoice");
  if (query.isError && !invoice) {
    return (
      <QueryFailed
        what="this invoice"
        missing="invoice"
        error={query.error}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    );
  }
  if (!invoice) return <InvoiceSkeleton />;
  return (
    <ConsolePage>
      <InvoiceHeader invoice={invoice} />
      <div className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
        <div className="grid min-w-0 gap-4">
          <InvoiceLines invoice={invoice} />
          <InvoiceTotals invoice={invoice} />
        </div>
        <div className="grid min-w-0 gap-4">
          <InvoicePayments payments={invoice.payments} amountDue={invoice.amountDue} />
          <InvoiceRefunds refunds={invoice.refunds} />
          <InvoiceFacts invoice={invoice} />
        </div>
      </div>
    </ConsolePage>
  );
}

function InvoiceHeader({ invoice }: { invoice: InvoiceDetail }) {
  const { customer } = invoice;
  return (
    <PageHeader
      back={
        <TextLink asChild>
          <Link to="/customers/$customerId" params={{ customerId: customer.id }} search={{ tab: "invoices" }}>
            {customer.name || customer.email}
          </Link>
        </TextLink>
      }
      title={invoice.number ? `Invoice ${invoice.number}` : "Draft invoice"}
      status={<Status of="invoice" status={invoice.status} />}
      action={<RefundAction invoice={invoice} />}
    />
  );
}

function InvoiceSkeleton() {
  return (
    <ConsolePage>
      <Skeletons label="Loading the invoice" className="grid gap-4">
        <Skeleton className="w-32" />
        <Skeleton className="h-6 w-64" />
        <div className="grid gap-4 lg:grid-cols-[3fr_2fr]">
          <Skeleton className="h-72" />
          <Skeleton className="h-40" />
        </div>
      </Skeletons>
    </ConsolePage>
  );
}
