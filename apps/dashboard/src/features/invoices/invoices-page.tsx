import { Button } from "@farebox/ui/button";
import { Pagination } from "@farebox/ui/pagination";
import { Skeleton } from "@farebox/ui/skeleton";
import { keepPreviousData } from "@tanstack/react-query";
import { getRouteApi, useLocation } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { trpc } from "../../lib/trpc";
import { Loaded } from "../shell/loaded";
import { Page } from "../shell/page";
import { InvoiceFilters } from "./invoice-filters";
import { InvoiceTable } from "./invoice-table";
import { csvAddress, filterOf, type InvoiceSearch, isFiltered } from "./search";

const route = getRouteApi("/signed-in/invoices");

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** The cursors of the newer pages, newest first; "" is the first page. */
    newerPages?: string[];
  }
}

export function InvoicesPage() {
  const search = route.useSearch();
  const { cursor } = search;
  const navigate = route.useNavigate();
  const newerPages = useLocation({ select: ({ state }) => state.newerPages ?? [] });
  const page = trpc.invoices.list.useQuery(
    { cursor, ...filterOf(search) },
    { placeholderData: keepPreviousData },
  );
  const filter = (next: InvoiceSearch) => void navigate({ search: next, replace: true });

  function open(target: string, trail: string[]) {
    void navigate({ search: { ...search, cursor: target || undefined }, state: { newerPages: trail } });
  }

  const older = page.data?.nextCursor;
  const none = page.data?.invoices.length === 0;
  return (
    <Page
      title="Invoices"
      description="What was charged, when, and for which time."
      action={
        none ? null : (
          <Button asChild>
            <a href={csvAddress(search)} download>
              <Download aria-hidden />
              Download CSV
            </a>
          </Button>
        )
      }
    >
      {none && !isFiltered(search) ? null : <InvoiceFilters search={search} onChange={filter} />}
      <Loaded query={page} what="your invoices" skeleton={<Skeleton className="h-80" />}>
        {({ invoices }) => (
          <>
            <InvoiceTable
              caption="Invoices"
              invoices={invoices}
              onClear={isFiltered(search) ? () => filter({}) : undefined}
            />
            {cursor || older ? (
              <Pagination
                pending={page.isPlaceholderData}
                onNewer={cursor ? () => open(newerPages.at(-1) ?? "", newerPages.slice(0, -1)) : undefined}
                onOlder={older ? () => open(older, [...newerPages, cursor ?? ""]) : undefined}
              />
            ) : null}
          </>
        )}
      </Loaded>
    </Page>
  );
}
