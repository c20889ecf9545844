import { ConsolePage } from "@farebox/ui/console-shell";
import { Skeleton, Skeletons } from "@farebox/ui/skeleton";
import { LinkTab, LinkTabs } from "@farebox/ui/tabs";
import { Link } from "@tanstack/react-router";
import { trpc } from "../../lib/trpc";
import type { CustomerDetail } from "../../lib/views";
import { capitalized } from "../../lib/words";
import { Timeline } from "../audit/timeline";
import { QueryFailed } from "../console/query-failed";
import { useScreenTitle } from "../console/use-screen-title";
import { CustomerHeader } from "./customer-header";
import { CustomerInvoices } from "./customer-invoices";
import { CustomerOverview } from "./customer-overview";
import { CustomerPayments } from "./customer-payments";
import { type CustomerSearch, customerTabs } from "./customer-search";

interface CustomerScreenProps {
  customerId: string;
  search: CustomerSearch;
}

export function CustomerScreen({ customerId, search }: CustomerScreenProps) {
  const query = trpc.customers.get.useQuery({ customerId });
  const customer = query.data;
  useScreenTitle(customer?.name || customer?.email || "Customer");
  if (query.isError && !customer) {
    return (
      <QueryFailed
        what="this customer"
        missing="customer"
        error={query.error}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    );
  }
  if (!customer) return <CustomerSkeleton />;
  return (
    <>
      <ConsolePage>
        <CustomerHeader customer={customer} />
        <LinkTabs label="Customer">
          {customerTabs.map((tab) => (
            <LinkTab key={tab}>
              <Link
                to="/customers/$customerId"
                params={{ customerId }}
                search={{ tab: tab === "overview" ? undefined : tab }}
                activeOptions={{ exact: tab === "overview", includeSearch: true }}
              >
                {capitalized(tab)}
                <TabCount customer={customer} tab={tab} />
              </Link>
            </LinkTab>
          ))}
        </LinkTabs>
      </ConsolePage>
      <CustomerTabContent customer={customer} search={search} />
    </>
  );
}

function CustomerTabContent({ customer, search }: { customer: CustomerDetail; search: CustomerSearch }) {
  switch (search.tab) {
    case "invoices":
      return <CustomerInvoices invoices={customer.invoices} />;
    case "payments":
      return <CustomerPayments customer={customer} openPaymentId={search.payment} />;
    case "timeline":
      return <CustomerTimeline customer={customer} />;
    default:
      return <CustomerOverview customer={customer} />;
  }
}

function CustomerTimeline({ customer: { id, timeline, invoices } }: { customer: CustomerDetail }) {
  const currencies = new Map(invoices.map((invoice) => [invoice.id, invoice.currency]));
  return (
    <Timeline
      customerId={id}
      entries={timeline}
      currencyOfInvoice={(invoiceId) => currencies.get(invoiceId)}
    />
  );
}

function TabCount({ customer, tab }: { customer: CustomerDetail; tab: (typeof customerTabs)[number] }) {
  if (tab !== "invoices" && tab !== "payments") return null;
  return <span className="text-quiet text-xs tabular-nums">{customer[tab].length}</span>;
}

function CustomerSkeleton() {
  return (
    <ConsolePage>
      <Skeletons label="Loading the customer" className="grid gap-4">
        <Skeleton className="h-6 w-56" />
        <Skeleton className="w-80" />
        <Skeleton className="mt-4 h-9 w-full" />
        <div className="grid gap-4 lg:grid-cols-2">
          <Skeleton className="h-48" />
          <Skeleton className="h-48" />
        </div>
      </Skeletons>
    </ConsolePage>
  );
}
