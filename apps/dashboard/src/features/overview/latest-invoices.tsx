import type { InvoicePage } from "@farebox/billing";
import { TextLink } from "@farebox/ui/link";
import { Skeleton } from "@farebox/ui/skeleton";
import { Link } from "@tanstack/react-router";
import { InvoiceTable } from "../invoices/invoice-table";
import { Loaded } from "../shell/loaded";

interface LatestInvoicesProps {
  query: Parameters<typeof Loaded<InvoicePage>>[0]["query"];
}

export function LatestInvoices({ query }: LatestInvoicesProps) {
  return (
    <section aria-labelledby="latest-invoices" className="mt-2">
      <div className="mb-3 flex items-baseline justify-between gap-4">
        <h2 id="latest-invoices" className="text-base">
          Latest invoices
        </h2>
        {query.data?.invoices.length ? (
          <TextLink asChild className="text-sm">
            <Link to="/invoices">All invoices</Link>
          </TextLink>
        ) : null}
      </div>
      <Loaded query={query} what="your invoices" skeleton={<Skeleton className="h-40" />}>
        {({ invoices }) => <InvoiceTable caption="Latest invoices" invoices={invoices} />}
      </Loaded>
    </section>
  );
}
