import { Pagination } from "@farebox/ui/pagination";
import { Skeleton } from "@farebox/ui/skeleton";
import { keepPreviousData } from "@tanstack/react-query";
import { getRouteApi, useLocation } from "@tanstack/react-router";
import { trpc } from "../../lib/trpc";
import { Loaded } from "../shell/loaded";
import { Page } from "../shell/page";
import { InvoiceTable } from "./invoice-table";

const route = getRouteApi("/signed-in/invoices");

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** The cursors of the newer pages, newest first; "" is the first page. */
    newerPages?: string[];
  }
}

export function InvoicesPage() {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  const newerPages = useLocation({ select: ({ state }) => state.newerPages ?? [] });
  const page = trpc.invoices.list.useQuery({ cursor }, { placeholderData: keepPreviousData });

  function open(target: string, trail: string[]) {
    void navigate({ search: { cursor: target || undefined }, state: { newerPages: trail } });
  }

  const older = page.data?.nextCursor;
  return (
    <Page title="Invoices" description="What was charged, when, and for which time.">
      <Loaded query={page} what="your invoices" skeleton={<Skeleton className="h-80" />}>
        {({ invoices }) => (
          <>
            <InvoiceTable caption="Invoices" invoices={invoices} />
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
